// RepetitionChecker: does a response say the same over and over? The measure,
// and its paper, are in rules/repetition.h. Immutable; any thread.
//
// The score is 1 less the penalty: the share of word n-grams that are none over
// again, 1 where nothing comes twice. `detail` is {"reason", "grams",
// "distinct"}. A text without words is `unreadable`, and so is one over
// kMaxWordBytes (length_checker.h).
//
// Parameters, all optional: "n" (default 3), the words of an n-gram; "of" =
// "all" | "reasoning" | "answer".

#ifndef REWARDS_REPETITION_CHECKER_H_
#define REWARDS_REPETITION_CHECKER_H_

#include <cstdint>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Words of the longest n-gram.
inline constexpr std::int64_t kMaxGram = 100;

[[nodiscard]] std::unique_ptr<const Checker> MakeRepetitionChecker();

}  // namespace rewards

#endif  // REWARDS_REPETITION_CHECKER_H_
