// GradGuard: clips a gradient by its norm, and refuses one that is not finite.
// Not thread-safe.

#ifndef TRAINER_OPTIM_GRAD_GUARD_H_
#define TRAINER_OPTIM_GRAD_GUARD_H_

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace trainer {

struct GradVerdict {
  double norm = 0.0;  // before clipping, 2-norm; not finite where refused
  bool apply = false;
};

class GradGuard {
 public:
  // `max_norm` 0: no clipping. `limit`: refused gradients in a row after which
  // Exhausted() is true.
  GradGuard(double max_norm, std::int64_t limit);

  // Scales `gradient` in place by max_norm / (norm + 1e-6) where norm is over
  // max_norm, as torch.nn.utils.clip_grad_norm_ does. Waits for the device
  // once. A rank's verdict follows from its gradient alone: give it the one
  // that was summed over ranks, and all say the same.
  [[nodiscard]] GradVerdict Check(at::Tensor& gradient);

  [[nodiscard]] bool Exhausted() const { return refused_ >= limit_; }
  [[nodiscard]] std::int64_t refused() const { return refused_; }  // in a row
  void set_refused(std::int64_t refused) { refused_ = refused; }

 private:
  double max_norm_;
  std::int64_t limit_;
  std::int64_t refused_ = 0;
};

}  // namespace trainer

#endif  // TRAINER_OPTIM_GRAD_GUARD_H_
