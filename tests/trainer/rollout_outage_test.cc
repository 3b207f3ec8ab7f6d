// Tests trainer/rollout/verifier_rewards.h against services that are gone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/trainer/rollout_calls.h"

namespace trainer {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using verifier::client::testing::FakeReply;
using verifier::client::testing::FakeRequest;
using verifier::client::testing::FakeServer;
using verifier::client::testing::Respond;
using verifier::client::testing::RespondHonestly;
using verifier::client::testing::UnreachableUrl;

TEST(VerifierRewards, AServiceThatComesBackIsWaitedFor) {
  std::atomic<bool> up = true;
  std::mutex mutex;
  std::multiset<std::string> judged;
  FakeServer server([&](const FakeRequest& request) {
    if (!up) return FakeReply{"", true};
    const std::lock_guard lock(mutex);
    for (const auto& item : request.items) judged.insert(*item.id);
    return RespondHonestly(request);
  });
  Notices notices;
  VerifierRewardsOptions options = Quick(server.url());
  options.batch_items = 4;
  const auto rewards = Make(options, &notices);
  EXPECT_EQ(ScoreAll(*rewards, 4).dropped, 0U);
  up = false;
  for (std::size_t i = 0; i < 10; ++i) rewards->Submit(i, TaskOf(i));
  std::thread repair([&] {
    for (int i = 0; i < 500 && notices.lines().empty(); ++i) {
      std::this_thread::sleep_for(10ms);
    }
    up = true;
  });
  const ScoreReport report = rewards->Wait();
  repair.join();
  ASSERT_EQ(report.scores.size(), 10U);
  for (const Scored& scored : report.scores) {
    EXPECT_EQ(scored.reward, 1.0);
    EXPECT_EQ(scored.attempts, 1);  // an outage is no verdict
  }
  const std::vector<std::string> lines = notices.lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr("does not answer"));
  EXPECT_THAT(lines[0], HasSubstr("training waits, up to 600 s"));
  EXPECT_THAT(lines[1], HasSubstr("is back after"));
}

// Wait returns with the last verdict, which is also what ends the outage.
TEST(VerifierRewards, ThatItIsBackIsSaidBeforeWaitReturns) {
  Notices notices;
  std::atomic<std::size_t> up_after = 0;  // lines
  FakeServer server([&](const FakeRequest& request) {
    return notices.lines().size() < up_after ? FakeReply{"", true}
                                             : RespondHonestly(request);
  });
  VerifierRewardsOptions options = Quick(server.url());
  options.linger = 1ms;
  options.retry_every = 1ms;
  const auto rewards = Make(options, &notices);
  for (std::size_t outages = 1; outages <= 50; ++outages) {
    up_after = 2 * outages - 1;
    EXPECT_EQ(ScoreAll(*rewards, 1).dropped, 0U);
    const std::vector<std::string> lines = notices.lines();
    ASSERT_EQ(lines.size(), 2 * outages);
    EXPECT_THAT(lines.back(), HasSubstr("is back after"));
  }
}

TEST(VerifierRewards, AFullServiceIsWaitedFor) {
  std::atomic<int> requests = 0;
  FakeServer server([&](const FakeRequest& request) {
    if (requests++ < 5) {
      return Respond(503, "{}", "application/json", "Retry-After: 0\r\n");
    }
    return RespondHonestly(request);
  });
  const auto rewards = Make(Quick(server.url()));
  const ScoreReport report = ScoreAll(*rewards, 3);
  EXPECT_EQ(report.dropped, 0U);
  EXPECT_EQ(report.rescored, 0U);
}

TEST(VerifierRewards, GoneForTooLongIsNoReward) {
  Notices notices;
  VerifierRewardsOptions options = Quick(UnreachableUrl());
  options.wait_limit = 300ms;
  options.notice_every = 50ms;
  const auto rewards = Make(options, &notices);
  rewards->Submit(0, TaskOf(0));
  EXPECT_THROW((void)rewards->Wait(), RewardUnavailable);
  EXPECT_GE(notices.lines().size(), 2U);
}

TEST(VerifierRewards, StopEndsTheWaitForAServiceThatIsGone) {
  const auto rewards = Make(Quick(UnreachableUrl()));
  rewards->Submit(0, TaskOf(0));
  EXPECT_THROW((void)rewards->Wait([] { return true; }), RewardStopped);
}

TEST(VerifierRewards, StopDoesNotEndAWaitForOneThatWorks) {
  FakeServer server([](const FakeRequest& request) {
    FakeReply reply = RespondHonestly(request);
    reply.delay = 300ms;
    return reply;
  });
  const auto rewards = Make(Quick(server.url()));
  rewards->Submit(0, TaskOf(0));
  EXPECT_EQ(rewards->Wait([] { return true; }).scores[0].reward, 1.0);
}

}  // namespace
}  // namespace trainer
