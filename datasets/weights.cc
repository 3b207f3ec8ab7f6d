#include "datasets/weights.h"

#include <numeric>
#include <stdexcept>
#include <string>

namespace datasets {

void RequireNoneNegative(const char* name, std::span<const double> weights) {
  for (const double weight : weights) {
    if (weight >= 0.0) continue;
    throw std::invalid_argument(std::string(name) +
                                ": none may be negative, one is " +
                                std::to_string(weight));
  }
}

void RequireWeights(const char* name, std::span<const double> weights) {
  RequireNoneNegative(name, weights);
  if (SumOf(weights) > 0) return;
  throw std::invalid_argument(std::string(name) + ": one must be positive");
}

double SumOf(std::span<const double> weights) noexcept {
  return std::accumulate(weights.begin(), weights.end(), 0.0);
}

std::size_t PickWeighted(std::span<const double> weights,
                         double uniform) noexcept {
  double at = uniform * SumOf(weights);
  std::size_t picked = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    picked = i;  // rounding may leave `at` past the end: the last that counts
    if (at < weights[i]) break;
    at -= weights[i];
  }
  return picked;
}

}  // namespace datasets
