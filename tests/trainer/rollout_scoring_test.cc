// Tests trainer/rollout/verifier_rewards.h against services that behave.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/trainer/rollout_calls.h"
#include "trainer/rollout/constant_rewards.h"

namespace trainer {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;
using verifier::client::testing::FakeReply;
using verifier::client::testing::FakeRequest;
using verifier::client::testing::FakeServer;
using verifier::client::testing::Respond;
using verifier::client::testing::RespondHonestly;
using verifier::client::testing::UnreachableUrl;
using verifier::protocol::ScoreResult;

TEST(VerifierRewards, ARewardForEachInOrder) {
  FakeServer server(RespondHonestly);
  const auto rewards = Make(Quick(server.url()));
  const ScoreReport report = ScoreAll(*rewards, 200);
  ASSERT_EQ(report.scores.size(), 200U);
  EXPECT_EQ(report.dropped, 0U);
  EXPECT_EQ(report.null_fraction(), 0.0);
  for (const Scored& scored : report.scores) {
    EXPECT_EQ(scored.reward, 1.0);
    EXPECT_EQ(scored.attempts, 1);
    EXPECT_EQ(scored.checks.size(), 1U);
  }
}

TEST(VerifierRewards, EachGetsItsOwnWhateverCameFirst) {
  // The reward is the item's number; the first request answers last.
  std::atomic<int> seen = 0;
  FakeServer server([&](const FakeRequest& request) {
    FakeReply reply = Changed(request, [](std::vector<ScoreResult>& results) {
      for (ScoreResult& result : results) {
        const double number = std::stod(result.id->substr(5));
        result.checks[0].weight = 1.0;
        const bool odd = static_cast<int>(number) % 2 == 1;
        result.checks[0].outcome = odd ? "correct" : "wrong";
        result.checks[0].score = odd ? 1.0 : 0.0;
        result.reward = odd ? 1.0 : 0.0;
      }
    });
    if (seen++ == 0) reply.delay = 50ms;
    return reply;
  });
  VerifierRewardsOptions options = Quick(server.url());
  options.batch_items = 7;
  const auto rewards = Make(options);
  for (int round = 0; round < 3; ++round) {
    const ScoreReport report = ScoreAll(*rewards, 40);
    for (std::size_t i = 0; i < 40; ++i) {
      EXPECT_EQ(report.scores[i].reward, i % 2 == 1 ? 1.0 : 0.0) << i;
    }
  }
}

TEST(VerifierRewards, BatchesAreFullOrLinger) {
  std::mutex mutex;
  std::vector<std::size_t> sizes;
  FakeServer server([&](const FakeRequest& request) {
    const std::lock_guard lock(mutex);
    sizes.push_back(request.items.size());
    return RespondHonestly(request);
  });
  VerifierRewardsOptions options = Quick(server.url());
  options.batch_items = 8;
  const auto rewards = Make(options);
  for (const std::size_t count : {std::size_t{8}, std::size_t{9}}) {
    (void)ScoreAll(*rewards, count);
    const std::lock_guard lock(mutex);
    std::size_t sum = 0;
    for (const std::size_t size : sizes) {
      EXPECT_LE(size, 8U);
      sum += size;
    }
    EXPECT_EQ(sum, count);
    if (count == 9) {
      EXPECT_GE(sizes.size(), 2U);
    }
    sizes.clear();
  }
}

TEST(VerifierRewards, SentBeforeAnyoneWaits) {
  FakeServer server(RespondHonestly);
  const auto rewards = Make(Quick(server.url()));
  rewards->Submit(0, TaskOf(0));
  for (int i = 0; i < 500 && server.requests() == 0; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(server.requests(), 1);
  EXPECT_EQ(rewards->Wait().scores[0].reward, 1.0);
}

TEST(VerifierRewards, NothingSubmittedIsAnEmptyReport) {
  FakeServer server(RespondHonestly);
  const auto rewards = Make(Quick(server.url()));
  EXPECT_TRUE(rewards->Wait().scores.empty());
  EXPECT_EQ(server.requests(), 0);
}

TEST(VerifierRewards, AnIndexTwiceOrLeftOutIsADefect) {
  FakeServer server(RespondHonestly);
  const auto rewards = Make(Quick(server.url()));
  rewards->Submit(1, TaskOf(1));
  EXPECT_THROW(rewards->Submit(1, TaskOf(1)), std::invalid_argument);
  EXPECT_THROW((void)rewards->Wait(), std::logic_error);
  EXPECT_EQ(ScoreAll(*rewards, 2).scores.size(), 2U);  // begun anew
}

TEST(VerifierRewards, NullIsAskedAgain) {
  std::atomic<int> requests = 0;
  FakeServer server([&](const FakeRequest& request) {
    const bool first = requests++ == 0;
    return Changed(request, [&](std::vector<ScoreResult>& results) {
      if (first) results[1] = NotJudged(request.items[1]);
    });
  });
  const auto rewards = Make(Quick(server.url()));
  const ScoreReport report = ScoreAll(*rewards, 3);
  EXPECT_EQ(report.dropped, 0U);
  EXPECT_EQ(report.rescored, 1U);
  int asked = 0;
  for (const Scored& scored : report.scores) asked += scored.attempts;
  EXPECT_EQ(asked, 4);
}

TEST(VerifierRewards, NullForEverIsDroppedAfterItsRescores) {
  for (const int rescores : {0, 1, 3}) {
    std::atomic<int> asked = 0;
    FakeServer server([&](const FakeRequest& request) {
      return Changed(request, [&](std::vector<ScoreResult>& results) {
        for (std::size_t i = 0; i < results.size(); ++i) {
          if (results[i].id != "rl/1/2") continue;
          ++asked;
          results[i] = NotJudged(request.items[i]);
        }
      });
    });
    VerifierRewardsOptions options = Quick(server.url());
    options.rescores = rescores;
    const auto rewards = Make(options);
    const ScoreReport report = ScoreAll(*rewards, 4);
    EXPECT_EQ(asked, rescores + 1);
    EXPECT_EQ(report.dropped, 1U);
    EXPECT_EQ(report.null_fraction(), 0.25);
    EXPECT_FALSE(report.scores[2].reward);
    EXPECT_EQ(report.scores[2].attempts, rescores + 1);
    EXPECT_THAT(report.scores[2].detail, HasSubstr("worker lost"));
    EXPECT_EQ(report.scores[1].reward, 1.0);
  }
}

TEST(VerifierRewards, AnInvalidTaskIsDroppedAtOnceWithItsPlace) {
  FakeServer server(RespondHonestly);
  const auto rewards = Make(Quick(server.url()));
  ScoreTask task = TaskOf(0);
  task.checks = {{{"checker", "math"}, {"weight", "heavy"}}};
  rewards->Submit(0, task);
  rewards->Submit(1, TaskOf(1));
  const ScoreReport report = rewards->Wait();
  EXPECT_FALSE(report.scores[0].reward);
  EXPECT_EQ(report.scores[0].attempts, 1);
  EXPECT_THAT(report.scores[0].detail, StartsWith("/checks/0/weight: "));
  EXPECT_EQ(report.scores[1].reward, 1.0);
}

TEST(VerifierRewards, ReadyOrWhyNot) {
  FakeServer server([](const FakeRequest&) { return Respond(200, "{}"); });
  EXPECT_FALSE(Make(Quick(server.url()))->CheckReady());
  FakeServer full([](const FakeRequest&) { return Respond(503, "{}"); });
  EXPECT_TRUE(Make(Quick(full.url()))->CheckReady());
  EXPECT_TRUE(Make(Quick(UnreachableUrl()))->CheckReady());
}

TEST(VerifierRewards, AUrlThatIsNoneIsAnError) {
  VerifierRewardsOptions options;
  options.server = "localhost:80";
  EXPECT_TRUE(VerifierRewards::Make(options).has_error());
}

TEST(VerifierRewards, GoesAwayInTheMidstOfWork) {
  FakeServer server([](const FakeRequest&) {
    FakeReply reply;
    reply.hang = true;
    return reply;
  });
  const auto rewards = Make(Quick(server.url()));
  for (std::size_t i = 0; i < 100; ++i) rewards->Submit(i, TaskOf(i));
  std::this_thread::sleep_for(20ms);
}

TEST(ConstantRewards, GivesEveryoneTheSame) {
  ConstantRewards rewards(1.0);
  for (std::size_t i = 0; i < 5; ++i) rewards.Submit(i, TaskOf(i));
  const ScoreReport report = rewards.Wait({});
  ASSERT_EQ(report.scores.size(), 5U);
  for (const Scored& scored : report.scores) EXPECT_EQ(scored.reward, 1.0);
  EXPECT_TRUE(rewards.Wait({}).scores.empty());
}

}  // namespace
}  // namespace trainer
