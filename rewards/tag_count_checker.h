// TagCountChecker: how many literal tags are in a response exactly once, as
// open-r1's tag_count_reward counts. It helps a model find a form, looks at no
// order, and is worth nothing once the form is found: the checker format judges
// that. Immutable; any thread.
//
// The score is the share of the tags that are there once; an empty response is
// `unreadable`. `detail` is {"reason"}.
//
// Parameter, optional: "tags", an array of 1 to kMaxTags strings of up to
// kMaxTagBytes (format_checker.h); by default open-r1's "<think>\n",
// "\n</think>\n", "\n<answer>\n", "\n</answer>".

#ifndef REWARDS_TAG_COUNT_CHECKER_H_
#define REWARDS_TAG_COUNT_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

inline constexpr std::size_t kMaxTags = 16;

[[nodiscard]] std::unique_ptr<const Checker> MakeTagCountChecker();

}  // namespace rewards

#endif  // REWARDS_TAG_COUNT_CHECKER_H_
