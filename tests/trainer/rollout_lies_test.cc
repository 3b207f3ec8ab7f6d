// Tests trainer/rollout/verifier_rewards.h against services that lie.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "tests/trainer/rollout_calls.h"

namespace trainer {
namespace {

using verifier::client::testing::FakeReply;
using verifier::client::testing::FakeRequest;
using verifier::client::testing::FakeServer;
using verifier::client::testing::Honest;
using verifier::client::testing::Respond;
using verifier::protocol::ScoreResponseText;
using verifier::protocol::ScoreResult;

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

}  // namespace
}  // namespace trainer
