// Rewards asked of a service on loopback that says whatever a test wants.

#ifndef TESTS_TRAINER_ROLLOUT_CALLS_H_
#define TESTS_TRAINER_ROLLOUT_CALLS_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/verifier/client_fake_server.h"
#include "trainer/rollout/verifier_rewards.h"
#include "verifier/protocol/score_result.h"

namespace trainer {

inline ScoreTask TaskOf(std::size_t index) {
  ScoreTask task;
  task.id = "rl/1/" + std::to_string(index);
  task.prompt = "1+1?";
  task.response = "\\boxed{2}";
  task.template_name = "plain";
  task.checks = {{{"checker", "math"}, {"gold", "2"}}};
  return task;
}

// Lines that were said, from any thread.
class Notices {
 public:
  VerifierRewards::Notice Sink() {
    return [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      lines_.emplace_back(line);
    };
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

inline VerifierRewardsOptions Quick(const std::string& url) {
  VerifierRewardsOptions options;
  options.server = url;
  options.linger = std::chrono::milliseconds(5);
  options.retry_every = std::chrono::milliseconds(20);
  return options;
}

inline std::unique_ptr<VerifierRewards> Make(
    const VerifierRewardsOptions& options, Notices* notices = nullptr) {
  auto made = VerifierRewards::Make(
      options, notices ? notices->Sink() : VerifierRewards::Notice{});
  return std::move(made).value();
}

inline ScoreReport ScoreAll(VerifierRewards& rewards, std::size_t count) {
  for (std::size_t i = count; i-- > 0;) rewards.Submit(i, TaskOf(i));
  return rewards.Wait();
}

// What `change` makes of honest results.
inline verifier::client::testing::FakeReply Changed(
    const verifier::client::testing::FakeRequest& request,
    const std::function<void(std::vector<verifier::protocol::ScoreResult>&)>&
        change) {
  std::vector<verifier::protocol::ScoreResult> results;
  for (const auto& item : request.items)
    results.push_back(verifier::client::testing::Honest(item));
  change(results);
  return verifier::client::testing::Respond(
      200, verifier::protocol::ScoreResponseText(results));
}

inline verifier::protocol::ScoreResult NotJudged(
    const verifier::protocol::Item& item) {
  verifier::protocol::ScoreResult result =
      verifier::client::testing::Honest(item);
  result.status = verifier::protocol::Status::kNotJudged;
  result.reward.reset();
  for (auto& check : result.checks) {
    check.outcome = "not_judged";
    check.score.reset();
    check.detail = {{"reason", "worker lost"}};
  }
  return result;
}

}  // namespace trainer

#endif  // TESTS_TRAINER_ROLLOUT_CALLS_H_
