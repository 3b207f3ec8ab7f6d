// PatternChecker: does a pattern of RE2 match? Time is linear in the response,
// whatever the pattern (rules/pattern.h). An operator declares one by naming it
// in a profile; a request brings its own. Immutable; any thread.
//
// `correct` or `wrong`; an empty part is `unreadable`. `detail` is {"reason",
// "matches"}, as far as they were counted.
//
// Parameters: "pattern" (required), of up to rules::kMaxPatternBytes; "match" =
// "search" | "full"; with "search" "least" (default 1) and "most" (default: no
// bound) of its matches, none overlapping, 0 to kMaxMatches; "of" = "answer" |
// "reasoning" | "all". Flags stand in the pattern: "(?i)", "(?s)", "(?m)".

#ifndef REWARDS_PATTERN_CHECKER_H_
#define REWARDS_PATTERN_CHECKER_H_

#include <cstdint>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Most matches that "least" and "most" may ask for. It bounds the work: each
// may look at the whole text.
inline constexpr std::int64_t kMaxMatches = 100;

[[nodiscard]] std::unique_ptr<const Checker> MakePatternChecker();

}  // namespace rewards

#endif  // REWARDS_PATTERN_CHECKER_H_
