// CodePoints: small questions about the characters of a text in UTF-8, answered
// as Python answers them of a str. Pure; any thread; linear time.

#ifndef REWARDS_RULES_CODE_POINTS_H_
#define REWARDS_RULES_CODE_POINTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rewards::rules {

// len(text).
[[nodiscard]] std::size_t CountCodePoints(std::string_view text) noexcept;

// The character at byte `at`, which moves past it. Requires: at < text.size().
[[nodiscard]] std::int32_t NextCodePoint(std::string_view text,
                                         std::size_t& at) noexcept;

// c.isspace(), and whether \w of `re` takes it.
[[nodiscard]] bool IsPythonSpace(std::int32_t c) noexcept;
[[nodiscard]] bool IsPythonWord(std::int32_t c) noexcept;

// text.strip(). Borrows.
[[nodiscard]] std::string_view Strip(std::string_view text) noexcept;

// text.strip(c) of an ASCII character. Borrows.
[[nodiscard]] std::string_view StripOf(std::string_view text, char c) noexcept;

// text.lower().
[[nodiscard]] std::string Lower(std::string_view text);

// text.isupper() and text.islower().
[[nodiscard]] bool IsUpperText(std::string_view text) noexcept;
[[nodiscard]] bool IsLowerText(std::string_view text) noexcept;

// len(re.findall(r"\w+", text)).
[[nodiscard]] std::size_t CountPythonWords(std::string_view text) noexcept;

}  // namespace rewards::rules

#endif  // REWARDS_RULES_CODE_POINTS_H_
