#include "rewards/math/syntax/code_point.h"

#include <algorithm>
#include <array>

namespace rewards::math::syntax {

CodePoint DecodeAt(std::string_view text, std::size_t pos) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(pos);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0   ? 4
                             : lead >= 0xE0 ? 3
                             : lead >= 0xC0 ? 2
                                            : 1;
  if (length == 1 || pos + length > text.size()) return {0xFFFD, 1};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(pos + i) & 0xC0U) != 0x80) return {0xFFFD, 1};
    value = (value << 6U) | (byte(pos + i) & 0x3FU);
  }
  // Written longer than need be, half of a pair of UTF-16, or past the last
  // one.
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_half = value >= 0xD800 && value <= 0xDFFF;
  if (value < kLeast.at(length) || is_half || value > 0x10FFFF) {
    return {0xFFFD, 1};
  }
  return {value, length};
}

bool IsForeignLetter(char32_t c) {
  constexpr std::array<std::array<char32_t, 2>, 12> kLetters = {{
      {0x00C0, 0x00D6},
      {0x00D8, 0x00F6},
      {0x00F8, 0x024F},
      {0x0300, 0x036F},  // combining accents
      {0x0400, 0x052F},  // Cyrillic
      {0x0620, 0x065F},  // Arabic
      {0x066E, 0x06EF},
      {0x0900, 0x0DFF},  // Indic
      {0x0E00, 0x0E7F},  // Thai
      {0x1E00, 0x1EFF},  // Vietnamese
      {0x3040, 0x9FFF},  // kana, Han
      {0xAC00, 0xD7AF},  // Hangul
  }};
  if (FoldDigit(c) != 0) return false;
  return std::any_of(kLetters.begin(), kLetters.end(), [c](const auto& range) {
    return c >= range[0] && c <= range[1];
  });
}

char FoldDigit(char32_t c) {
  // The zero of each script; its nine other digits follow.
  constexpr std::array<char32_t, 11> kZeros = {0x0660, 0x06F0, 0x0966, 0x09E6,
                                               0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                                               0x0C66, 0x0E50, 0xFF10};
  for (const char32_t zero : kZeros) {
    if (c >= zero && c < zero + 10) return static_cast<char>('0' + (c - zero));
  }
  if (c >= 0x1D7CE && c <= 0x1D7FF) {  // mathematical bold, double-struck, ...
    return static_cast<char>('0' + (c - 0x1D7CE) % 10);
  }
  return '\0';
}

}  // namespace rewards::math::syntax
