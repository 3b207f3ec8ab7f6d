// Language: the languages that this version tells apart. Pure; any thread.
//
// It tells them by script: a word in Latin script counts as English, one in Han
// script as Chinese, so French counts as English. Japanese is told by its kana.

#ifndef REWARDS_LANGUAGE_LANGUAGE_H_
#define REWARDS_LANGUAGE_LANGUAGE_H_

#include <optional>
#include <string_view>

namespace rewards::language {

enum class Language { kEnglish, kChinese };

// The tags TagOf returns, for error messages.
inline constexpr std::string_view kSupported[] = {"en", "zh"};

// "en" or "zh".
[[nodiscard]] std::string_view TagOf(Language language) noexcept;

// Reads a BCP 47 tag in any case: "en", "en-GB", "zh", "zh-Hant-TW". None for
// another language, or another script of these ("zh-Latn"), or no tag at all.
[[nodiscard]] std::optional<Language> ParseTag(std::string_view tag);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_LANGUAGE_H_
