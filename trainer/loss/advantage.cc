#include "trainer/loss/advantage.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace trainer {
namespace {

using Group = std::span<const std::optional<double>>;

struct Moments {
  std::size_t judged = 0;
  double mean = 0.0;
  double deviation = 0.0;  // of the sample
  double range = 0.0;
};

Moments MomentsOf(Group group) {
  Moments moments;
  double sum = 0.0;
  double least = 0.0;
  double most = 0.0;
  for (const auto& reward : group) {
    if (!reward) continue;
    least = moments.judged == 0 ? *reward : std::min(least, *reward);
    most = moments.judged == 0 ? *reward : std::max(most, *reward);
    sum += *reward;
    ++moments.judged;
  }
  if (moments.judged < 2) return moments;
  const double count = static_cast<double>(moments.judged);
  moments.mean = sum / count;
  moments.range = most - least;
  double squares = 0.0;
  for (const auto& reward : group) {
    if (!reward) continue;
    squares += (*reward - moments.mean) * (*reward - moments.mean);
  }
  moments.deviation = std::sqrt(squares / (count - 1.0));
  return moments;
}

void CheckFinite(std::span<const std::optional<double>> rewards) {
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    if (rewards[i] && !std::isfinite(*rewards[i])) {
      throw std::invalid_argument("GroupAdvantages: reward " +
                                  std::to_string(i) + " is not finite");
    }
  }
}

}  // namespace

Advantages GroupAdvantages(std::span<const std::optional<double>> rewards,
                           std::size_t group_size,
                           const AdvantageOptions& options) {
  if (group_size == 0 || rewards.size() % group_size != 0) {
    throw std::invalid_argument(
        "GroupAdvantages: " + std::to_string(rewards.size()) +
        " rewards are no groups of " + std::to_string(group_size));
  }
  CheckFinite(rewards);

  Advantages result;
  result.values.assign(rewards.size(), 0.0);
  result.groups = rewards.size() / group_size;
  for (std::size_t begin = 0; begin < rewards.size(); begin += group_size) {
    const Group group = rewards.subspan(begin, group_size);
    const Moments moments = MomentsOf(group);
    result.dropped += group_size - moments.judged;
    if (moments.judged < 2) {
      ++result.too_few;
      continue;
    }
    if (moments.range <= kEqualRewards) {
      ++result.zero_variance;
      continue;
    }
    const double divisor = options.scale == RewardScale::kGroupStd
                               ? moments.deviation + options.epsilon
                               : 1.0;
    for (std::size_t i = 0; i < group_size; ++i) {
      if (!group[i]) continue;
      result.values[begin + i] = (*group[i] - moments.mean) / divisor;
    }
  }
  return result;
}

}  // namespace trainer
