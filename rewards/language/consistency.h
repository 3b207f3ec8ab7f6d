// Consistency: how much of a text is in one language. Pure; any thread; near
// linear time; deterministic for one version of ICU's dictionaries.
//
//   - A word is an ICU word; mathematics, code, URLs and numbers are no words
//     (mask.h), nor is a letter alone.
//   - Latin script is English, Han script Chinese; every other script, and a
//     word of several, is neither. Han in a sentence of which more than
//     kKanaPercent of the Han and kana letters are kana is Japanese: neither.
//   - In a Chinese text, runs of at most kNeutralRun Latin words (names, terms)
//     are left out, up to kNeutralPercent of the words or kNeutralFloor words,
//     whichever is more; the rest counts.
//   - No padding: a run of one word counts once, a repeated sequence of
//     kGramWords words its first kGramCount times.

#ifndef REWARDS_LANGUAGE_CONSISTENCY_H_
#define REWARDS_LANGUAGE_CONSISTENCY_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "rewards/language/language.h"

namespace rewards::language {

inline constexpr std::size_t kKanaPercent = 8;
inline constexpr std::size_t kNeutralRun = 2;
inline constexpr std::size_t kNeutralPercent = 15;
inline constexpr std::size_t kNeutralFloor = 4;
inline constexpr std::size_t kGramWords = 4;
inline constexpr std::size_t kGramCount = 3;

struct Consistency {
  std::size_t words_target = 0;
  std::size_t words_total = 0;

  // The same with each CJK character counted as one word.
  std::size_t chars_target = 0;
  std::size_t chars_total = 0;

  // Shares in [0, 1]; 0 where there is no word.
  [[nodiscard]] double fraction() const noexcept;
  [[nodiscard]] double fraction_chars() const noexcept;
};

// Measures `utf8` (any bytes, under 2 GiB). None where ICU cannot serve, which
// is never the text's fault.
[[nodiscard]] std::optional<Consistency> MeasureConsistency(
    std::string_view utf8, Language target);

// The language that most words of `utf8` are in, Chinese where as many are in
// either; none where it has no words, or most are in neither.
[[nodiscard]] std::optional<Language> DetectLanguage(std::string_view utf8);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_CONSISTENCY_H_
