#include "rewards/language/language.h"

#include <algorithm>
#include <string>

namespace rewards::language {
namespace {

constexpr std::size_t kMaxSubtag = 8;  // characters, by BCP 47

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

bool IsSubtag(std::string_view text) {
  return !text.empty() && text.size() <= kMaxSubtag &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return IsLetter(c) || (c >= '0' && c <= '9');
         });
}

bool IsScript(std::string_view subtag) {
  return subtag.size() == 4 &&
         std::all_of(subtag.begin(), subtag.end(), IsLetter);
}

bool Writes(Language language, std::string_view script) {
  if (language == Language::kEnglish) return script == "latn";
  return script == "hans" || script == "hant" || script == "hani";
}

}  // namespace

std::string_view TagOf(Language language) noexcept {
  return language == Language::kEnglish ? "en" : "zh";
}

std::optional<Language> ParseTag(std::string_view tag) {
  std::string lower(tag);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  std::string_view rest = lower;
  std::optional<Language> language;
  while (true) {
    const std::size_t dash = rest.find('-');
    const std::string_view subtag = rest.substr(0, dash);
    if (!IsSubtag(subtag)) return std::nullopt;
    if (!language) {
      if (subtag != "en" && subtag != "zh") return std::nullopt;
      language = subtag == "en" ? Language::kEnglish : Language::kChinese;
    } else if (IsScript(subtag) && !Writes(*language, subtag)) {
      return std::nullopt;
    }
    if (dash == std::string_view::npos) return language;
    rest.remove_prefix(dash + 1);
  }
}

}  // namespace rewards::language
