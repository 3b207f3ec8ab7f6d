// VerifierRewards: rewards from an assayd. It scores while others decode: what
// is submitted travels in requests of up to batch_items, after `linger` at the
// latest.
//
// An item without a verdict is asked again up to `rescores` times, then has no
// reward; so has one that the service calls invalid, at once. A service that
// does not answer, or has no room, is waited for, with a notice at once, every
// 30 s, and when it is back: nothing is lost and nothing is made up.
//
// Owns one thread.

#ifndef TRAINER_ROLLOUT_VERIFIER_REWARDS_H_
#define TRAINER_ROLLOUT_VERIFIER_REWARDS_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "trainer/rollout/reward_source.h"
#include "verifier/client/client_error.h"

namespace trainer {

struct VerifierRewardsOptions {
  std::string server = "http://127.0.0.1:8790";
  std::size_t batch_items = 64;
  std::chrono::milliseconds linger{20};
  int rescores = 2;
  std::chrono::milliseconds wait_limit{600'000};
  std::chrono::milliseconds retry_every{500};  // while the service is gone
  std::chrono::milliseconds notice_every{30'000};
};

class VerifierRewards : public RewardSource {
 public:
  // A line for people, from the thread of the rewards. Must not throw.
  using Notice = std::function<void(std::string_view)>;

  // An error: `server` is no URL. Does not connect.
  [[nodiscard]] static verifier::client::ClientResult<
      std::unique_ptr<VerifierRewards>>
  Make(const VerifierRewardsOptions& options, Notice notice = {});
  ~VerifierRewards() override;

  // None: the service is there and takes work. Blocks up to `timeout`.
  [[nodiscard]] std::optional<verifier::client::ClientError> CheckReady(
      std::chrono::milliseconds timeout = std::chrono::seconds(5));

  void Submit(std::size_t index, ScoreTask task) override;
  [[nodiscard]] ScoreReport Wait(
      const std::function<bool()>& stop = {}) override;
  // In requests of kPairsAtOnce.
  [[nodiscard]] std::vector<std::optional<bool>> Equal(
      const std::vector<std::pair<std::string, std::string>>& pairs,
      const std::function<bool()>& stop = {}) override;
  static constexpr std::size_t kPairsAtOnce = 1'000;

 private:
  class Core;
  explicit VerifierRewards(std::unique_ptr<Core> core);
  std::unique_ptr<Core> core_;
};

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_VERIFIER_REWARDS_H_
