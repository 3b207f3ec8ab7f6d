#include "rewards/language/characters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>

namespace rewards::language {
namespace {

// Units that are composed together. Text has a few marks on a letter; ordering
// more of them would take time in their square.
constexpr std::size_t kMostMarks = 32;

struct Range {
  char16_t first;
  char16_t last;
};

constexpr Range kDropped[] = {
    {0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x200B, 0x200B}, {0x200E, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
};

bool IsDropped(UChar32 c) {
  if (c < kDropped[0].first) return false;
  return std::any_of(std::begin(kDropped), std::end(kDropped),
                     [c](Range r) { return c >= r.first && c <= r.last; });
}

UChar32 Folded(UChar32 c) {
  constexpr UChar32 kShift = 0xFEE0;  // from full-width to ASCII
  if (c < 0xFF10 || c > 0xFF5A) return c;
  const auto ascii = static_cast<char16_t>(c - kShift);
  return IsDigit(ascii) || IsLetter(ascii) ? ascii : c;
}

Text Decoded(std::string_view utf8) {
  Text text;
  text.units.reserve(utf8.size());
  text.bytes.reserve(utf8.size() + 1);
  const auto size = static_cast<std::int32_t>(utf8.size());
  const auto* const data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(data, at, size, code);
    if (IsDropped(code)) continue;
    code = Folded(code);
    const auto byte = static_cast<std::uint32_t>(begin);
    if (code > 0xFFFF) {
      text.units += static_cast<char16_t>(U16_LEAD(code));
      text.bytes.push_back(byte);
      code = U16_TRAIL(code);
    }
    text.units += static_cast<char16_t>(code);
    text.bytes.push_back(byte);
  }
  text.bytes.push_back(static_cast<std::uint32_t>(size));
  return text;
}

// Composes piece by piece, so that each piece keeps its place.
Text Composed(const Text& text, const icu::Normalizer2& nfc) {
  Text composed;
  const std::u16string_view units = text.units;
  for (std::size_t begin = 0; begin < units.size();) {
    std::size_t end = begin + CharacterAt(units, begin).units;
    while (end < units.size() && end - begin < kMostMarks) {
      const Character next = CharacterAt(units, end);
      if (nfc.hasBoundaryBefore(static_cast<UChar32>(next.code))) break;
      end += next.units;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString piece = nfc.normalize(
        icu::UnicodeString(units.data() + begin,
                           static_cast<std::int32_t>(end - begin)),
        status);
    for (std::int32_t i = 0; i < piece.length(); ++i) {
      composed.units += piece[i];
      composed.bytes.push_back(text.bytes[begin]);
    }
    begin = end;
  }
  composed.bytes.push_back(text.bytes.back());
  return composed;
}

}  // namespace

Text ReadText(std::string_view utf8) {
  Text text = Decoded(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return text;
  const icu::UnicodeString units(false, text.units.data(),
                                 static_cast<std::int32_t>(text.units.size()));
  const bool composed = nfc->quickCheck(units, status) == UNORM_YES;
  return composed || U_FAILURE(status) ? text : Composed(text, *nfc);
}

Character CharacterAt(std::u16string_view text, std::size_t at) {
  const char16_t lead = text[at];
  if (U16_IS_LEAD(lead) && at + 1 < text.size() && U16_IS_TRAIL(text[at + 1])) {
    return {static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead, text[at + 1])),
            2};
  }
  return {lead, 1};
}

}  // namespace rewards::language
