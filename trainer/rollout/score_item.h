// What the trainer asks a verifier about a completion, and how it reads what
// comes back. Pure; any thread. Internal to rollout/.

#ifndef TRAINER_ROLLOUT_SCORE_ITEM_H_
#define TRAINER_ROLLOUT_SCORE_ITEM_H_

#include <string>

#include "trainer/rollout/reward_source.h"
#include "verifier/client/client_error.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace trainer {

[[nodiscard]] verifier::protocol::Item ItemOf(const ScoreTask& task);

// The service is gone or full, as opposed to: this item has no verdict.
[[nodiscard]] bool IsOutage(verifier::client::ClientErrorCode code);

// Why a result has no reward, for people.
[[nodiscard]] std::string WhyNot(const verifier::protocol::ScoreResult& result);

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_SCORE_ITEM_H_
