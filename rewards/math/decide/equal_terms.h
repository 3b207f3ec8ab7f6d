// EqualTerms: the decision over two terms, inside structures. See equal.h.

#ifndef REWARDS_MATH_DECIDE_EQUAL_TERMS_H_
#define REWARDS_MATH_DECIDE_EQUAL_TERMS_H_

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Decides whether `answer` says what `gold` says, under the policies of the
// context. Undecided below kMaxNesting structures.
[[nodiscard]] Decision EqualTerms(Context* context, TermRef gold,
                                  TermRef answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_EQUAL_TERMS_H_
