// ExplainItem: an item's result with the steps that led to it, for `assay
// explain`. Thread-safe: no state.

#ifndef VERIFIER_ENGINE_EXPLAIN_H_
#define VERIFIER_ENGINE_EXPLAIN_H_

#include <vector>

#include "rewards/explanation.h"
#include "rewards/registry.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::engine {

using rewards::Explanation;

struct ExplainedItem {
  protocol::ScoreResult result{};
  // One a check; empty where the item is invalid or a check has nothing to say.
  std::vector<Explanation> steps{};
};

// Judges `item`, then asks each check again for its steps. Blocks up to twice
// the item's deadline. Never throws but std::bad_alloc.
[[nodiscard]] ExplainedItem ExplainItem(const rewards::Registry& registry,
                                        const protocol::Item& item);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_EXPLAIN_H_
