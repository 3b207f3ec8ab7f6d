// ConstantRewards: the same reward for everything: a control, from which
// nothing can be learnt.

#ifndef TRAINER_ROLLOUT_CONSTANT_REWARDS_H_
#define TRAINER_ROLLOUT_CONSTANT_REWARDS_H_

#include <cstddef>

#include "trainer/rollout/reward_source.h"

namespace trainer {

class ConstantRewards : public RewardSource {
 public:
  explicit ConstantRewards(double reward) : reward_(reward) {}

  void Submit(std::size_t index, ScoreTask task) override;
  [[nodiscard]] ScoreReport Wait(const std::function<bool()>& stop) override;
  // Where their texts are.
  [[nodiscard]] std::vector<std::optional<bool>> Equal(
      const std::vector<std::pair<std::string, std::string>>& pairs,
      const std::function<bool()>& stop) override;

 private:
  double reward_;
  std::size_t count_ = 0;
};

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_CONSTANT_REWARDS_H_
