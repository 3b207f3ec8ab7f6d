// Expression: a small reader of test expressions, so that the tests of exact/
// stand alone: "sqrt(2) x" is not in it, "sqrt(2)*x" is. Letters are symbols,
// but e, i, pi and oo; names before a bracket are functions; "sum(k,1,9,k^2)".

#ifndef TESTS_REWARDS_MATH_EXACT_EXPRESSION_H_
#define TESTS_REWARDS_MATH_EXACT_EXPRESSION_H_

#include <string_view>

#include "rewards/math/exact/scalar.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// Requires: a valid expression; throws std::invalid_argument.
[[nodiscard]] Tree TreeOf(std::string_view text);

[[nodiscard]] inline TermRef RootOf(const Tree& tree) {
  return {&tree, tree.root()};
}

}  // namespace rewards::math

#endif  // TESTS_REWARDS_MATH_EXACT_EXPRESSION_H_
