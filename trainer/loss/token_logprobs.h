// ComputeTokenLogprobs: the log-prob of each target token under softmax(hidden
// x head^T / temperature), differentiable, without the logits of all tokens at
// once: forward and backward compute them `chunk_tokens` at a time (backward
// again, from the saved log-sum-exp), so that the memory for V = 152k stays
// that of one chunk. Any thread.

#ifndef TRAINER_LOSS_TOKEN_LOGPROBS_H_
#define TRAINER_LOSS_TOKEN_LOGPROBS_H_

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace trainer {

// Rows of logits held at once: 1,024 x 151,936 x 4 bytes are 594 MiB.
inline constexpr std::int64_t kLogprobChunkTokens = 1'024;

struct TokenLogprobs {
  at::Tensor logprobs;  // [T] float32 (float64 for float64 input)
  at::Tensor entropy;   // [T] of the whole distribution, nats; no gradient
};

// `hidden` [T, H] and `head` [V, H] of one type: float32, bfloat16, or float64
// (by plain operations; for tests). `targets` [T] int64 in [0, V). Gradients go
// to hidden and head. Throws std::invalid_argument for shapes that do not fit,
// a temperature that is not positive, chunk_tokens below 1.
[[nodiscard]] TokenLogprobs ComputeTokenLogprobs(
    const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets,
    double temperature = 1.0, std::int64_t chunk_tokens = kLogprobChunkTokens);

}  // namespace trainer

#endif  // TRAINER_LOSS_TOKEN_LOGPROBS_H_
