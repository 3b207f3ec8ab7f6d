#include "trainer/rollout/sampler.h"

#include <torch/torch.h>

#include <stdexcept>

#include "trainer/kernels/fused_logprob.h"

namespace trainer {
namespace {

// The probabilities [B, V] with those outside the top `top_p` set to 0.
at::Tensor KeepTop(const at::Tensor& probabilities, double top_p) {
  const auto [sorted, order] =
      at::sort(probabilities, /*dim=*/-1, /*descending=*/true);
  // A token stays where those before it do not reach top_p yet.
  const at::Tensor before = sorted.cumsum(-1) - sorted;
  const at::Tensor kept = sorted.masked_fill(before >= top_p, 0.0);
  return torch::zeros_like(probabilities).scatter(-1, order, kept);
}

at::Tensor Draw(const at::Tensor& logits, const at::Tensor& uniforms,
                double top_p) {
  at::Tensor probabilities = at::softmax(logits, -1, at::kDouble);
  if (top_p < 1.0) probabilities = KeepTop(probabilities, top_p);
  const at::Tensor cumulated = probabilities.cumsum(-1);
  const at::Tensor threshold =
      uniforms.unsqueeze(-1) * cumulated.narrow(-1, logits.size(-1) - 1, 1);
  // The first that is over the threshold: never one of probability 0.
  return at::searchsorted(cumulated, threshold, /*out_int32=*/false,
                          /*right=*/true)
      .squeeze(-1)
      .clamp_max(logits.size(-1) - 1);
}

}  // namespace

double UniformOf(std::uint64_t seed, std::uint64_t draw) noexcept {
  std::uint64_t x = seed + (draw + 1) * 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  x ^= x >> 31;
  return static_cast<double>(x >> 32) * 0x1p-32;
}

SampledTokens SampleTokens(const at::Tensor& logits, const at::Tensor& uniforms,
                           double temperature, double top_p) {
  if (!(temperature >= 0.0) || !(top_p > 0.0 && top_p <= 1.0)) {
    throw std::invalid_argument(
        "SampleTokens: temperature is below 0 or top_p outside (0, 1]");
  }
  const bool greedy = temperature == 0.0;
  const at::Tensor scaled =
      (greedy || temperature == 1.0 ? logits : logits / temperature)
          .contiguous();
  const at::Tensor tokens =
      greedy ? scaled.argmax(-1) : Draw(scaled, uniforms, top_p);
  return {tokens, FusedLogprob(scaled, tokens).logprob};
}

}  // namespace trainer
