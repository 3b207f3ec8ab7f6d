// Integers: the whole numbers in a set of real numbers. Thread-safe for
// distinct contexts; bounded by kMaxElements.

#ifndef REWARDS_MATH_DECIDE_INTEGERS_H_
#define REWARDS_MATH_DECIDE_INTEGERS_H_

#include <optional>
#include <string_view>

#include "rewards/math/decide/real_set.h"

namespace rewards::math {

// Farthest from zero that an end is looked for, where it is no plain number.
inline constexpr long kFarthestInteger = 1'000'000;

// True for the names of sets of integers: Z, Z+, N, N+, N*.
[[nodiscard]] bool IsIntegerSet(std::string_view name);

// The members of `set` in the set of integers `domain`. Nothing where there are
// more than kMaxElements, or where it turns on whether N holds zero.
[[nodiscard]] std::optional<RealSet> IntegersIn(Context* context,
                                                const RealSet& set,
                                                std::string_view domain);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_INTEGERS_H_
