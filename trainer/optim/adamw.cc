#include "trainer/optim/adamw.h"

#include <torch/torch.h>

#include <cmath>
#include <stdexcept>

namespace trainer {

AdamW::AdamW(at::Tensor weights, const AdamWOptions& options,
             at::Tensor decayed)
    : weights_(std::move(weights)),
      options_(options),
      decayed_(std::move(decayed)) {
  if (weights_.dim() != 1 ||
      (decayed_.defined() && decayed_.sizes() != weights_.sizes())) {
    throw std::invalid_argument("AdamW: weights or mask of the wrong shape");
  }
  const bool narrow = weights_.scalar_type() == at::kBFloat16;
  master_ = narrow ? weights_.detach().to(at::kFloat) : weights_.detach();
  average_ = torch::zeros_like(master_);
  square_ = torch::zeros_like(master_);
  if (decayed_.defined()) decayed_ = decayed_.to(master_.scalar_type());
}

void AdamW::Step(const at::Tensor& gradient, double lr) {
  const torch::NoGradGuard no_grad;
  ++steps_;
  const auto steps = static_cast<double>(steps_);
  const at::Tensor grad = gradient.detach().to(master_.scalar_type());
  const double decay = lr * options_.weight_decay;
  if (decay != 0.0 && decayed_.defined()) {
    master_.addcmul_(master_, decayed_, -decay);
  } else if (decay != 0.0) {
    master_.mul_(1.0 - decay);
  }
  average_.lerp_(grad, 1.0 - options_.beta1);
  square_.mul_(options_.beta2).addcmul_(grad, grad, 1.0 - options_.beta2);
  const double correction1 = 1.0 - std::pow(options_.beta1, steps);
  const double correction2 = 1.0 - std::pow(options_.beta2, steps);
  const at::Tensor divisor =
      square_.sqrt().div_(std::sqrt(correction2)).add_(options_.epsilon);
  master_.addcdiv_(average_, divisor, -lr / correction1);
  if (master_.scalar_type() != weights_.scalar_type()) weights_.copy_(master_);
}

std::vector<std::pair<std::string, at::Tensor>> AdamW::state() const {
  std::vector<std::pair<std::string, at::Tensor>> all{{"exp_avg", average_},
                                                      {"exp_avg_sq", square_}};
  if (master_.scalar_type() != weights_.scalar_type()) {
    all.emplace_back("master", master_);
  }
  return all;
}

}  // namespace trainer
