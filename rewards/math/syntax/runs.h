// Runs: where a run of letters, or the space of a new line, ends. Pure;
// thread-safe; linear time.

#ifndef REWARDS_MATH_SYNTAX_RUNS_H_
#define REWARDS_MATH_SYNTAX_RUNS_H_

#include <cstddef>
#include <string_view>

namespace rewards::math::syntax {

// The end of the run of ASCII letters at `pos`.
[[nodiscard]] std::size_t SkipLetters(std::string_view text, std::size_t pos);

// The end of a run of letters of one kind, ASCII or not. A hyphen joins two
// words ("twenty-five") but not two products ("ab-cd").
[[nodiscard]] std::size_t SkipRun(std::string_view text, std::size_t pos);

// The end of [6pt] after the new line of a matrix; `pos` where it is not there.
[[nodiscard]] std::size_t SkipRowSpace(std::string_view text, std::size_t pos);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_RUNS_H_
