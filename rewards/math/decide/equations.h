// Equations: equations, inequalities in several variables, and systems of them.
// Thread-safe for distinct contexts; bounded by Work.

#ifndef REWARDS_MATH_DECIDE_EQUATIONS_H_
#define REWARDS_MATH_DECIDE_EQUATIONS_H_

#include <optional>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// One statement `left sign right`.
struct Statement {
  TermRef left;
  Sign sign = Sign::kEqual;
  TermRef right;
};

// The statements that `a` makes at once: a chain by its neighbours, a list or
// system by its parts. Nothing: it states nothing, or alternatives.
[[nodiscard]] std::optional<std::vector<Statement>> StatementsOf(TermRef a);

// Decides two systems: each statement has its own equal one. Equations are
// equal where their sides are, or the differences of their sides up to sign; up
// to any other constant factor by the policy `equation_factor`; inequalities
// the same with a positive factor.
[[nodiscard]] Decision DecideSystems(Context* context,
                                     const std::vector<Statement>& gold,
                                     const std::vector<Statement>& answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_EQUATIONS_H_
