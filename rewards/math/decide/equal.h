// Equal: whether an answer says what a gold says. A symmetric core over every
// kind of answer (scalars by scalar.h; tuples, sets, intervals, relations,
// matrices, quantities, families, text here), and on top the named conventions
// of Policy, each use of which is reported. Thread-safe; bounded by Work.

#ifndef REWARDS_MATH_DECIDE_EQUAL_H_
#define REWARDS_MATH_DECIDE_EQUAL_H_

#include "rewards/math/decide/policy.h"
#include "rewards/math/exact/decision.h"
#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// Decides whether `answer` says what `gold` says. `proof` may be null.
[[nodiscard]] Decision Equal(const Tree& gold, const Tree& answer,
                             const Policy& policy, Work* work, Proof* proof);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_EQUAL_H_
