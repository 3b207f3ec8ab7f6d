// FormatChecker: does a response keep to its think-tag template? The rules are
// in format/grammar.h. Immutable; any thread may use it.
//
// Outcomes: `correct`; `unreadable` for a response with nothing in it; `wrong`
// for any other, or `partial` with "credit": "tags". `detail` is {"reason": a
// code of format/grammar.h, "template": name}.
//
// Parameters, all optional: "template" (else the item's), "strip_eos",
// "prefill", "whitespace", "credit"; "open", "close", "answer_open" and
// "answer_close" with the template "custom" alone.

#ifndef REWARDS_FORMAT_CHECKER_H_
#define REWARDS_FORMAT_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Longest tag or end-of-text token, in bytes; most tokens in "strip_eos". They
// bound the work of the scan.
inline constexpr std::size_t kMaxTagBytes = 64;
inline constexpr std::size_t kMaxEosTokens = 16;

[[nodiscard]] std::unique_ptr<const Checker> MakeFormatChecker();

}  // namespace rewards

#endif  // REWARDS_FORMAT_CHECKER_H_
