// Units: which words name a unit, one spelling for each, and what a unit is
// worth. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_UNITS_H_
#define REWARDS_MATH_SYNTAX_UNITS_H_

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rewards/math/syntax/rational.h"
#include "rewards/math/syntax/token.h"

namespace rewards::math {

// What a unit measures: the exponents of length, mass, time, current,
// temperature, amount, light, money and information; and how many of the base
// units (m, kg, s, A, K, mol, cd, dollar, bit) it is.
struct UnitValue {
  std::array<int, 9> dimension{};
  Rational factor{1};
};

// What the canonical name of a unit without a numerator begins with: "1/s".
inline constexpr std::string_view kPer = "1/";

// The value of a canonical name such as "cm^2" or "km/hour"; nothing for a unit
// that is only counted, such as "dog", and for temperatures in degrees.
[[nodiscard]] std::optional<UnitValue> ValueOfUnit(std::string_view name);

// The unit that a letter of mathematics could also be: "m", "hour" for h; empty
// where it could be none.
[[nodiscard]] std::string UnitOfLetter(std::string_view letter);

namespace syntax {

// A unit read from tokens: its canonical name ("" for "units"), and where it
// ends.
struct UnitScan {
  std::string name;
  std::size_t end = 0;  // the index just past it; at the start: no unit
};

// Reads the longest unit at `at`. Outside of \text one letter is a variable,
// and a word that is no known unit must be one of four letters with a vowel.
// Refuses words that change a value or make a sentence.
[[nodiscard]] UnitScan ScanUnit(std::span<const Token> tokens, std::size_t at);

// True for a word in the tables: a unit of measure, or people.
[[nodiscard]] bool IsKnownUnit(std::string_view word);

}  // namespace syntax
}  // namespace rewards::math

#endif  // REWARDS_MATH_SYNTAX_UNITS_H_
