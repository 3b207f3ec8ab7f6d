// Language: of a question and of what should answer it. A plain value.

#ifndef DATASETS_LANGUAGE_H_
#define DATASETS_LANGUAGE_H_

#include <string_view>

namespace datasets {

enum class Language { kEnglish, kChinese };

// "en" or "zh".
[[nodiscard]] constexpr std::string_view LanguageTag(
    Language language) noexcept {
  return language == Language::kEnglish ? "en" : "zh";
}

[[nodiscard]] constexpr Language OtherLanguage(Language language) noexcept {
  return language == Language::kEnglish ? Language::kChinese
                                        : Language::kEnglish;
}

}  // namespace datasets

#endif  // DATASETS_LANGUAGE_H_
