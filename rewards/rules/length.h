// Length: how long a text is, and what a length is worth. Pure; any thread.

#ifndef REWARDS_RULES_LENGTH_H_
#define REWARDS_RULES_LENGTH_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace rewards::rules {

enum class LengthUnit { kCharacters, kWords, kBytes, kTokens };

// Code points, words (words.h) or bytes of `text`. None where ICU cannot serve.
// Requires: not kTokens, which only the caller can count.
[[nodiscard]] std::optional<std::uint64_t> LengthOf(std::string_view text,
                                                    LengthUnit unit);

enum class Shape {
  kRange,   // 1 from `least` to `most`, else 0
  kCosine,  // `at_zero` at 0, half a cosine to `at_most` at `most`, then `over`
  kOverlong  // 1 up to `most - buffer`, falling to 0 at `most`, then 0
};

// kCosine is the reward of "Demystifying Long Chain-of-Thought Reasoning in
// LLMs" (arXiv 2502.03373, CosFn), kOverlong the soft overlong punishment of
// DAPO (arXiv 2503.14476, eq. 13) plus 1.
struct LengthReward {
  Shape shape = Shape::kRange;
  std::uint64_t least = 0;
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t buffer = 1;  // in [1, most]
  double at_zero = 1.0;
  double at_most = 0.0;
  double over = 0.0;
};

// In [0, 1] where at_zero, at_most and over are.
[[nodiscard]] double ScoreOfLength(const LengthReward& reward,
                                   std::uint64_t length) noexcept;

}  // namespace rewards::rules

#endif  // REWARDS_RULES_LENGTH_H_
