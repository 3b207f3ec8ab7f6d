// Language: the languages that are told apart, and the tags that name them.
// Pure; any thread.

#ifndef REWARDS_LANGUAGE_LANGUAGE_H_
#define REWARDS_LANGUAGE_LANGUAGE_H_

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/language/script.h"

namespace rewards::language {

// An index into Languages(). 0 is "und": a word in none of them.
enum class Language : std::uint8_t { kUndetermined = 0 };

struct LanguageInfo {
  std::string_view tag;   // BCP 47, e.g. "pt"
  std::string_view name;  // English, e.g. "Portuguese"
  Script script;          // that its words are known by
};

[[nodiscard]] std::span<const LanguageInfo> Languages() noexcept;

inline constexpr std::size_t kMostLanguages = 96;
using LanguageSet = std::bitset<kMostLanguages>;

// The language of a tag of the table, e.g. "en"; none for another text.
[[nodiscard]] std::optional<Language> FindLanguage(
    std::string_view tag) noexcept;

// "en", "zh".
[[nodiscard]] std::string_view TagOf(Language language) noexcept;

[[nodiscard]] Script ScriptOf(Language language) noexcept;

// The only language of a script; kUndetermined where there are several or none.
[[nodiscard]] Language OnlyLanguageOf(Script script) noexcept;

// What a text should be in.
struct Target {
  Language language = Language::kUndetermined;
  LanguageSet accepted;  // whose words count as the target's

  [[nodiscard]] bool Accepts(Language other) const noexcept {
    return accepted.test(static_cast<std::size_t>(other));
  }
};

// The language itself, and with `group_related` the other of Indonesian and
// Malay. Serbian takes its Latin script along, which is Croatian's here.
[[nodiscard]] Target MakeTarget(Language language, bool group_related);

// Reads a BCP 47 tag in any case: "en", "en-GB", "zh-Hant-TW", "sr-Latn". None
// for a language that is not known, a script that the language is not known in
// ("zh-Latn"), or no tag at all.
[[nodiscard]] std::optional<Target> ParseTag(std::string_view tag,
                                             bool group_related);

// For the error: the known tags nearest to `tag` by spelling or by the
// language's English name, best first, at most three.
[[nodiscard]] std::vector<std::string_view> NearestTags(std::string_view tag);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_LANGUAGE_H_
