// MathChecker: the final answer of a response against a gold, decided exactly
// (rewards/math). Parameters, in the contract's words: `gold` (a string, or an
// array of which any may be met), `extract`, `policy`. Immutable; any thread.

#ifndef REWARDS_MATH_CHECKER_H_
#define REWARDS_MATH_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Longest gold, in bytes. Over it the item is invalid.
inline constexpr std::size_t kMaxGoldBytes = 256 * 1024;

// Most golds of one check. Over it the item is invalid.
inline constexpr std::size_t kMaxGolds = 64;

// A judgement takes microseconds for an ordinary answer and is bounded for any
// (rewards/math/syntax/limits.h), so `budget` is not looked at.
[[nodiscard]] std::unique_ptr<const Checker> MakeMathChecker();

}  // namespace rewards

#endif  // REWARDS_MATH_CHECKER_H_
