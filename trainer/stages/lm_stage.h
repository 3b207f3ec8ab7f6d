// LmStage: learning from documents: the mean negative log-likelihood of the
// tokens of completions, over all of an update's (pretrain, sft).

#ifndef TRAINER_STAGES_LM_STAGE_H_
#define TRAINER_STAGES_LM_STAGE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "trainer/stages/lm_data.h"
#include "trainer/stages/stage_loop.h"

namespace trainer {

class LmStage : public StageLoop {
 public:
  LmStage(const StageContext& context, const OptimizerSettings& settings,
          LmData data);

  [[nodiscard]] std::int64_t steps() const override { return data_.steps; }
  void Step(std::int64_t step, StepOutcome& outcome) override;
  [[nodiscard]] Updater& updater() override { return updater_; }
  [[nodiscard]] std::string Header(const std::string& title) const override;
  [[nodiscard]] std::string Line(std::int64_t step, const StepOutcome& outcome,
                                 std::optional<double> eta_s) const override;

 private:
  StageContext context_;
  LmData data_;
  Updater updater_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_LM_STAGE_H_
