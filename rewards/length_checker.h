// LengthChecker: is a response as long as it should be? The shapes are in
// rules/length.h, with the papers that they come from. Immutable; any thread.
//
// The score is 1 less the penalty, so that what goes wrong earns the least.
// `detail` is {"reason", "length", "unit"}. A text without words is
// `unreadable` where words are counted, and so is one over kMaxWordBytes.
//
// Parameters: "shape" (required): "range" with "min" and "max", one of them at
// least; "cosine" with "max", "at_zero" (1), "at_max" (0) and "over" (0);
// "overlong" with "max" and "buffer". "unit" = "characters" | "words" | "bytes"
// | "tokens"; "of" = "all" | "reasoning" | "answer". The tokenizer is the
// client's, so that tokens are what "tokens" says.

#ifndef REWARDS_LENGTH_CHECKER_H_
#define REWARDS_LENGTH_CHECKER_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

// Largest length that a check may name.
inline constexpr std::int64_t kMaxLength = std::int64_t{1} << 32;

// Longest text whose words are counted, in bytes: what a request may carry by
// default.
inline constexpr std::size_t kMaxWordBytes = std::size_t{4} << 20;

[[nodiscard]] std::unique_ptr<const Checker> MakeLengthChecker();

}  // namespace rewards

#endif  // REWARDS_LENGTH_CHECKER_H_
