// Words: the words of a text, by Unicode's rules and ICU's dictionaries, with
// the script that each is written in. Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_WORDS_H_
#define REWARDS_LANGUAGE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rewards/language/script.h"

namespace rewards::language {

// What stands between a word and the one before it.
enum class Gap : std::uint8_t {
  kNone,      // nothing, or space
  kClause,    // a comma, bracket, quote, or something masked
  kSentence,  // the end of a sentence or line, or the beginning of the text
};

enum class Case : std::uint8_t { kLower, kTitle, kCapitals };

struct Word {
  std::uint32_t begin = 0;  // units of the text
  std::uint32_t end = 0;
  Script script = Script::kNone;  // of its letters; kNone: in no language
  bool mixed = false;             // of several scripts in one word
  Case letters = Case::kLower;    // kTitle: the first is a capital
  Gap gap = Gap::kSentence;       // before it
  std::uint32_t sentence = 0;     // its sentence or line, from 0
  std::uint32_t han = 0;          // characters of Han script
  std::uint32_t kana = 0;         // characters of Hiragana and Katakana
  std::uint64_t hash = 0;         // of its letters, A and a alike

  [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
};

// The words of `text` in order: word-break segments with rule status >= 200
// that hold a letter of a script. A letter alone of an alphabet is a word only
// beside words of its script. None where ICU cannot serve, which is never the
// text's fault. Requires: under 2^31 units.
[[nodiscard]] std::optional<std::vector<Word>> SplitWords(
    std::u16string_view text);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_WORDS_H_
