// AnswerPart: what a checker that reads a final answer looks at, and how it
// shows it. Pure; thread-safe.

#ifndef REWARDS_ANSWER_PART_H_
#define REWARDS_ANSWER_PART_H_

#include <string_view>

#include "rewards/checker.h"
#include "rewards/explanation.h"
#include "rewards/format/transcript.h"

namespace rewards {

// The response taken apart by the item's template. Borrows.
[[nodiscard]] format::Transcript PartsOf(const Submission& submission);

// The text after the reasoning. Borrows.
[[nodiscard]] std::string_view AnswerPart(const Submission& submission);

// At most 256 bytes of `text`, cut between code points.
[[nodiscard]] std::string_view Shown(std::string_view text);

// The step of an explanation that says what AnswerPart is.
[[nodiscard]] ExplainedStep AnswerPartStep(const Submission& submission);

}  // namespace rewards

#endif  // REWARDS_ANSWER_PART_H_
