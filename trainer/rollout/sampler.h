// SampleTokens: draws one token a row of logits. Plain functions; any thread.

#ifndef TRAINER_ROLLOUT_SAMPLER_H_
#define TRAINER_ROLLOUT_SAMPLER_H_

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace trainer {

// A number in [0, 1) with 32 bits that follows from a sequence's seed and the
// number of the draw alone (SplitMix64, Steele, Lea and Flood 2014): the same
// on every machine and device, whatever else is in the batch.
[[nodiscard]] double UniformOf(std::uint64_t seed, std::uint64_t draw) noexcept;

struct SampledTokens {
  at::Tensor tokens;    // [B] int64
  at::Tensor logprobs;  // [B] fp32: under logits / temperature, before top-p
};

// `logits` [B, V]; `uniforms` [B] float64 in [0, 1), on the same device. Walks
// the cumulated probabilities in float64 to the one that passes the uniform
// number. `top_p` below 1 first drops what lies outside the smallest set of
// tokens, most probable first, that has this probability. Temperature 0 takes
// the most probable token, and its log-prob at temperature 1.
//
// No synchronisation with the host. Throws std::invalid_argument for a
// temperature below 0 or a top_p outside (0, 1].
[[nodiscard]] SampledTokens SampleTokens(const at::Tensor& logits,
                                         const at::Tensor& uniforms,
                                         double temperature, double top_p);

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_SAMPLER_H_
