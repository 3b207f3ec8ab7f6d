#include "trainer/report/interval.h"

#include <cmath>
#include <stdexcept>

namespace trainer {
namespace {

double ShareOf(const ProblemCount& problem) {
  return static_cast<double>(problem.correct) /
         static_cast<double>(problem.samples);
}

}  // namespace

PassEstimate EstimatePassAt1(std::span<const ProblemCount> problems) {
  double sum = 0;
  double count = 0;
  for (const ProblemCount& problem : problems) {
    if (problem.correct < 0 || problem.correct > problem.samples) {
      throw std::invalid_argument("correct is not within 0 and samples");
    }
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
