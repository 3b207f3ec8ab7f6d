#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/test_checkers.h"
#include "verifier/engine/equal.h"
#include "verifier/engine/judge_item.h"

namespace verifier::engine {
namespace {

std::vector<protocol::EqualResult> Decide(
    const std::vector<std::pair<std::string, std::string>>& pairs,
    const boost::json::object& policy = {}) {
  const rewards::Registry registry = rewards::BuiltInRegistry();
  const auto items = EqualItems(registry, {pairs, policy});
  EXPECT_TRUE(items);
  std::vector<protocol::ScoreResult> results;
  for (const protocol::Item& item : *items) {
    results.push_back(JudgeItem(registry, item));
  }
  return EqualResults(results);
}

TEST(Equal, AnswersAgainstEachOther) {
  struct Row {
    const char* one;
    const char* other;
    std::optional<bool> equal;
    const char* evidence;
  };
  const Row rows[] = {
      {"42", "42", true, "proved"},
      {"1/2", "0.5", true, "proved"},
      {"\\frac{1}{2}", "\\boxed{0.50}", true, "proved"},
      {"x = 5", "5", true, "proved"},
      {"50%", "50", true, "proved"},
      {"0.33", "1/3", true, "rounded"},
      {"42", "43", false, "refuted"},
      {"1/3", "0.3", false, "refuted"},
      {"5 km", "5 kg", std::nullopt, "undecided"},
      {"42", "no idea", std::nullopt, "undecided"},
      {"42", "5 + ", std::nullopt, "unreadable"},
      {"", "", std::nullopt, "unreadable"},
      {"Even", "even", true, "text"},
      {"10^(10^10)", "10^(10^10)", true, "proved"},
      {"10^(10^10)", "10^(10^9)", false, "refuted"},
      {"\\sqrt{8}", "2\\sqrt{2}", true, "proved"},
      {"[0, 1)", "[0, 1]", false, "refuted"},
      {"1/0", "1/0", std::nullopt, "unreadable"},
  };
  for (const Row& row : rows) {
    const auto there = Decide({{row.one, row.other}}).at(0);
    const auto back = Decide({{row.other, row.one}}).at(0);
    EXPECT_EQ(there.equal, row.equal) << row.one << " | " << row.other;
    EXPECT_EQ(there.evidence, row.evidence) << row.one << " | " << row.other;
    EXPECT_EQ(back.equal, there.equal) << row.one << " | " << row.other;
    EXPECT_EQ(back.evidence, there.evidence) << row.one << " | " << row.other;
  }
}

TEST(Equal, PairsKeepTheirOrder) {
  const auto results = Decide({{"1", "1"}, {"1", "2"}, {"x", "("}, {"3", "3"}});
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(results[0].equal, true);
  EXPECT_EQ(results[1].equal, false);
  EXPECT_EQ(results[2].equal, std::nullopt);
  EXPECT_EQ(results[3].equal, true);
}

TEST(Equal, PolicyHolds) {
  EXPECT_EQ(Decide({{"50%", "50"}}, {{"percent", false}}).at(0).equal, false);
  const auto bad = EqualItems(rewards::BuiltInRegistry(),
                              {{{"1", "1"}}, {{"per_cent", false}}});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().pointer, "/policy/per_cent");
}

TEST(Equal, WithoutTheCheckerNothingIsDecided) {
  EXPECT_FALSE(EqualItems(*testing::TestRegistry(), {{{"1", "1"}}, {}}));
}

TEST(Equal, CancelledIsNotEqual) {
  protocol::ScoreResult cancelled;
  cancelled.status = protocol::Status::kCancelled;
  const auto results = EqualResults({cancelled, cancelled});
  EXPECT_EQ(results.at(0).equal, std::nullopt);
}

}  // namespace
}  // namespace verifier::engine
