// Shape: a tree as an S-expression, for golden values and to compare trees: two
// trees with one shape are equal. Pure.

#ifndef TESTS_REWARDS_MATH_SYNTAX_SHAPE_H_
#define TESTS_REWARDS_MATH_SYNTAX_SHAPE_H_

#include <string>
#include <string_view>

#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// `1 + 2x` is "(+ 1 (* 2 x))". A number stands with its value, and a decimal
// with its last place: "1/2@-1".
[[nodiscard]] std::string Shape(const Tree& tree);

// The shape of what `text` reads as, or "error: ..." with the position.
[[nodiscard]] std::string ShapeOf(std::string_view text);

}  // namespace rewards::math

#endif  // TESTS_REWARDS_MATH_SYNTAX_SHAPE_H_
