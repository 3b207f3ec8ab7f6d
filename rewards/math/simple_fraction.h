// SimpleFraction: a fraction of plain integers, as mixed numbers end in: the
// 3/4 of `7 3/4`, the \frac{1}{2} of `1\frac{1}{2}`. Pure; thread-safe.

#ifndef REWARDS_MATH_SIMPLE_FRACTION_H_
#define REWARDS_MATH_SIMPLE_FRACTION_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "rewards/math/lexer.h"

namespace rewards::math {

struct SimpleFraction {
  std::string_view numerator;  // digits; borrows from the folded text
  std::string_view denominator;
  std::size_t next = 0;  // the token after it

  // Numerator below denominator.
  [[nodiscard]] bool is_proper() const;
};

// True for a number of digits alone.
[[nodiscard]] bool IsInteger(const Token& token);

// The fraction that begins at token `pos`, or nothing: digits, a slash, digits;
// or \frac with integers in braces, or with single digits.
[[nodiscard]] std::optional<SimpleFraction> SimpleFractionAt(
    std::span<const Token> tokens, std::size_t pos);

}  // namespace rewards::math

#endif  // REWARDS_MATH_SIMPLE_FRACTION_H_
