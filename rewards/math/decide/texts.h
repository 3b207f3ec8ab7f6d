// Texts: words against words. Pure; thread-safe; linear.

#ifndef REWARDS_MATH_DECIDE_TEXTS_H_
#define REWARDS_MATH_DECIDE_TEXTS_H_

#include "rewards/math/exact/decision.h"
#include "rewards/math/exact/scalar.h"

namespace rewards::math {

// Decides where at least one side is a kText: the same words, case and space
// folded. A variable, or letters side by side, may stand for the word that they
// spell, the letter of a choice for the choice with its words, ABD for A, B, D,
// and "no solution" for the empty set. Words that
// hold a digit or an operator are undecided, always: `text` never pays for what
// may be mathematics.
[[nodiscard]] Decision DecideTexts(TermRef a, TermRef b);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_TEXTS_H_
