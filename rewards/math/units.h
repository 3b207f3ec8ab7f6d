// Units: words after a number. Knows which words name a unit, which words
// change the value they stand beside (million, negative, not), and one spelling
// for each common unit. Pure; thread-safe.

#ifndef REWARDS_MATH_UNITS_H_
#define REWARDS_MATH_UNITS_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rewards/math/lexer.h"
#include "rewards/math/parser.h"

namespace rewards::math {

// What follows a number: a percent sign and/or a unit.
struct Suffix {
  bool percent = false;
  // Canonical text, e.g. "dollar", "cm^2", "degree"; empty: no unit. A unit of
  // nothing in particular ("units") is empty too.
  std::string unit;
};

// Reads all of `tokens` as a suffix. Refuses words that change a value, that
// join two answers, and letters that may be variables ("5 x").
[[nodiscard]] Read<Suffix> ReadSuffix(std::span<const Token> tokens);

// True for the words that change the value of a number after them: "negative",
// "not", "sqrt". Case does not matter.
[[nodiscard]] bool ChangesNext(std::string_view word);

// True for the words that change the value of a number before them: "million",
// "percent", "squared", and for single letters that may be variables.
[[nodiscard]] bool ChangesPrevious(std::string_view word);

// True for "percent", "pct" and the like.
[[nodiscard]] bool IsPercentWord(std::string_view word);

}  // namespace rewards::math

#endif  // REWARDS_MATH_UNITS_H_
