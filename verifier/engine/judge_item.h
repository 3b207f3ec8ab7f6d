// JudgeItem: one item through its checkers. ItemRun: the same check by check,
// so that each can be judged in a thread of its kind. JudgeItem is thread-safe;
// a run is for one thread at a time.

#ifndef VERIFIER_ENGINE_JUDGE_ITEM_H_
#define VERIFIER_ENGINE_JUDGE_ITEM_H_

#include <chrono>

#include "rewards/registry.h"
#include "verifier/engine/prepare_item.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::engine {

// Judges one check at a time. An exception from a checker becomes
//   wrong      where the same check judges an empty response: the answer did it
//   not_judged otherwise: we or the gold did it.
// The item's deadline is a budget of time that checks take, not of the time
// between them; a check that is not judged takes none of it.
class ItemRun {
 public:
  // Reads the checks of `item`, and those of its profile. Borrows both. Throws
  // std::bad_alloc only.
  ItemRun(const rewards::Registry& registry, const protocol::Item& item);

  // The checker of the next check; null: nothing is left to judge.
  [[nodiscard]] const rewards::Checker* next() const noexcept;

  // Judges the next check. Requires: there is one. Throws std::bad_alloc only.
  // Blocks up to what is left of the item's deadline.
  void Step();

  // The result, with exec_us set and queue_us 0. Requires: nothing is left.
  [[nodiscard]] protocol::ScoreResult Take();

 private:
  using Clock = std::chrono::steady_clock;

  const protocol::Item& item_;
  const rewards::TemplateSet& templates_;
  PreparedItem prepared_{};    // no checks where the item is invalid
  Clock::duration taken_{0};   // in all
  Clock::duration budget_{0};  // what is left
  protocol::ScoreResult result_;
};

// Returns the result of `item`. Never throws but std::bad_alloc. Blocks up to
// the item's deadline, which starts now.
[[nodiscard]] protocol::ScoreResult JudgeItem(const rewards::Registry& registry,
                                              const protocol::Item& item);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_JUDGE_ITEM_H_
