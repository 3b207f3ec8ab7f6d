// FormatChecker: does a response keep to its think-tag template? The rules are
// in format/grammar.h, those of other trainers in format/peer_rule.h.
// Immutable; any thread may use it.
//
// Outcomes: `correct`; `unreadable` for a response with nothing in it; `wrong`
// for any other, or `partial` with "credit". `detail` is {"reason": a code of
// format/grammar.h, "template": name}; with a rule {"reason": "ok" or
// "no_match", "rule": name}.
//
// Parameters, all optional: "template" (else the item's), "strip_eos",
// "prefill", "whitespace" = "free" | "strict", "credit" = "none" | "tags" |
// "ladder", "allow_text_after", "allow_empty_think"; "open", "close",
// "answer_open" and "answer_close" with the template "custom" alone; or "rule",
// a peer's, with "strip_eos" and "prefill" (`<think>` is put before the
// response) alone.

#ifndef REWARDS_FORMAT_CHECKER_H_
#define REWARDS_FORMAT_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"
#include "rewards/format/template.h"
#include "rewards/format/template_set.h"

namespace rewards {

// Longest tag or end-of-text token, in bytes; most tokens in "strip_eos". They
// bound the work of the scan.
inline constexpr std::size_t kMaxTagBytes = format::kMaxTagBytes;
inline constexpr std::size_t kMaxEosTokens = 16;

// `templates`: those that a check may name. Requires: not null.
[[nodiscard]] std::unique_ptr<const Checker> MakeFormatChecker(
    std::shared_ptr<const format::TemplateSet> templates =
        std::make_shared<const format::TemplateSet>());

}  // namespace rewards

#endif  // REWARDS_FORMAT_CHECKER_H_
