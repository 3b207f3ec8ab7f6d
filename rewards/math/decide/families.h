// Families: infinitely many values by an integer parameter, pi/4 + k pi with k
// in Z. Thread-safe for distinct contexts; bounded by Work.

#ifndef REWARDS_MATH_DECIDE_FAMILIES_H_
#define REWARDS_MATH_DECIDE_FAMILIES_H_

#include <optional>
#include <vector>

#include "rewards/math/decide/context.h"
#include "rewards/math/decide/progressions.h"

namespace rewards::math {

struct Families {
  TermRef label{};  // what has these values, or no tree
  std::vector<Family> members{};
};

// `a` as families of values: `x = pi k, k \in Z`, alternatives of such, or the
// same in set-builder notation. Plus-minus and (-1)^k are taken apart.
[[nodiscard]] std::optional<Families> FamiliesOf(Context* context, TermRef a);

// Decides whether two unions of families hold the same values, whatever the
// letter, the start and the direction of the parameter, and however the values
// are shared out. Exact where every member is linear in its parameter; else
// members must be equal after k -> +-k + c for a small c.
[[nodiscard]] Decision DecideFamilies(Context* context, const Families& gold,
                                      const Families& answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_FAMILIES_H_
