// Words: the words of a text, by Unicode's rules and ICU's dictionaries, with
// the script that each is written in. Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_WORDS_H_
#define REWARDS_LANGUAGE_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rewards::language {

enum class WordKind {
  kNeutral,  // in no language: no letter of a script, or a letter alone
  kLatin,
  kHan,
  kForeign,  // any other script, or scripts mixed in one word (homoglyphs)
};

struct Word {
  WordKind kind = WordKind::kNeutral;
  std::uint32_t sentence = 0;  // its sentence or line, from 0
  std::uint32_t han = 0;       // characters of Han script
  std::uint32_t kana = 0;      // characters of Hiragana and Katakana
  std::uint64_t hash = 0;      // of its letters, A and a alike
};

// The words of `text` in order: word-break segments with rule status >= 200.
// "a" and "I" are words beside a word in Latin script, else letters alone. None
// where ICU cannot serve, which is never the text's fault.
[[nodiscard]] std::optional<std::vector<Word>> SplitWords(
    std::u16string_view text);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_WORDS_H_
