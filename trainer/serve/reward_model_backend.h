// MakeRewardModel: a RewardBackend over a reward model's folder. Depends on
// LibTorch.

#ifndef TRAINER_SERVE_REWARD_MODEL_BACKEND_H_
#define TRAINER_SERVE_REWARD_MODEL_BACKEND_H_

#include <memory>
#include <string>

#include "trainer/serve/backend.h"
#include "trainer/serve/text_model.h"

namespace trainer::serve {

// `folder` as a reward-model stage leaves it; it need not be there yet.
[[nodiscard]] std::unique_ptr<RewardBackend> MakeRewardModel(
    const std::string& folder, const ModelMachine& machine);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_REWARD_MODEL_BACKEND_H_
