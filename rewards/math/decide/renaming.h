// Renaming: other letters for the variables. Thread-safe for distinct contexts;
// bounded by kMaxRenamed and Work.

#ifndef REWARDS_MATH_DECIDE_RENAMING_H_
#define REWARDS_MATH_DECIDE_RENAMING_H_

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Most variables that are renamed. Over it: undecided.
inline constexpr std::size_t kMaxRenamed = 4;

// Decides under the policy `renaming`: equal for one way to give the answer's
// variables the names of the gold's, one to one.
[[nodiscard]] Decision DecideRenamed(Context* context, TermRef gold,
                                     TermRef answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_RENAMING_H_
