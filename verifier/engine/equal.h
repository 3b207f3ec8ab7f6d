// Equal: answers against each other, decided by the `math` checker from both
// sides. Thread-safe: no state.
//
// A pair becomes two items, each answer as the gold of the other, so that the
// queue, its limits and its fairness are those of scoring.

#ifndef VERIFIER_ENGINE_EQUAL_H_
#define VERIFIER_ENGINE_EQUAL_H_

#include <vector>

#include "rewards/registry.h"
#include "verifier/protocol/equal_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::engine {

// The items of `request`, two a pair; or what is wrong with its policy.
[[nodiscard]] boost::system::result<std::vector<protocol::Item>,
                                    protocol::RequestError>
EqualItems(const rewards::Registry& registry,
           const protocol::EqualRequest& request);

// What the results of EqualItems say of each pair:
//   true   one side meets the other
//   false  refuted from both sides
//   none   else: an answer cannot be read, or it is not decided
[[nodiscard]] std::vector<protocol::EqualResult> EqualResults(
    const std::vector<protocol::ScoreResult>& results);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_EQUAL_H_
