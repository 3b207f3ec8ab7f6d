#include "trainer/stages/reward_watch.h"

#include <torch/torch.h>

namespace trainer {
namespace {

// Places in the state.
constexpr std::int64_t kBest = 0;        // accuracy; below 0: no look yet
constexpr std::int64_t kBestReward = 1;  // mean, before that look
constexpr std::int64_t kSum = 2;         // of rewards since the last look
constexpr std::int64_t kCount = 3;
constexpr std::int64_t kEnded = 4;  // 0 or 1
constexpr std::int64_t kPlaces = 5;

}  // namespace

RewardWatch::RewardWatch(std::int64_t every, double drop)
    : every_(every), drop_(drop), state_(torch::zeros({kPlaces}, at::kDouble)) {
  At(kBest) = -1.0;
}

double& RewardWatch::At(std::int64_t index) const {
  return state_.mutable_data_ptr<double>()[index];
}

void RewardWatch::TakeReward(std::optional<double> reward) {
  if (!reward) return;
  At(kSum) += *reward;
  At(kCount) += 1.0;
}

bool RewardWatch::Due(std::int64_t step) const {
  return every_ > 0 && step % every_ == 0 && !ended();
}

bool RewardWatch::TakeAccuracy(double accuracy) {
  const double reward = At(kCount) > 0.0 ? At(kSum) / At(kCount) : 0.0;
  At(kSum) = 0.0;
  At(kCount) = 0.0;
  if (accuracy >= At(kBest)) {
    At(kBest) = accuracy;
    At(kBestReward) = reward;
  } else if (accuracy < At(kBest) - drop_ && reward > At(kBestReward)) {
    At(kEnded) = 1.0;
  }
  return ended();
}

bool RewardWatch::ended() const { return At(kEnded) != 0.0; }

}  // namespace trainer
