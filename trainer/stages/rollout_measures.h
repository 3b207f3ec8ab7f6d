// RolloutMeasures: what a step's rollout was like, over all ranks, as metrics.
// Not thread-safe.

#ifndef TRAINER_STAGES_ROLLOUT_MEASURES_H_
#define TRAINER_STAGES_ROLLOUT_MEASURES_H_

#include <boost/json/array.hpp>
#include <span>
#include <string>

#include "trainer/dist/comm.h"
#include "trainer/loss/advantage.h"
#include "trainer/report/metrics.h"
#include "trainer/stages/rollout.h"
#include "trainer/stages/sums.h"

namespace trainer {

class RolloutMeasures {
 public:
  // `further`: the recipe's checks, which stand last in every item.
  explicit RolloutMeasures(const boost::json::array& further)
      : further_(further) {}

  // This rank's rollout of `tasks`.
  void Take(const Rollout& rollout, std::span<const NumberedTask> tasks,
            const Advantages& advantages);

  // On all ranks. Throws RunError (kNotJudged) where a larger share than
  // `null_limit` of the completions has no reward.
  void Report(double null_limit, Comm& comm, StepMetrics& metrics);

 private:
  void SampleChecks(const Scored& scored, const std::string& kind);
  void SampleFurther(const Scored& scored);
  [[nodiscard]] std::string FurtherName(std::size_t check) const;
  void CheckNulls(double null_limit) const;

  const boost::json::array& further_;
  Sums sums_;
  std::string null_detail_ = "on another rank";
};

}  // namespace trainer

#endif  // TRAINER_STAGES_ROLLOUT_MEASURES_H_
