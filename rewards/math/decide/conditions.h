// Conditions: what relations say of one real variable, as the set of its
// values. Thread-safe for distinct contexts; bounded by kMaxNesting and Work.

#ifndef REWARDS_MATH_DECIDE_CONDITIONS_H_
#define REWARDS_MATH_DECIDE_CONDITIONS_H_

#include <optional>
#include <string_view>

#include "rewards/math/decide/real_set.h"

namespace rewards::math {

// True for a condition: a relation that is no equation, or holds several.
[[nodiscard]] bool IsCondition(TermRef a);

// Where the condition `a` holds: a relation or chain, conditions that hold at
// once, or alternatives; one may ask for an integer. The variable is put in
// `variable`, or must be that one if it is not empty. Nothing: not solved.
[[nodiscard]] std::optional<RealSet> ConditionRegion(
    Context* context, TermRef a, std::string_view* variable);

// A kSetBuilder: {x : condition}, {x in A : condition}.
[[nodiscard]] std::optional<RealSet> BuilderRegion(Context* context, TermRef a);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_CONDITIONS_H_
