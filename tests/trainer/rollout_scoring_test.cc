// Tests trainer/rollout/verifier_rewards.h against services that behave, break
// and lie.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/verifier/client_fake_server.h"
#include "trainer/rollout/constant_rewards.h"
#include "trainer/rollout/verifier_rewards.h"
#include "verifier/protocol/score_result.h"

namespace trainer {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using verifier::client::testing::FakeReply;
using verifier::client::testing::FakeRequest;
using verifier::client::testing::FakeServer;
using verifier::client::testing::Honest;
using verifier::client::testing::Respond;
using verifier::client::testing::RespondHonestly;
using verifier::client::testing::UnreachableUrl;
using verifier::protocol::ScoreResponseText;
using verifier::protocol::ScoreResult;
using verifier::protocol::Status;

ScoreTask TaskOf(std::size_t index) {
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

VerifierRewardsOptions Quick(const std::string& url) {
  VerifierRewardsOptions options;
  options.server = url;
  options.linger = 5ms;
  options.retry_every = 20ms;
  return options;
}

std::unique_ptr<VerifierRewards> Make(const VerifierRewardsOptions& options,
                                      Notices* notices = nullptr) {
  auto made = VerifierRewards::Make(
      options, notices ? notices->Sink() : VerifierRewards::Notice{});
  return std::move(made).value();
}

ScoreReport ScoreAll(VerifierRewards& rewards, std::size_t count) {
  for (std::size_t i = count; i-- > 0;) rewards.Submit(i, TaskOf(i));
  return rewards.Wait();
}

// What `change` makes of honest results.
FakeReply Changed(
    const FakeRequest& request,
    const std::function<void(std::vector<ScoreResult>&)>& change) {
  std::vector<ScoreResult> results;
  for (const auto& item : request.items) results.push_back(Honest(item));
  change(results);
  return Respond(200, ScoreResponseText(results));
}

ScoreResult NotJudged(const verifier::protocol::Item& item) {
  ScoreResult result = Honest(item);
  result.status = Status::kNotJudged;
  result.reward.reset();
  for (auto& check : result.checks) {
    check.outcome = "not_judged";
    check.score.reset();
    check.detail = {{"reason", "worker lost"}};
  }
  return result;
}

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

// Liars ----------------------------------------------------------------------

struct Lie {
  const char* name;
  std::function<FakeReply(const FakeRequest&)> tell;
};

void PrintTo(const Lie& lie, std::ostream* os) { *os << lie.name; }

class Lies : public ::testing::TestWithParam<Lie> {};

TEST_P(Lies, BuyNoReward) {
  FakeServer server(GetParam().tell);
  VerifierRewardsOptions options = Quick(server.url());
  options.rescores = 1;
  const auto rewards = Make(options);
  const ScoreReport report = ScoreAll(*rewards, 3);
  EXPECT_EQ(report.dropped, 3U);
  for (const Scored& scored : report.scores) {
    EXPECT_FALSE(scored.reward);
    EXPECT_EQ(scored.attempts, 2);
    EXPECT_FALSE(scored.detail.empty());
  }
}

FakeReply ChangedText(const FakeRequest& request, const std::string& from,
                      const std::string& to) {
  std::vector<ScoreResult> results;
  for (const auto& item : request.items) results.push_back(Honest(item));
  std::string text = ScoreResponseText(results);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return Respond(200, "not found: " + from);
  for (std::size_t i = at; i != std::string::npos; i = text.find(from, i)) {
    text.replace(i, from.size(), to);
    i += to.size();
  }
  return Respond(200, text);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Lies,
    testing::Values(
        Lie{"Garbage", [](const FakeRequest&) { return Respond(200, "{]"); }},
        Lie{"Empty", [](const FakeRequest&) { return Respond(200, ""); }},
        Lie{"Html",
            [](const FakeRequest&) {
              return Respond(200, "<html>", "text/html");
            }},
        Lie{"TooFew",
            [](const FakeRequest& r) {
              return Changed(r, [](auto& results) { results.clear(); });
            }},
        Lie{"TooMany",
            [](const FakeRequest& r) {
              return Changed(
                  r, [](auto& results) { results.push_back(results[0]); });
            }},
        Lie{"ForeignId",
            [](const FakeRequest& r) {
              return Changed(r, [](auto& results) {
                for (auto& result : results) result.id = "rl/9/9";
              });
            }},
        Lie{"RewardBesideTheSum",
            [](const FakeRequest& r) {
              return ChangedText(r, "\"reward\":1E0", "\"reward\":5E0");
            }},
        Lie{"Overflow",
            [](const FakeRequest& r) {
              return ChangedText(r, "\"reward\":1E0", "\"reward\":1E999");
            }},
        Lie{"NotANumber",
            [](const FakeRequest& r) {
              return ChangedText(r, "\"reward\":1E0", "\"reward\":NaN");
            }},
        Lie{"ScoreAgainstItsOutcome",
            [](const FakeRequest& r) {
              return ChangedText(r, "\"correct\"", "\"wrong\"");
            }},
        Lie{"Error500", [](const FakeRequest&) { return Respond(500, "{}"); }},
        Lie{"Refusal", [](const FakeRequest&) { return Respond(404, "{}"); }}),
    [](const auto& one) { return std::string(one.param.name); });

// Gone -----------------------------------------------------------------------

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
