// Group-normalised advantages of GRPO (DeepSeek-R1, arXiv 2501.12948, eq. 3):
// A_i = (r_i - mean(r)) / (std(r) + epsilon) over the group of one question.
// Plain functions; any thread.

#ifndef TRAINER_LOSS_ADVANTAGE_H_
#define TRAINER_LOSS_ADVANTAGE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace trainer {

enum class RewardScale {
  kGroupStd,  // GRPO
  kNone,      // A_i = r_i - mean (Dr. GRPO, arXiv 2503.20783)
};

struct AdvantageOptions {
  RewardScale scale = RewardScale::kGroupStd;
  double epsilon = 1e-4;  // added to the deviation
};

// Rewards of a group that differ by no more are equal: no gradient.
inline constexpr double kEqualRewards = 1e-9;

struct Advantages {
  std::vector<double> values{};   // one a completion; 0 where not judged
  std::size_t groups = 0;         // groups given
  std::size_t zero_variance = 0;  // of them: two or more judged, all equal
  std::size_t too_few = 0;        // of them: fewer than two judged
  std::size_t dropped = 0;        // completions without a reward
};

// `rewards`: groups of `group_size` completions, one group behind the other;
// none where a completion was not judged. Such a one counts in no mean and no
// deviation (of the sample, n - 1), and its advantage is 0. So is that of every
// completion of a group with fewer than two judged, or with equal rewards.
//
// Throws std::invalid_argument where the groups do not fit or a reward is not
// finite.
[[nodiscard]] Advantages GroupAdvantages(
    std::span<const std::optional<double>> rewards, std::size_t group_size,
    const AdvantageOptions& options = {});

}  // namespace trainer

#endif  // TRAINER_LOSS_ADVANTAGE_H_
