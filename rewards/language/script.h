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

// A character of a script, and whether it is a capital.
struct Letter {
  Script script = Script::kNone;
  bool capital = false;
};

// The letter or mark `code`, which is not ASCII.
[[nodiscard]] Letter OtherLetter(char32_t code);

[[nodiscard]] inline Letter LetterOf(char32_t code) {
  if (code >= 0x80) return OtherLetter(code);
  const bool capital = code >= U'A' && code <= U'Z';
  const bool letter = capital || (code >= U'a' && code <= U'z');
  return {letter ? Script::kLatin : Script::kNone, capital};
}

// The script of a letter or mark.
[[nodiscard]] inline Script ScriptOf(char32_t code) {
  return LetterOf(code).script;
}

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
