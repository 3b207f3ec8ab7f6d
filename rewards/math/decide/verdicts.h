// Verdicts: decisions, and how two of them join. Pure; thread-safe.

#ifndef REWARDS_MATH_DECIDE_VERDICTS_H_
#define REWARDS_MATH_DECIDE_VERDICTS_H_

#include <string_view>

#include "rewards/math/exact/decision.h"

namespace rewards::math {

// Reasons and names of policies are constants.
[[nodiscard]] Decision Proved(std::string_view reason);
[[nodiscard]] Decision Refuted(std::string_view reason);
[[nodiscard]] Decision Undecided(std::string_view reason);

[[nodiscard]] inline bool IsEqual(const Decision& decision) {
  return decision.equality == Equality::kEqual;
}
[[nodiscard]] inline bool IsNotEqual(const Decision& decision) {
  return decision.equality == Equality::kNotEqual;
}
[[nodiscard]] inline bool IsUndecided(const Decision& decision) {
  return decision.equality == Equality::kUndecided;
}

// Names a convention that an equal `decision` needed, once.
void NeedPolicy(Decision* decision, std::string_view policy);

// The decision with its convention named, where it is equal; undecided where it
// is not: a convention that does not help refutes nothing.
[[nodiscard]] Decision Under(std::string_view policy, Decision decision);

// Both must hold: one refutation refutes, else one doubt leaves it undecided,
// else equal on the weaker evidence with the conventions of both.
void Join(Decision* whole, const Decision& part);

// An equal decision with another reason; others as they are.
[[nodiscard]] Decision Because(std::string_view reason, Decision decision);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_VERDICTS_H_
