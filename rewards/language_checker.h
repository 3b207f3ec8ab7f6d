// LanguageChecker: is a response in the language it should be in? The rules are
// in language/consistency.h. Immutable; any thread may use it.
//
// The score is the share of words in the target language: `correct` at 1,
// `wrong` at 0, else `partial`; `unreadable` where there are no words, or more
// than kMaxLanguageBytes. `not_judged` where the target is the prompt's and the
// prompt is in no known language.
//
// `detail` holds "fraction", "fraction_chars", "words_target", "words_total",
// "words_neutral", "words_repeated", "dominant", "target", "reason", and
// "foreign": [[begin, end, tag], ...], the places of words that are not the
// target's in bytes of the response, the first kMostSpans of them; "und" is the
// tag of a word in no known language.
//
// Parameters: "target" (required): a BCP 47 tag of a known language, or
// "prompt"; "of": "reasoning" (default), "answer" or "all"; "group_related"
// (default true): close languages count as one; "neutral": terms that count for
// no language, as the words of the prompt do.

#ifndef REWARDS_LANGUAGE_CHECKER_H_
#define REWARDS_LANGUAGE_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Longest text that is read, in bytes: what a request may carry by default.
inline constexpr std::size_t kMaxLanguageBytes = std::size_t{4} << 20;

// Spans of a verdict's detail, and those of an explanation.
inline constexpr std::size_t kMostSpans = 64;
inline constexpr std::size_t kMostExplainedSpans = 10'000;

// Terms of "neutral", and bytes of one.
inline constexpr std::size_t kMostNeutral = 1000;
inline constexpr std::size_t kMostNeutralBytes = 256;

[[nodiscard]] std::unique_ptr<const Checker> MakeLanguageChecker();

}  // namespace rewards

#endif  // REWARDS_LANGUAGE_CHECKER_H_
