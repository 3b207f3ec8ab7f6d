// Code point: one character of UTF-8 text, and what kind of letter or digit it
// is. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_CODE_POINT_H_
#define REWARDS_MATH_SYNTAX_CODE_POINT_H_

#include <cstddef>
#include <string_view>

namespace rewards::math::syntax {

// One code point of UTF-8 text at `pos` and its length in bytes. A byte that is
// not UTF-8 comes as code point 0xFFFD with length 1. Requires: pos < size.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;
};
[[nodiscard]] CodePoint DecodeAt(std::string_view text, std::size_t pos);

// True for letters of the scripts that words are written in (Latin with
// accents, Cyrillic, Arabic, Indic, Thai, kana, Han, Hangul); false for Greek
// and for every symbol.
[[nodiscard]] bool IsForeignLetter(char32_t c);

// The ASCII digit for a decimal digit of any supported script, or 0.
[[nodiscard]] char FoldDigit(char32_t c);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_CODE_POINT_H_
