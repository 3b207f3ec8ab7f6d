// Numbers: a number as it is written, with separators of thousands, repeating
// decimals, a power of ten or a base. Pure; thread-safe; linear time.

#ifndef REWARDS_MATH_SYNTAX_NUMBERS_H_
#define REWARDS_MATH_SYNTAX_NUMBERS_H_

#include <cstddef>
#include <string_view>

#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/read.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math::syntax {

struct NumberScan {
  std::size_t end = 0;  // just past the number
  Literal literal{};
  // True for a plain run of digits: 42, not 4.2, 1,000 or 12_8.
  bool plain = false;
  // How many digits it has; a scientific form at least its exponent.
  std::size_t digits = 0;
  // True where a brace closed between the digits and their base: {A5}_{11}.
  bool closes_brace = false;
};

// True where a number starts at `pos`: a digit, or a point and a digit.
[[nodiscard]] bool StartsNumber(std::string_view text, std::size_t pos);

// Scans the number at `pos`. `in_list` says that a comma stands between
// members here, so that 1,319 is two numbers (1,000 is one: no member begins
// with a zero). Requires: StartsNumber. Fails over Limits, and on what can be
// read two ways (0.5(3)).
[[nodiscard]] Read<NumberScan> ScanNumber(std::string_view text,
                                          std::size_t pos, bool in_list,
                                          const Limits& limits);

// Scans digits and capital letters with a base below them, as in 12_8, 7_{8},
// A5_{11}, 101_{\text{two}} and 101_{(2)}; `end` is 0 where none starts at
// `pos`.
[[nodiscard]] Read<NumberScan> ScanBased(std::string_view text, std::size_t pos,
                                         const Limits& limits);

// The same in a round bracket that opens at `pos`: (123)_5.
[[nodiscard]] Read<NumberScan> ScanBracketedBased(std::string_view text,
                                                  std::size_t pos,
                                                  const Limits& limits);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_NUMBERS_H_
