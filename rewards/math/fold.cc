#include "rewards/math/fold.h"

#include <algorithm>
#include <array>

namespace rewards::math {
namespace {

struct Sign {
  char32_t from;
  std::string_view to;
};

// Sorted by code point. A command ends in a space, so that no letter joins it.
constexpr Sign kSigns[] = {
    {0x00A0, " "},
    {0x00A2, "\\cent "},
    {0x00A3, "\\pound "},
    {0x00A5, "\\yen "},
    {0x00B0, "^\\circ "},
    {0x00B7, "\\cdot "},
    {0x00BC, "\\frac{1}{4}"},
    {0x00BD, "\\frac{1}{2}"},
    {0x00BE, "\\frac{3}{4}"},
    {0x00D7, "\\times "},
    {0x00F7, "\\div "},
    {0x066A, "%"},
    {0x066B, "."},
    {0x066C, ","},
    {0x2009, "\\,"},
    {0x200B, " "},
    {0x200E, " "},
    {0x200F, " "},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2013, "\\endash "},
    {0x2026, "\\dots "},
    {0x202F, "\\,"},
    {0x2044, "/"},
    {0x2060, " "},
    {0x20AC, "\\euro "},
    {0x20B9, "\\rupee "},
    {0x2153, "\\frac{1}{3}"},
    {0x2154, "\\frac{2}{3}"},
    {0x2155, "\\frac{1}{5}"},
    {0x2156, "\\frac{2}{5}"},
    {0x2157, "\\frac{3}{5}"},
    {0x2158, "\\frac{4}{5}"},
    {0x2159, "\\frac{1}{6}"},
    {0x215A, "\\frac{5}{6}"},
    {0x215B, "\\frac{1}{8}"},
    {0x215C, "\\frac{3}{8}"},
    {0x215D, "\\frac{5}{8}"},
    {0x215E, "\\frac{7}{8}"},
    {0x2212, "-"},
    {0x2215, "/"},
    {0x2219, "\\cdot "},
    {0x221A, "\\usqrt "},
    {0x2248, "\\approx "},
    {0x22C5, "\\cdot "},
    {0x22EF, "\\dots "},
    {0x3000, " "},
    {0x3001, ","},
    {0x3002, " . "},
    {0xFE63, "-"},
    {0xFEFF, " "},
    {0xFFE1, "\\pound "},
    {0xFFE5, "\\yen "},
};

static_assert(std::is_sorted(std::begin(kSigns), std::end(kSigns),
                             [](const Sign& a, const Sign& b) {
                               return a.from < b.from;
                             }));

// Superscript digits by code point, '-' for the superscript minus; or 0.
char Superscript(char32_t c) {
  if (c == 0x00B9) return '1';
  if (c == 0x00B2) return '2';
  if (c == 0x00B3) return '3';
  if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079)) {
    return static_cast<char>('0' + (c - 0x2070));
  }
  return c == 0x207B ? '-' : '\0';
}

void AppendFolded(std::string_view bytes, char32_t c, std::string* out) {
  if (const char digit = FoldDigit(c)) {
    out->push_back(digit);
    return;
  }
  const auto* sign = std::lower_bound(
      std::begin(kSigns), std::end(kSigns), c,
      [](const Sign& s, char32_t value) { return s.from < value; });
  if (sign != std::end(kSigns) && sign->from == c) {
    *out += sign->to;
  } else if (c >= 0xFF01 && c <= 0xFF5E) {
    out->push_back(static_cast<char>(c - 0xFEE0));
  } else if (c >= 0x2000 && c <= 0x200A) {
    out->push_back(' ');
  } else {
    *out += bytes;
  }
}

}  // namespace

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

std::string Fold(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  bool raised = false;  // inside a run of superscripts
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = DecodeAt(text, pos);
    const char super = c.value < 0x80 ? '\0' : Superscript(c.value);
    if ((super != 0) != raised) {
      out += raised ? "}" : "^{";
      raised = !raised;
    }
    if (super != 0) {
      out.push_back(super);
    } else if (c.value < 0x80) {
      out.push_back(text[pos]);
    } else {
      AppendFolded(text.substr(pos, c.length), c.value, &out);
    }
    pos += c.length;
  }
  if (raised) out.push_back('}');
  return out;
}

}  // namespace rewards::math
