// JudgeChecker: a language model behind an OpenAI-compatible API as a checker.
// Immutable; any thread may use it, and its connections live as long as it
// does. It judges the answer part of a response alone.
//
// mode "gold": the check has `gold`; the model says whether the answer says the
// same. `correct` or `wrong`.
//
// mode "pairwise": the check has `reference`; the model says which is better,
// asked twice with the order swapped. The score is the mean of both, 1 for much
// better than the reference, 0 for much worse, 0.5 for as good. `detail` is
// {"reason", "labels", "agree"}: A is the answer in the first label, B in the
// second.
//
// Also `unreadable` for an empty answer, which nobody is asked about; and where
// the model gives no good answer, what fault.h finds out.

#ifndef REWARDS_HTTP_JUDGE_CHECKER_H_
#define REWARDS_HTTP_JUDGE_CHECKER_H_

#include <cstddef>
#include <memory>
#include <string>

#include "rewards/checker.h"
#include "rewards/http/remote_options.h"
#include "rewards/plugin/plugin_protocol.h"

namespace rewards::http {

// Bytes of a gold or reference. Over it the item is invalid.
inline constexpr std::size_t kMostReferenceBytes = std::size_t{256} << 10;

// Null, with why in `problem`, where `options` cannot be used or its key file
// is bad. Connects to nothing: a server may come later. Requires: options.kind
// is kJudge.
[[nodiscard]] std::unique_ptr<const Checker> MakeJudgeChecker(
    const RemoteOptions& options, plugin::JsonReader read,
    std::string& problem);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_JUDGE_CHECKER_H_
