#include "rewards/language/characters.h"

#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace rewards::language {
namespace {

struct Range {
  char16_t first;
  char16_t last;
};

constexpr Range kDropped[] = {
    {0x00AD, 0x00AD}, {0x061C, 0x061C}, {0x200B, 0x200B}, {0x200E, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},
};

bool IsDropped(char16_t c) {
  if (c < kDropped[0].first) return false;
  return std::any_of(std::begin(kDropped), std::end(kDropped),
                     [c](Range r) { return c >= r.first && c <= r.last; });
}

char16_t Folded(char16_t c) {
  constexpr char16_t kShift = 0xFEE0;  // from full-width to ASCII
  if (c < 0xFF10 || c > 0xFF5A) return c;
  const auto ascii = static_cast<char16_t>(c - kShift);
  return IsDigit(ascii) || IsLetter(ascii) ? ascii : c;
}

}  // namespace

std::u16string ReadText(std::string_view utf8) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(
      icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::u16string text;
  text.reserve(static_cast<std::size_t>(units.length()));
  for (std::int32_t i = 0; i < units.length(); ++i) {
    const char16_t c = units[i];
    if (!IsDropped(c)) text.push_back(Folded(c));
  }
  return text;
}

Character CharacterAt(std::u16string_view text, std::size_t at) {
  const char16_t lead = text[at];
  if (U16_IS_LEAD(lead) && at + 1 < text.size() && U16_IS_TRAIL(text[at + 1])) {
    return {static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead, text[at + 1])),
            2};
  }
  return {lead, 1};
}

Script ScriptOf(char32_t code) {
  if (code < 0x80) {
    return IsLetter(static_cast<char16_t>(code)) ? Script::kLatin
                                                 : Script::kNone;
  }
  if (code >= 0x1D400 && code <= 0x1D6A5) return Script::kLatin;  // bold etc.
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(code), &status)) {
    case USCRIPT_LATIN:
      return Script::kLatin;
    case USCRIPT_HAN:
      return Script::kHan;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kKana;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN:
      return Script::kDense;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
      return Script::kNone;
    default:
      return Script::kOther;
  }
}

}  // namespace rewards::language
