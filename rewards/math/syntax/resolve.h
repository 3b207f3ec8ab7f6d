// Resolve: what a run of letters means where it stands: a product (2ab), a name
// (AB = 9), a unit (40 min) or a word. Pure; thread-safe; linear time.

#ifndef REWARDS_MATH_SYNTAX_RESOLVE_H_
#define REWARDS_MATH_SYNTAX_RESOLVE_H_

#include <span>
#include <vector>

#include "rewards/math/syntax/token.h"

namespace rewards::math::syntax {

// `tokens` with the runs of letters that are products split into letters, and
// with functions that stand for units made words. Borrows what they borrow.
[[nodiscard]] std::vector<Token> Resolve(std::span<const Token> tokens);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_RESOLVE_H_
