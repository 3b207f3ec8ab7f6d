// Quantities: numbers with what is written around them: a unit, a percent or
// degree sign, stated digits. Thread-safe for distinct contexts; bounded by
// Work.

#ifndef REWARDS_MATH_DECIDE_QUANTITIES_H_
#define REWARDS_MATH_DECIDE_QUANTITIES_H_

#include "rewards/math/decide/context.h"

namespace rewards::math {

// True for a number or expression, with or without a unit, that
// DecideQuantities takes.
[[nodiscard]] bool IsQuantity(TermRef a);

// Decides two numbers. The core is exact: 1 m = 100 cm, 50% = 1/2, 90 degrees =
// pi / 2. Conventions, each named where it is used: `units` and `degrees` (the
// sign may be missing on one side), `percent` (50% for 50), `rounding` (what
// has no finite decimal form, for a decimal gold that it rounds to).
[[nodiscard]] Decision DecideQuantities(Context* context, TermRef gold,
                                        TermRef answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_QUANTITIES_H_
