// RewardSource: where the rewards of a rollout come from. Completions go in as
// they finish, in any order; what comes out is in the order of their indices.
//
// Submit and Wait may be called from different threads, each from one at a
// time.

#ifndef TRAINER_ROLLOUT_REWARD_SOURCE_H_
#define TRAINER_ROLLOUT_REWARD_SOURCE_H_

#include <boost/json/array.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "verifier/protocol/score_result.h"

namespace trainer {

// A completion to be judged.
struct ScoreTask {
  std::string id{};      // unique among those of one Wait
  std::string prompt{};  // what the policy saw
  std::string response{};
  std::string template_name{};
  boost::json::array checks{};  // opaque: copied into the item
};

// What became of one. A default-constructed one has no reward.
struct Scored {
  std::optional<double> reward{};  // none: not judged, to be dropped
  std::vector<verifier::protocol::CheckResult> checks{};
  std::string detail{};  // why there is no reward
  int attempts = 0;      // verdicts asked for
};

struct ScoreReport {
  std::vector<Scored> scores{};  // by index
  double exposed_seconds = 0.0;  // that Wait blocked
  std::size_t dropped = 0;       // without a reward
  std::size_t rescored = 0;      // asked more than once

  // dropped / scores; 0 where there are none.
  [[nodiscard]] double null_fraction() const;
};

// The source was gone for longer than it may be.
class RewardUnavailable : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The source was gone, and `stop` said to wait no longer.
class RewardStopped : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class RewardSource {
 public:
  RewardSource() = default;
  RewardSource(const RewardSource&) = delete;
  RewardSource& operator=(const RewardSource&) = delete;
  virtual ~RewardSource() = default;

  // Takes completion `index`; between two Waits each of 0..n-1 once. Returns
  // at once. Throws std::invalid_argument for an index that was given.
  virtual void Submit(std::size_t index, ScoreTask task) = 0;

  // Blocks until all that was submitted has a reward or none, and begins anew.
  // Throws std::logic_error where an index is missing, RewardUnavailable, and
  // RewardStopped while the source is gone and `stop` returns true (asked a few
  // times a second); after a throw, what was submitted is forgotten.
  [[nodiscard]] virtual ScoreReport Wait(
      const std::function<bool()>& stop = {}) = 0;

  // Whether the answers of each pair are equal; none where it could not say.
  // Not while anything is submitted. Blocks and throws as Wait.
  [[nodiscard]] virtual std::vector<std::optional<bool>> Equal(
      const std::vector<std::pair<std::string, std::string>>& pairs,
      const std::function<bool()>& stop = {}) = 0;
};

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_REWARD_SOURCE_H_
