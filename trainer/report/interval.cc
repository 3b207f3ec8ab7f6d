#include "trainer/report/interval.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace trainer {
namespace {

double ShareOf(const ProblemCount& problem) {
  return static_cast<double>(problem.correct) /
         static_cast<double>(problem.samples);
}

void RequireValid(const ProblemCount& problem) {
  if (problem.correct >= 0 && problem.correct <= problem.samples) return;
  throw std::invalid_argument("correct is not within 0 and samples");
}

}  // namespace

std::optional<double> EstimatePassAtK(std::span<const ProblemCount> problems,
                                      std::int64_t k) {
  if (k < 1) throw std::invalid_argument("pass@k of k < 1");
  double sum = 0;
  double count = 0;
  for (const ProblemCount& problem : problems) {
    RequireValid(problem);
    if (problem.samples < k) continue;
    // C(n - c, k) / C(n, k) as a product: no factorial overflows.
    double none_right = 1.0;
    for (std::int64_t i = 0; i < k; ++i) {
      none_right *= static_cast<double>(std::max<std::int64_t>(
                        0, problem.samples - problem.correct - i)) /
                    static_cast<double>(problem.samples - i);
    }
    sum += 1.0 - none_right;
    count += 1;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

PassEstimate EstimatePassAt1(std::span<const ProblemCount> problems) {
  double sum = 0;
  double count = 0;
  for (const ProblemCount& problem : problems) {
    RequireValid(problem);
    if (problem.samples == 0) continue;
    sum += ShareOf(problem);
    count += 1;
  }
  PassEstimate estimate;
  if (count == 0) return estimate;
  const double mean = sum / count;
  estimate.mean = mean;
  if (count < 2) return estimate;
  double squares = 0;
  for (const ProblemCount& problem : problems) {
    if (problem.samples == 0) continue;
    const double distance = ShareOf(problem) - mean;
    squares += distance * distance;
  }
  const double variance = squares / (count - 1);
  estimate.half_width = kNormal95 * std::sqrt(variance / count);
  return estimate;
}

}  // namespace trainer
