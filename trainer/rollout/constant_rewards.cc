#include "trainer/rollout/constant_rewards.h"

#include <utility>

namespace trainer {

double ScoreReport::null_fraction() const {
  return scores.empty() ? 0.0
                        : static_cast<double>(dropped) /
                              static_cast<double>(scores.size());
}

void ConstantRewards::Submit(std::size_t, ScoreTask) { ++count_; }

ScoreReport ConstantRewards::Wait(const std::function<bool()>&) {
  ScoreReport report;
  report.scores.resize(std::exchange(count_, 0));
  for (Scored& scored : report.scores) scored.reward = reward_;
  return report;
}

std::vector<std::optional<bool>> ConstantRewards::Equal(
    const std::vector<std::pair<std::string, std::string>>& pairs,
    const std::function<bool()>&) {
  std::vector<std::optional<bool>> equal;
  for (const auto& [a, b] : pairs) equal.emplace_back(a == b);
  return equal;
}

}  // namespace trainer
