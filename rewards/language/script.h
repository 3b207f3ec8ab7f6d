// Script: what a letter is written in, and which languages that leaves.
// Pure; any thread.

#ifndef REWARDS_LANGUAGE_SCRIPT_H_
#define REWARDS_LANGUAGE_SCRIPT_H_

#include <cstdint>

namespace rewards::language {

enum class Script : std::uint8_t {
  kNone,  // no letter: common, inherited, punctuation, digits
  // Of several languages, told apart by the n-gram table.
  kLatin,
  kCyrillic,
  kArabic,
  kDevanagari,
  // Of Chinese and Japanese.
  kHan,
  kKana,  // Hiragana and Katakana
  // Of one language each.
  kHangul,
  kGreek,
  kHebrew,
  kThai,
  kArmenian,
  kGeorgian,
  kBengali,
  kGurmukhi,
  kGujarati,
  kTamil,
  kTelugu,
  kKannada,
  kMalayalam,
  kSinhala,
  kKhmer,
  kLao,
  kMyanmar,
  kEthiopic,
  kTibetan,
  kOther,  // every other script
};

// The script of a letter or mark.
[[nodiscard]] Script ScriptOf(char32_t code);

// Scripts that the n-gram table has a model for: the first after kNone.
inline constexpr std::uint8_t kModelScripts = 4;

[[nodiscard]] constexpr bool HasModel(Script script) noexcept {
  return script >= Script::kLatin && script <= Script::kDevanagari;
}

// Written without spaces between words.
[[nodiscard]] constexpr bool IsDense(Script script) noexcept {
  return script == Script::kHan || script == Script::kKana ||
         script == Script::kThai || script == Script::kKhmer ||
         script == Script::kLao || script == Script::kMyanmar ||
         script == Script::kTibetan;
}

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_SCRIPT_H_
