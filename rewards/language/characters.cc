#include "rewards/language/characters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <utility>

namespace rewards::language {
namespace {

// Units that are composed together. Text has a few marks on a letter; ordering
// more of them would take time in their square.
constexpr std::size_t kMostMarks = 32;

bool IsDropped(UChar32 c) {
  if (c < 0x200B) return c == 0x00AD || c == 0x061C;
  if (c > 0x206F) return c == 0xFEFF;
  return c == 0x200B || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || c >= 0x2060;
}

UChar32 Folded(UChar32 c) {
  constexpr UChar32 kShift = 0xFEE0;  // from full-width to ASCII
  if (c < 0xFF10 || c > 0xFF5A) return c;
  const auto ascii = static_cast<char16_t>(c - kShift);
  return IsDigit(ascii) || IsLetter(ascii) ? ascii : c;
}

// Units under it are letters alone, and stay as they are.
constexpr char16_t kFirstMark = 0x0300;

// The text, and whether it may have to be composed.
struct Decoding {
  Text text;
  bool marked = false;
};

Decoding Decoded(std::string_view utf8) {
  Decoding found;
  Text& text = found.text;
  text.units.resize(utf8.size());  // no character has more units than bytes
  text.bytes.resize(utf8.size() + 1);
  const auto size = static_cast<std::int32_t>(utf8.size());
  const auto* const data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  char16_t* const units = text.units.data();
  std::uint32_t* const bytes = text.bytes.data();
  std::size_t count = 0;
  const auto put = [&](UChar32 unit, std::int32_t begin) {
    units[count] = static_cast<char16_t>(unit);
    bytes[count] = static_cast<std::uint32_t>(begin);
    ++count;
  };
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    if (data[at] < 0x80) {
      put(data[at++], begin);
      continue;
    }
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(data, at, size, code);
    if (IsDropped(code)) continue;
    code = Folded(code);
    found.marked = found.marked || code >= kFirstMark;
    if (code > 0xFFFF) {
      put(U16_LEAD(code), begin);
      code = U16_TRAIL(code);
    }
    put(code, begin);
  }
  bytes[count] = static_cast<std::uint32_t>(size);
  text.units.resize(count);
  text.bytes.resize(count + 1);
  return found;
}

// A character that is composed already, whatever its neighbours are.
bool IsComposed(std::u16string_view piece) {
  const Character only = CharacterAt(piece, 0);
  return only.units == piece.size() &&
         (only.code < kFirstMark ||
          u_getIntPropertyValue(static_cast<UChar32>(only.code),
                                UCHAR_NFC_QUICK_CHECK) == UNORM_YES);
}

// Composes piece by piece, so that each piece keeps its place.
Text Composed(const Text& text, const icu::Normalizer2& nfc) {
  Text composed;
  composed.units.reserve(text.units.size());
  composed.bytes.reserve(text.bytes.size());
  const auto put = [&](char16_t unit, std::size_t begin) {
    composed.units += unit;
    composed.bytes.push_back(text.bytes[begin]);
  };
  const std::u16string_view units = text.units;
  for (std::size_t begin = 0; begin < units.size();) {
    std::size_t end = begin + CharacterAt(units, begin).units;
    while (end < units.size() && end - begin < kMostMarks) {
      const Character next = CharacterAt(units, end);
      if (next.code < kFirstMark ||
          nfc.hasBoundaryBefore(static_cast<UChar32>(next.code))) {
        break;
      }
      end += next.units;
    }
    const std::u16string_view piece = units.substr(begin, end - begin);
    if (IsComposed(piece)) {
      for (const char16_t unit : piece) put(unit, begin);
    } else {
      UErrorCode status = U_ZERO_ERROR;
      const icu::UnicodeString whole = nfc.normalize(
          icu::UnicodeString(piece.data(),
                             static_cast<std::int32_t>(piece.size())),
          status);
      for (std::int32_t i = 0; i < whole.length(); ++i) put(whole[i], begin);
    }
    begin = end;
  }
  composed.bytes.push_back(text.bytes.back());
  return composed;
}

}  // namespace

Text ReadText(std::string_view utf8) {
  Decoding decoding = Decoded(utf8);
  Text& text = decoding.text;
  if (!decoding.marked) return std::move(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::move(text);
  const icu::UnicodeString units(false, text.units.data(),
                                 static_cast<std::int32_t>(text.units.size()));
  const bool composed = nfc->quickCheck(units, status) == UNORM_YES;
  if (composed || U_FAILURE(status)) return std::move(text);
  return Composed(text, *nfc);
}

}  // namespace rewards::language
