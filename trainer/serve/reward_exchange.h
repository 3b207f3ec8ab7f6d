// The body of POST /v1/reward/NAME, and its answer. Thread-safe: no state.

#ifndef TRAINER_SERVE_REWARD_EXCHANGE_H_
#define TRAINER_SERVE_REWARD_EXCHANGE_H_

#include <optional>
#include <string>
#include <string_view>

#include "trainer/serve/api_error.h"
#include "trainer/serve/backend.h"

namespace trainer::serve {

struct RewardAsk {
  std::optional<std::string> id{};
  RewardRequest pair{};
};

// `{"id", "prompt", "response"}`; the response is required, a prompt that is
// not there is empty. Other members ("template", "params", ...) are ignored.
[[nodiscard]] ApiResult<RewardAsk> ParseRewardAsk(std::string_view body);

// 1 / (1 + e^-logit), in [0, 1].
[[nodiscard]] double Sigmoid(double logit);

// `{"id": same, "score": Sigmoid(logit), "detail": {"logit": x}}`. A response
// that is too long for the model has the score 0, with `detail.reason`: it is
// the answer's doing. A logit that is not finite is an error (500): a failure
// of ours is never a number.
[[nodiscard]] ApiResult<std::string> RewardText(
    const std::optional<std::string>& id, const BackendResult<double>& logit);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_REWARD_EXCHANGE_H_
