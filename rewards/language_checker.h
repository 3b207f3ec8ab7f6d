// LanguageChecker: is a response in the language it should be in? The rules are
// in language/consistency.h. Immutable; any thread may use it.
//
// The score is the share of words in the target language: `correct` at 1,
// `wrong` at 0, else `partial`; `unreadable` where there are no words, or more
// than kMaxLanguageBytes. `not_judged` where the target is the prompt's and the
// prompt is in no language of ours. `detail` holds "fraction",
// "fraction_chars", "words_target", "words_total", "target", "reason".
//
// Parameters: "target" (required): a BCP 47 tag of English or Chinese, or
// "prompt"; "of": "reasoning" (default), "answer" or "all"; "group_related"
// (default true), which neither of these languages needs yet.

#ifndef REWARDS_LANGUAGE_CHECKER_H_
#define REWARDS_LANGUAGE_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Longest text that is read, in bytes: what a request may carry by default.
inline constexpr std::size_t kMaxLanguageBytes = std::size_t{4} << 20;

[[nodiscard]] std::unique_ptr<const Checker> MakeLanguageChecker();

}  // namespace rewards

#endif  // REWARDS_LANGUAGE_CHECKER_H_
