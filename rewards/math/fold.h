// Fold: one spelling for each sign. Maps Unicode mathematics, full-width forms
// and the digits of other scripts to ASCII and LaTeX, so that the lexer knows
// each sign once. Explicit: what is not in the table stays as it is, and the
// lexer refuses it. Thread-safe, linear time.

#ifndef REWARDS_MATH_FOLD_H_
#define REWARDS_MATH_FOLD_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace rewards::math {

// One code point of UTF-8 text at `pos` and its length in bytes. A byte that is
// not UTF-8 comes as code point 0xFFFD with length 1. Requires: pos < size.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;
};
[[nodiscard]] CodePoint DecodeAt(std::string_view text, std::size_t pos);

// True for letters of the scripts that unit words are written in (Latin with
// accents, Cyrillic, Arabic, Indic, Thai, kana, Han, Hangul); false for Greek
// and for every symbol.
[[nodiscard]] bool IsForeignLetter(char32_t c);

// The ASCII digit for a decimal digit of any supported script, or 0.
[[nodiscard]] char FoldDigit(char32_t c);

// `text` with every known sign in its ASCII or LaTeX spelling. A vulgar
// fraction becomes \frac, a superscript ^{...}, the root sign \usqrt, an en
// dash \endash, a currency sign a command of its own.
[[nodiscard]] std::string Fold(std::string_view text);

}  // namespace rewards::math

#endif  // REWARDS_MATH_FOLD_H_
