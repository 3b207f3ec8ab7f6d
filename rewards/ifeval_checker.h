// IfEvalChecker: does an answer follow the verifiable instructions of IFEval
// (arXiv 2311.07911)? The 25 kinds and where ours differ from the published
// code are in rules/instruction.h. Immutable; any thread.
//
// `correct` where all are followed, else `wrong`, or with "score": "fraction"
// `partial`; a blank answer is `unreadable`. `detail` is {"reason", "followed":
// an array of true and false}.
//
// Parameters, as the published data names them: "instruction_id_list", an array
// of 1 to kMaxInstructions ids; "kwargs", the arguments of each in the same
// order (may be left out where none needs any). "mode" = "strict" | "loose";
// "score" = "all" | "fraction"; "of" = "answer" | "all" | "reasoning". A
// language to answer in is one that the checker language knows.

#ifndef REWARDS_IFEVAL_CHECKER_H_
#define REWARDS_IFEVAL_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"

namespace rewards {

inline constexpr std::size_t kMaxInstructions = 32;

// Longest answer that is read, in bytes: what a request may carry by default.
inline constexpr std::size_t kMaxIfEvalBytes = std::size_t{4} << 20;

[[nodiscard]] std::unique_ptr<const Checker> MakeIfEvalChecker();

}  // namespace rewards

#endif  // REWARDS_IFEVAL_CHECKER_H_
