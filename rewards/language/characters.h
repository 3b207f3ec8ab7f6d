// Characters: the text a language decision reads, and what a character is in
// it. Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_CHARACTERS_H_
#define REWARDS_LANGUAGE_CHARACTERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rewards::language {

// A text for decisions, and where each of its units stood.
struct Text {
  std::u16string units;

  // units.size() + 1 of them: the byte that unit i began at; last, the end.
  std::vector<std::uint32_t> bytes;
};

// `utf8` as UTF-16 for decisions: bytes that are no UTF-8 become U+FFFD,
// characters that show nothing (zero-width space, byte order mark, soft hyphen,
// bidi controls) are dropped, full-width Latin letters and digits are folded,
// marks are composed with their letters (NFC). Requires: under 2 GiB.
[[nodiscard]] Text ReadText(std::string_view utf8);

// A character at `text[at]`, and how many units it has (1 or 2).
struct Character {
  char32_t code = 0;
  std::size_t units = 1;
};
[[nodiscard]] inline Character CharacterAt(std::u16string_view text,
                                           std::size_t at) noexcept {
  const char16_t lead = text[at];
  if ((lead & 0xFC00) == 0xD800 && at + 1 < text.size() &&
      (text[at + 1] & 0xFC00) == 0xDC00) {
    constexpr char32_t kOffset = (0xD800U << 10) + 0xDC00 - 0x10000;
    return {(char32_t{lead} << 10) + text[at + 1] - kOffset, 2};
  }
  return {lead, 1};
}

[[nodiscard]] constexpr bool IsDigit(char16_t c) noexcept {
  return c >= u'0' && c <= u'9';
}
[[nodiscard]] constexpr bool IsUpper(char16_t c) noexcept {
  return c >= u'A' && c <= u'Z';
}
[[nodiscard]] constexpr bool IsLower(char16_t c) noexcept {
  return c >= u'a' && c <= u'z';
}
[[nodiscard]] constexpr bool IsLetter(char16_t c) noexcept {
  return IsUpper(c) || IsLower(c);
}
[[nodiscard]] constexpr bool IsSpace(char16_t c) noexcept {
  return c == u' ' || (c >= u'\t' && c <= u'\r');
}

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_CHARACTERS_H_
