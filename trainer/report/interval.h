// EstimatePassAt1: the share of right answers over problems, and how sure it
// is. Thread-safe: no state.

#ifndef TRAINER_REPORT_INTERVAL_H_
#define TRAINER_REPORT_INTERVAL_H_

#include <cstdint>
#include <optional>
#include <span>

namespace trainer {

// One problem: how many of its judged samples were right.
struct ProblemCount {
  std::int64_t correct = 0;
  std::int64_t samples = 0;  // judged ones only: what was not judged is no 0
};

struct PassEstimate {
  std::optional<double> mean{};  // none: no problem has a sample
  // Half the width of the 95 % interval; none for fewer than two problems.
  std::optional<double> half_width{};
};

// Two-sided 95 % quantile of the normal distribution.
inline constexpr double kNormal95 = 1.959963984540054;

// Mean of p_i = correct / samples over the problems with a sample, each of the
// same weight, and kNormal95 x sqrt(s^2 / n), s^2 the unbiased variance of p_i
// between problems (which contains the noise within them). A normal
// approximation: too narrow near 0 and 1 and below some 30 problems. Throws
// std::invalid_argument unless 0 <= correct <= samples.
[[nodiscard]] PassEstimate EstimatePassAt1(
    std::span<const ProblemCount> problems);

// pass@k: the chance that one of k samples is right, without bias from n >= k
// samples of each problem: the mean of 1 - C(n - c, k) / C(n, k) (Chen et al.,
// arXiv 2107.03374, equation 1). Problems with fewer than k judged samples are
// left out; none: that is all of them. Throws std::invalid_argument for k < 1
// and as EstimatePassAt1.
[[nodiscard]] std::optional<double> EstimatePassAtK(
    std::span<const ProblemCount> problems, std::int64_t k);

}  // namespace trainer

#endif  // TRAINER_REPORT_INTERVAL_H_
