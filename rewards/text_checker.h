// TextChecker: the final answer of a response against golds that are words,
// spelling against spelling (text/normal_form.h). Immutable; any thread.
//
// The answer is the last box of the answer part, else what an answer anchor
// announces, else all of a short answer part (text/final_answer.h).
//
// Outcomes: `correct`, `wrong`, `unreadable` (no answer, several that differ),
// with the evidence `text`. `detail` is {"reason", "extracted"}, and where one
// of several golds is met "gold_index".
//
// Parameters: `gold`, a string, or an array of which any may be met; `case` =
// `fold` | `exact`; `punctuation` = `ignore_ends` | `exact`.

#ifndef REWARDS_TEXT_CHECKER_H_
#define REWARDS_TEXT_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Most golds of one check, and bytes of one. Over it the item is invalid.
inline constexpr std::size_t kMaxTextGolds = 64;
inline constexpr std::size_t kMaxTextGoldBytes = std::size_t{256} << 10;

// A judgement takes microseconds and is linear in the response, so `budget` is
// not looked at.
[[nodiscard]] std::unique_ptr<const Checker> MakeTextChecker();

}  // namespace rewards

#endif  // REWARDS_TEXT_CHECKER_H_
