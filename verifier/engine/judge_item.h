// JudgeItem: one item through its checkers, in the calling thread. Thread-safe:
// no state.

#ifndef VERIFIER_ENGINE_JUDGE_ITEM_H_
#define VERIFIER_ENGINE_JUDGE_ITEM_H_

#include "rewards/registry.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::engine {

// Returns the result of `item`, with exec_us set and queue_us 0. Never throws
// but std::bad_alloc; an exception from a checker becomes
//   wrong      where the same check judges an empty response: the answer did it
//   not_judged otherwise: we or the gold did it.
// Blocks up to the item's deadline, which starts now.
[[nodiscard]] protocol::ScoreResult JudgeItem(const rewards::Registry& registry,
                                              const protocol::Item& item);

// True where a check of `item` runs programs (Checker::runs_programs).
[[nodiscard]] bool RunsPrograms(const rewards::Registry& registry,
                                const protocol::Item& item);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_JUDGE_ITEM_H_
