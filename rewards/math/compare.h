// Compare: an answer against a gold. A symmetric exact core, and on top a layer
// of named conventions (Policy), each use of which is reported. Thread-safe.

#ifndef REWARDS_MATH_COMPARE_H_
#define REWARDS_MATH_COMPARE_H_

#include "rewards/math/decide/policy.h"
#include "rewards/math/exact/decision.h"
#include "rewards/math/value.h"

namespace rewards::math {

// Decides whether `answer` says what `gold` says. Exact: no floating point.
//
// Rounding: a gold written as a decimal with at least two significant digits is
// met by an exact answer without a finite decimal form (1/3 for 0.33) that
// rounds to it, half either way. A decimal answer to an exact gold is not: the
// gold states no digits. Two decimals are equal or they are not.
[[nodiscard]] Decision Compare(const Value& gold, const Value& answer,
                               const Policy& policy);

}  // namespace rewards::math

#endif  // REWARDS_MATH_COMPARE_H_
