// RewardWatch: ends a stage whose reward rises while accuracy on held-out
// problems falls: the sign that a reward model is being exploited (DeepSeek-R1,
// arXiv 2501.12948, supplement B.5 and figure 6). Not thread-safe.

#ifndef TRAINER_STAGES_REWARD_WATCH_H_
#define TRAINER_STAGES_REWARD_WATCH_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>

namespace trainer {

class RewardWatch {
 public:
  // A look each `every` steps (0: never). `drop`: of accuracy, below the best
  // one seen, with a mean reward since the last look over that of the best.
  RewardWatch(std::int64_t every, double drop);

  // After every step, before Due.
  void TakeReward(std::optional<double> reward);
  [[nodiscard]] bool Due(std::int64_t step) const;
  // At a look. True: the stage is to end.
  [[nodiscard]] bool TakeAccuracy(double accuracy);
  [[nodiscard]] bool ended() const;

  // What it knows, [5] float64: write to it to restore.
  [[nodiscard]] const at::Tensor& state() const { return state_; }

 private:
  [[nodiscard]] double& At(std::int64_t index) const;

  std::int64_t every_;
  double drop_;
  at::Tensor state_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_REWARD_WATCH_H_
