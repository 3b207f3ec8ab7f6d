// Unit words: the spellings of units of measure. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_UNIT_WORDS_H_
#define REWARDS_MATH_SYNTAX_UNIT_WORDS_H_

#include <string>
#include <string_view>

namespace rewards::math::syntax {

// The power of ten of a metric prefix's letter, 3 for k; 0 where it is none.
[[nodiscard]] long PrefixPower(char letter);

// True for a canonical unit that takes metric prefixes.
[[nodiscard]] bool TakesPrefix(std::string_view name);

// True for a letter that names a unit inside of \text or \mathrm.
[[nodiscard]] bool UnitLetter(std::string_view letter);

// True for a word that names a unit of measure: cm, weeks.
[[nodiscard]] bool IsMeasure(std::string_view word);

// The one spelling of a unit: "centimetres" is cm, "dogs" is dog, "units" is
// empty.
[[nodiscard]] std::string CanonicalUnit(std::string_view word);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_UNIT_WORDS_H_
