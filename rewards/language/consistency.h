// Consistency: how much of a text is in one language. Pure; any thread; linear
// time; deterministic for one version of ICU's dictionaries.
//
//   - A word is an ICU word; mathematics, code, URLs and numbers are no words
//     (mask.h), nor is a letter alone.
//   - Each word's language is decided in its row (label.h).
//   - Names and terms in Latin script in a text of another script are left out
//     of both counts, in runs of at most kNeutralRun words, up to
//     kNeutralPercent of the words or kNeutralFloor words, whichever is more;
//     the rest counts.
//   - No padding: a run of one word counts once, a repeated sequence of
//     kGramWords words its first kGramCount times.

#ifndef REWARDS_LANGUAGE_CONSISTENCY_H_
#define REWARDS_LANGUAGE_CONSISTENCY_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "rewards/language/language.h"
#include "rewards/language/neutral.h"

namespace rewards::language {

// Bytes [begin, end) of the text: words of one kind in one language.
struct LanguageSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  Kind kind = Kind::kForeign;
  Language language = Language::kUndetermined;
  std::size_t words = 0;
};

struct Consistency {
  std::size_t words_target = 0;
  std::size_t words_total = 0;

  // The same with each CJK character counted as one word.
  std::size_t chars_target = 0;
  std::size_t chars_total = 0;

  std::size_t words_neutral = 0;
  std::size_t words_repeated = 0;

  // The language of most of the words that count.
  Language dominant = Language::kUndetermined;

  std::vector<LanguageSpan> spans;  // in order, none overlapping

  // Shares in [0, 1]; 0 where there is no word.
  [[nodiscard]] double fraction() const noexcept;
  [[nodiscard]] double fraction_chars() const noexcept;
};

// Measures `utf8` (any bytes, under 2 GiB). Foreign words of `terms` are
// neutral as names are. None where ICU cannot serve,
// which is never the text's fault.
[[nodiscard]] std::optional<Consistency> MeasureConsistency(
    std::string_view utf8, const Target& target, const Terms& terms = {});

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_CONSISTENCY_H_
