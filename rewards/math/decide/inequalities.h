// Inequalities: the real numbers for which one relation in one variable holds.
// Exact: cuts are roots and poles, and what lies between is decided by the
// certified sign at one point. Thread-safe for distinct contexts; bounded.

#ifndef REWARDS_MATH_DECIDE_INEQUALITIES_H_
#define REWARDS_MATH_DECIDE_INEQUALITIES_H_

#include <optional>
#include <string_view>

#include "rewards/math/decide/real_set.h"

namespace rewards::math {

// Most absolute values in one inequality.
inline constexpr std::size_t kMaxAbsolutes = 3;

// Where `left sign right` holds, `sign` one of = != < <= > >=, as a set of
// values of the variable `name`. Solves what is linear with any real constants,
// and rational functions over the rationals, with absolute values, whose roots
// square roots write. Nothing: not solved.
[[nodiscard]] std::optional<RealSet> Solve(Context* context, TermRef left,
                                           Sign sign, TermRef right,
                                           std::string_view name);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_INEQUALITIES_H_
