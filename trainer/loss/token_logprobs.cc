#include "trainer/loss/token_logprobs.h"

#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "trainer/kernels/fused_logprob.h"

namespace trainer {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor Logits(const at::Tensor& hidden, const at::Tensor& head,
                  double temperature) {
  at::Tensor logits = at::linear(hidden, head);
  return temperature == 1.0 ? logits : logits.div_(temperature);
}

// In float64, by plain operations.
FusedLogprobResult PlainLogprob(const at::Tensor& logits,
                                const at::Tensor& targets) {
  const at::Tensor all = logits.log_softmax(-1);
  return {all.gather(-1, targets.unsqueeze(-1)).squeeze(-1),
          -(all.exp() * all).sum(-1), logits.logsumexp(-1)};
}

at::Tensor PlainBackward(const at::Tensor& logits, const at::Tensor& targets,
                         const at::Tensor& lse, const at::Tensor& grad) {
  const at::Tensor column = grad.unsqueeze(-1);
  return (-(logits - lse.unsqueeze(-1)).exp() * column)
      .scatter_add(-1, targets.unsqueeze(-1), column);
}

bool IsPlain(const at::Tensor& hidden) {
  return hidden.scalar_type() == at::kDouble;
}

struct ChunkedLogprob : torch::autograd::Function<ChunkedLogprob> {
  static variable_list forward(AutogradContext* context,
                               const at::Tensor& hidden, const at::Tensor& head,
                               const at::Tensor& targets, double temperature,
                               std::int64_t chunk) {
    std::vector<at::Tensor> logprobs;
    std::vector<at::Tensor> entropies;
    std::vector<at::Tensor> sums;
    for (std::int64_t i = 0; i < hidden.size(0); i += chunk) {
      const std::int64_t size = std::min(chunk, hidden.size(0) - i);
      const at::Tensor logits =
          Logits(hidden.narrow(0, i, size), head, temperature);
      const at::Tensor target = targets.narrow(0, i, size);
      const FusedLogprobResult part = IsPlain(hidden)
                                          ? PlainLogprob(logits, target)
                                          : FusedLogprob(logits, target);
      logprobs.push_back(part.logprob);
      entropies.push_back(part.entropy);
      sums.push_back(part.lse);
    }
    const at::Tensor entropy = at::cat(entropies);
    context->save_for_backward({hidden, head, targets, at::cat(sums)});
    context->saved_data["temperature"] = temperature;
    context->saved_data["chunk"] = chunk;
    context->mark_non_differentiable({entropy});
    return {at::cat(logprobs), entropy};
  }

  static variable_list backward(AutogradContext* context,
                                const variable_list& gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor& hidden = saved[0];
    const at::Tensor& head = saved[1];
    const at::Tensor& targets = saved[2];
    const at::Tensor& lse = saved[3];
    const double temperature = context->saved_data["temperature"].toDouble();
    const std::int64_t chunk = context->saved_data["chunk"].toInt();
    const at::Tensor grad = gradients[0].contiguous();

    const at::Tensor hidden_grad = at::empty_like(hidden);
    // Sums over chunks: in float32 where the weights are bfloat16.
    at::Tensor head_grad = at::zeros(
        head.sizes(),
        IsPlain(hidden) ? head.options() : head.options().dtype(at::kFloat));
    for (std::int64_t i = 0; i < hidden.size(0); i += chunk) {
      const std::int64_t size = std::min(chunk, hidden.size(0) - i);
      const at::Tensor rows = hidden.narrow(0, i, size);
      const at::Tensor logits = Logits(rows, head, temperature);
      at::Tensor back =
          (IsPlain(hidden) ? PlainBackward : FusedLogprobBackward)(
              logits, targets.narrow(0, i, size), lse.narrow(0, i, size),
              grad.narrow(0, i, size));
      if (temperature != 1.0) back.div_(temperature);
      at::Tensor out = hidden_grad.narrow(0, i, size);
      at::mm_out(out, back, head);
      if (head_grad.scalar_type() == back.scalar_type()) {
        head_grad.addmm_(back.t(), rows);
      } else {
        head_grad.add_(at::mm(back.t(), rows));
      }
    }
    return {hidden_grad, head_grad.to(head.scalar_type()), {}, {}, {}};
  }
};

}  // namespace

TokenLogprobs ComputeTokenLogprobs(const at::Tensor& hidden,
                                   const at::Tensor& head,
                                   const at::Tensor& targets,
                                   double temperature,
                                   std::int64_t chunk_tokens) {
  const bool fits = hidden.dim() == 2 && head.dim() == 2 &&
                    targets.dim() == 1 && hidden.size(1) == head.size(1) &&
                    hidden.size(0) == targets.size(0) && hidden.size(0) > 0;
  if (!fits || !(temperature > 0.0) || chunk_tokens < 1) {
    throw std::invalid_argument(
        "ComputeTokenLogprobs: shapes that do not fit, a temperature that is "
        "not positive, or chunk_tokens below 1");
  }
  const variable_list out = ChunkedLogprob::apply(
      hidden, head, targets.contiguous(), temperature, chunk_tokens);
  return {out[0], out[1]};
}

}  // namespace trainer
