// FusedLogprob: log-prob of the target, entropy and log-sum-exp of each row of
// logits, in one pass over them; on the device where they are. Any thread.
//
// No autograd: the caller's own function calls FusedLogprobBackward. Runs on
// the current stream; on a CPU, over rows on LibTorch's threads. The same bits
// on every call with the same input and device. Throws std::invalid_argument
// for a shape, type or device that does not fit.

#ifndef TRAINER_KERNELS_FUSED_LOGPROB_H_
#define TRAINER_KERNELS_FUSED_LOGPROB_H_

#include <ATen/core/Tensor.h>

namespace trainer {

struct FusedLogprobResult {
  at::Tensor logprob;  // [T] fp32
  at::Tensor entropy;  // [T] fp32, nats
  at::Tensor lse;      // [T] fp32
};

// `logits` [T, V] fp32 or bf16, V >= 1, contiguous; `targets` [T] int64,
// contiguous. A target outside [0, V), e.g. -1, has no log-prob: NaN, and
// gradient 0.
[[nodiscard]] FusedLogprobResult FusedLogprob(const at::Tensor& logits,
                                              const at::Tensor& targets);

// d(loss)/d(logits) [T, V], of the type of `logits`, where `grad` [T] fp32 is
// d(loss)/d(logprob) and `lse` [T] fp32 is FusedLogprob's.
[[nodiscard]] at::Tensor FusedLogprobBackward(const at::Tensor& logits,
                                              const at::Tensor& targets,
                                              const at::Tensor& lse,
                                              const at::Tensor& grad);

}  // namespace trainer

#endif  // TRAINER_KERNELS_FUSED_LOGPROB_H_
