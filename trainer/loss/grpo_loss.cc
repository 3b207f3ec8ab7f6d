#include "trainer/loss/grpo_loss.h"

#include <torch/torch.h>

#include <stdexcept>
#include <string>

namespace trainer {
namespace {

// The weight of each token in the loss: [T], or a scalar.
at::Tensor Weights(const GrpoTokens& tokens, const UpdateCounts& counts,
                   const GrpoLossOptions& options) {
  const auto sequences = static_cast<double>(counts.sequences);
  switch (options.norm) {
    case LossNorm::kSequenceMean:
      return (tokens.lengths.to(tokens.logprobs.scalar_type()) * sequences)
          .reciprocal();
    case LossNorm::kTokenMean:
      return at::scalar_tensor(1.0 / static_cast<double>(counts.tokens),
                               tokens.logprobs.options());
    case LossNorm::kConstant:
      break;
  }
  return at::scalar_tensor(
      1.0 / (sequences * static_cast<double>(options.max_new_tokens)),
      tokens.logprobs.options());
}

at::Tensor Clamped(const at::Tensor& log_ratio) {
  return log_ratio.clamp(-kMaxLogRatio, kMaxLogRatio);
}

void Check(const GrpoTokens& tokens, const UpdateCounts& counts,
           const GrpoLossOptions& options) {
  const auto refuse = [](const char* what) {
    throw std::invalid_argument(std::string("GrpoLoss: ") + what);
  };
  if (counts.sequences < 1 || counts.tokens < 1) {
    refuse("an update of no sequence or token");
  }
  if (options.norm == LossNorm::kConstant && options.max_new_tokens < 1) {
    refuse("the constant norm needs max_new_tokens");
  }
  if (options.kl_beta != 0.0 && !tokens.ref_logprobs.defined()) {
    refuse("kl_beta without reference");
  }
  // A shape that broadcasts would be a loss of something else.
  const auto shape = tokens.logprobs.sizes();
  if (shape.size() != 1 || shape[0] < 1 ||
      tokens.old_logprobs.sizes() != shape ||
      tokens.advantages.sizes() != shape || tokens.lengths.sizes() != shape ||
      (tokens.ref_logprobs.defined() && tokens.ref_logprobs.sizes() != shape)) {
    refuse("tensors that are not all [T], T >= 1");
  }
}

}  // namespace

std::optional<LossNorm> LossNormFromName(std::string_view name) {
  if (name == "sequence_mean") return LossNorm::kSequenceMean;
  if (name == "token_mean") return LossNorm::kTokenMean;
  if (name == "constant") return LossNorm::kConstant;
  return std::nullopt;
}

GrpoLossParts GrpoLoss(const GrpoTokens& tokens, const UpdateCounts& counts,
                       const GrpoLossOptions& options) {
  Check(tokens, counts, options);
  const at::Tensor weights = Weights(tokens, counts, options);
  const at::Tensor& advantages = tokens.advantages;
  const at::Tensor ratio = Clamped(tokens.logprobs - tokens.old_logprobs).exp();
  const at::Tensor plain = ratio * advantages;
  const at::Tensor clipped =
      ratio.clamp(1.0 - options.clip_low, 1.0 + options.clip_high) * advantages;
  at::Tensor loss = -(at::minimum(plain, clipped) * weights).sum();

  GrpoLossParts parts;
  parts.policy_sum = loss.detach();
  parts.ratio_sum = ratio.detach().sum();
  parts.ratio_max = ratio.detach().max();
  parts.clipped = (clipped.detach() < plain.detach()).sum();
  parts.kl_sum = at::zeros({}, tokens.logprobs.options());
  if (tokens.ref_logprobs.defined()) {
    const at::Tensor log_ratio = Clamped(tokens.ref_logprobs - tokens.logprobs);
    const at::Tensor k3 = log_ratio.expm1() - log_ratio;
    parts.kl_sum = k3.detach().sum();
    if (options.kl_beta != 0.0) {
      loss = loss + options.kl_beta * (k3 * weights).sum();
    }
  }
  parts.loss = loss;
  return parts;
}

}  // namespace trainer
