#include "trainer/stages/updater.h"

#include <torch/torch.h>

#include "trainer/optim/schedule.h"
#include "trainer/stages/run_error.h"

namespace trainer {
namespace {

// 1 where a weight decays: everywhere but in norms.
at::Tensor DecayMask(const Decoder& decoder) {
  const Decoder mask = decoder.Clone();
  for (auto& [name, tensor] : mask.named()) {
    tensor.fill_(name.ends_with("norm.weight") ? 0.0 : 1.0);
  }
  return mask.flat().detach();
}

AdamWOptions OptionsOf(const OptimizerSettings& settings) {
  return {settings.beta1, settings.beta2, settings.epsilon,
          settings.weight_decay};
}

}  // namespace

Updater::Updater(Decoder& decoder, const OptimizerSettings& settings,
                 std::int64_t non_finite_limit, Comm& comm)
    : decoder_(decoder),
      settings_(settings),
      comm_(comm),
      optimizer_(decoder.flat(), OptionsOf(settings), DecayMask(decoder)),
      guard_(settings.max_grad_norm, non_finite_limit) {}

void Updater::Begin() {
  // A rank without examples takes part with zeros.
  at::Tensor& grad = decoder_.flat().mutable_grad();
  if (grad.defined()) {
    grad.zero_();
  } else {
    grad = torch::zeros_like(decoder_.flat()).detach();
  }
  if (grad.scalar_type() == at::kBFloat16) {
    sum_ = at::zeros(grad.sizes(), grad.options().dtype(at::kFloat));
  }
}

void Updater::Accumulate() {
  if (!sum_.defined()) return;
  at::Tensor& grad = decoder_.flat().mutable_grad();
  sum_.add_(grad);
  grad.zero_();
}

UpdateReport Updater::Apply(std::int64_t step, std::int64_t steps) {
  at::Tensor& gradient = sum_.defined() ? sum_ : decoder_.flat().mutable_grad();
  comm_.AllReduceSum(gradient);
  const GradVerdict verdict = guard_.Check(gradient);
  UpdateReport report;
  report.grad_norm = verdict.norm;
  report.lr = LearningRate({settings_.lr, settings_.schedule == "cosine",
                            settings_.warmup_steps, settings_.final_lr_ratio},
                           step, steps);
  report.applied = verdict.apply;
  if (verdict.apply) optimizer_.Step(gradient, report.lr);
  return report;
}

void Updater::CheckGuard() const {
  if (!guard_.Exhausted()) return;
  throw RunError(ExitCode::kGuard,
                 "the gradient was not finite " +
                     std::to_string(guard_.refused()) +
                     " times in a row (guard.non_finite_limit): a lower lr "
                     "or max_grad_norm may help");
}

void Updater::Restore(std::int64_t updates, std::int64_t refused) {
  optimizer_.set_steps(updates);
  guard_.set_refused(refused);
}

}  // namespace trainer
