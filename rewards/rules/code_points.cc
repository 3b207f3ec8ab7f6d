#include "rewards/rules/code_points.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace rewards::rules {
namespace {

// Letters whose case is the other one's, and none of the wanted one.
bool IsCasedAs(std::string_view text, UProperty wanted, UProperty other) {
  bool cased = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::int32_t c = NextCodePoint(text, at);
    if (u_hasBinaryProperty(c, other) || u_charType(c) == U_TITLECASE_LETTER) {
      return false;
    }
    cased = cased || u_hasBinaryProperty(c, wanted);
  }
  return cased;
}

// Where the character before byte `at` begins. Requires: at > 0.
std::size_t Before(std::string_view text, std::size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  return at;
}

}  // namespace

std::size_t CountCodePoints(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::int32_t NextCodePoint(std::string_view text, std::size_t& at) noexcept {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, at, text.size(), c);
  return c;
}

bool IsPythonSpace(std::int32_t c) noexcept {
  return u_isUWhiteSpace(c) || (c >= 0x1C && c <= 0x1F);
}

bool IsPythonWord(std::int32_t c) noexcept {
  constexpr std::uint32_t kWord = U_GC_L_MASK | U_GC_N_MASK;
  return c == '_' || (U_GET_GC_MASK(c) & kWord) != 0;
}

std::string_view Strip(std::string_view text) noexcept {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); begin = at) {
    if (!IsPythonSpace(NextCodePoint(text, at))) break;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t at = Before(text, end);
    const std::size_t last = at;
    if (!IsPythonSpace(NextCodePoint(text, at))) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

std::string_view StripOf(std::string_view text, char c) noexcept {
  while (text.starts_with(c)) text.remove_prefix(1);
  while (text.ends_with(c)) text.remove_suffix(1);
  return text;
}

std::string Lower(std::string_view text) {
  std::string lower;
  icu::StringByteSink<std::string> sink(&lower);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower(
      "", 0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
      sink, nullptr, status);
  return U_SUCCESS(status) ? lower : std::string(text);
}

bool IsUpperText(std::string_view text) noexcept {
  return IsCasedAs(text, UCHAR_UPPERCASE, UCHAR_LOWERCASE);
}

bool IsLowerText(std::string_view text) noexcept {
  return IsCasedAs(text, UCHAR_LOWERCASE, UCHAR_UPPERCASE);
}

std::size_t CountPythonWords(std::string_view text) noexcept {
  std::size_t count = 0;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const bool word = IsPythonWord(NextCodePoint(text, at));
    count += word && !inside ? 1 : 0;
    inside = word;
  }
  return count;
}

}  // namespace rewards::rules
