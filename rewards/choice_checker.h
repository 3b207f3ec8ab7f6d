// ChoiceChecker: the letters that a response chooses against the right ones
// (text/letters.h). Immutable; any thread.
//
// The answer is the last box of the answer part, else what the answer anchors
// announce, else all of a short answer part (text/final_answer.h). It is read
// without a look at the gold.
//
// Outcomes: `correct`, `wrong`, `unreadable` (no letter; several where one is
// asked for; a hedge). `detail` is {"reason", "extracted": the letters}.
//
// Parameters: `gold`, a letter from A, or with `multiple` an array of letters,
// all of which and no other must be chosen; `options`, how many there are, 2 to
// 26, by default 4; `multiple`.

#ifndef REWARDS_CHOICE_CHECKER_H_
#define REWARDS_CHOICE_CHECKER_H_

#include <memory>

#include "rewards/checker.h"

namespace rewards {

// A judgement takes microseconds and is linear in the response, so `budget` is
// not looked at.
[[nodiscard]] std::unique_ptr<const Checker> MakeChoiceChecker();

}  // namespace rewards

#endif  // REWARDS_CHOICE_CHECKER_H_
