#include "trainer/optim/grad_guard.h"

#include <torch/torch.h>

#include <cmath>
#include <stdexcept>

namespace trainer {
namespace {
constexpr double kNormEpsilon = 1e-6;
}

GradGuard::GradGuard(double max_norm, std::int64_t limit)
    : max_norm_(max_norm), limit_(limit) {
  if (!(max_norm >= 0.0) || limit < 1) {
    throw std::invalid_argument("GradGuard: max_norm below 0 or limit below 1");
  }
}

GradVerdict GradGuard::Check(at::Tensor& gradient) {
  const torch::NoGradGuard no_grad;
  const at::Tensor norm = gradient.norm(
      2, gradient.scalar_type() == at::kDouble ? at::kDouble : at::kFloat);
  GradVerdict verdict;
  verdict.norm = norm.item<double>();
  verdict.apply = std::isfinite(verdict.norm);
  if (!verdict.apply) {
    ++refused_;
    return verdict;
  }
  refused_ = 0;
  if (max_norm_ > 0.0 && verdict.norm > max_norm_) {
    gradient.mul_(max_norm_ / (verdict.norm + kNormEpsilon));
  }
  return verdict;
}

}  // namespace trainer
