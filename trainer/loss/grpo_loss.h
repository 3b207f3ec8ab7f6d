// The loss of GRPO: DeepSeekMath (arXiv 2402.03300), eq. 3, which DeepSeek-R1
// (arXiv 2501.12948), eq. 1 and 2, takes over, on the level of tokens:
//
//   r_t  = exp(logprob_t - old_t)
//   L_t  = -min(r_t A, clip(r_t, 1 - clip_low, 1 + clip_high) A)
//          + kl_beta k3_t,   k3_t = exp(ref_t - logprob_t)
//                                   - (ref_t - logprob_t) - 1
//
// with a different bound above and below as in DAPO (arXiv 2503.14476), eq. 10.
// Plain functions; any thread; no synchronisation with the host.

#ifndef TRAINER_LOSS_GRPO_LOSS_H_
#define TRAINER_LOSS_GRPO_LOSS_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace trainer {

// How tokens are weighed; N sequences, T tokens in all of them.
enum class LossNorm {
  kSequenceMean,  // 1 / (N len): GRPO
  kTokenMean,     // 1 / T: DAPO
  kConstant,      // 1 / (N max_new_tokens): Dr. GRPO (arXiv 2503.20783)
};

[[nodiscard]] std::optional<LossNorm> LossNormFromName(std::string_view name);

// What the loss is divided by is counted over the whole update, all ranks and
// micro-batches, before any part of it is computed: so the loss is the same
// however the update is cut into parts.
struct UpdateCounts {
  std::int64_t sequences = 0;  // that have an advantage, 0 included
  std::int64_t tokens = 0;     // of their completions
};

// A length above which a log-ratio's gradient is 0: exp would overflow.
inline constexpr double kMaxLogRatio = 20.0;

struct GrpoLossOptions {
  double clip_low = 0.2;
  double clip_high = 0.2;
  double kl_beta = 0.0;
  LossNorm norm = LossNorm::kTokenMean;
  std::int64_t max_new_tokens = 0;  // of kConstant
};

// Of the tokens of a part of an update. All [T], on one device.
struct GrpoTokens {
  at::Tensor logprobs;      // with gradient
  at::Tensor old_logprobs;  // of the policy that sampled
  at::Tensor ref_logprobs;  // undefined where kl_beta is 0
  at::Tensor advantages;    // of each token's sequence
  at::Tensor lengths;       // completion tokens of each token's sequence
};

// Scalars on the device, without gradient; sums over the part's tokens.
struct GrpoLossParts {
  at::Tensor loss;  // scalar with gradient: the part's share of the update's
  at::Tensor policy_sum;  // of the share without KL
  at::Tensor kl_sum;      // of k3; 0 without a reference
  at::Tensor ratio_sum;
  at::Tensor ratio_max;
  at::Tensor clipped;  // tokens whose gradient the clip took
};

// Throws std::invalid_argument for counts below 1, a missing reference, tensors
// of different shapes, no token, and kConstant without max_new_tokens.
[[nodiscard]] GrpoLossParts GrpoLoss(const GrpoTokens& tokens,
                                     const UpdateCounts& counts,
                                     const GrpoLossOptions& options);

}  // namespace trainer

#endif  // TRAINER_LOSS_GRPO_LOSS_H_
