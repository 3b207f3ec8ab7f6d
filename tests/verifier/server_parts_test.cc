// The small parts of the server: problems, routes, the byte budget, the table
// of connections, the report of troubles.

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "verifier/server/byte_budget.h"
#include "verifier/server/connections.h"
#include "verifier/server/problem.h"
#include "verifier/server/routes.h"
#include "verifier/server/trouble_report.h"

namespace verifier::server {
namespace {

TEST(ProblemTest, NamesThePlaceOnlyWhereTheBodyIsAtFault) {
  Problem problem(400, "duplicate key");
  EXPECT_EQ(ProblemText(problem),
            R"({"type":"about:blank","title":"Bad Request","status":400,)"
            R"("detail":"duplicate key"})");
  problem.pointer = "/a\"\n\x1b";
  problem.has_pointer = true;
  EXPECT_EQ(ProblemText(problem),
            R"({"type":"about:blank","title":"Bad Request","status":400,)"
            R"("detail":"duplicate key","errors":[{"pointer":)"
            R"("/a\"\n\u001b","detail":"duplicate key"}]})");
}

TEST(ProblemTest, OverloadedAsksToComeBackAtDifferentTimes) {
  std::vector<int> seen(5, 0);
  for (int i = 0; i < 200; ++i) {
    const int delay = Overloaded("full").retry_after_s;
    ASSERT_GE(delay, 1);
    ASSERT_LE(delay, 3);
    ++seen[static_cast<std::size_t>(delay)];
  }
  EXPECT_GT(seen[1], 0);
  EXPECT_GT(seen[2], 0);
  EXPECT_GT(seen[3], 0);
}

TEST(ByteBudgetTest, TakesUpToTheBoundAndGivesBack) {
  ByteBudget budget(100);
  ByteBudget::Share first(budget);
  EXPECT_TRUE(first.Take(60));
  {
    ByteBudget::Share second(budget);
    EXPECT_FALSE(second.Take(41));
    EXPECT_TRUE(second.Take(40));
    EXPECT_FALSE(first.Take(1));
    EXPECT_EQ(budget.held(), 100u);
  }
  EXPECT_EQ(budget.held(), 60u);
  EXPECT_TRUE(first.Take(40));
}

class FakeConnection final : public Connection {
 public:
  explicit FakeConnection(
      Phase phase, Clock::time_point deadline = Clock::time_point::max()) {
    Enter(phase, deadline);
  }
  void Tick() override { ++ticks; }
  void Close() override { ++closes; }

  int ticks = 0;
  int closes = 0;
};

TEST(ConnectionsTest, EvictsTheOldestThatNobodyWorksForOnce) {
  using Phase = Connection::Phase;
  Connections connections;
  std::vector<std::shared_ptr<FakeConnection>> all;
  for (const Phase phase : {Phase::kWorking, Phase::kUnfinished, Phase::kIdle,
                            Phase::kAnswering, Phase::kLeaving}) {
    all.push_back(std::make_shared<FakeConnection>(phase));
    static_cast<void>(connections.Add(all.back()));
  }
  const auto closes = [&all] {
    std::string text;
    for (const auto& one : all) text += std::to_string(one->closes);
    return text;
  };
  EXPECT_TRUE(connections.EvictOldest());
  EXPECT_EQ(closes(), "01000");
  EXPECT_TRUE(connections.EvictOldest());
  EXPECT_EQ(closes(), "01100");
  EXPECT_TRUE(connections.EvictOldest());
  EXPECT_EQ(closes(), "01101");
  EXPECT_FALSE(connections.EvictOldest());  // those that work stay
  EXPECT_EQ(closes(), "01101");
}

TEST(ConnectionsTest, TicksThoseThatAreDueAndClosesTheIdle) {
  using Phase = Connection::Phase;
  Connections connections;
  const auto now = Connection::Clock::now();
  const auto due = std::make_shared<FakeConnection>(Phase::kUnfinished, now);
  const auto idle = std::make_shared<FakeConnection>(
      Phase::kIdle, now + std::chrono::hours(1));
  const auto handle = connections.Add(due);
  static_cast<void>(connections.Add(idle));
  connections.TickDue();
  EXPECT_EQ(due->ticks, 1);
  EXPECT_EQ(idle->ticks, 0);
  connections.CloseIdle();
  EXPECT_EQ(due->closes, 0);
  EXPECT_EQ(idle->closes, 1);
  connections.Remove(handle);
  EXPECT_EQ(connections.size(), 1u);
  connections.CloseAll();
  EXPECT_EQ(due->closes, 0);
  EXPECT_EQ(idle->closes, 2);
}

TEST(TroubleReportTest, SaysOneLineHoweverMuchHappens) {
  Stats stats;
  std::vector<std::string> lines;
  TroubleReport report(stats,
                       [&lines](const std::string& l) { lines.push_back(l); });
  report.Tick();
  EXPECT_TRUE(lines.empty());
  stats.refused = 3;
  stats.evicted = 1;
  report.Tick();
  for (int i = 0; i < 1'000; ++i) {
    ++stats.refused;
    report.Tick();
  }
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0],
            "since the last report: requests refused: 3, connections evicted: "
            "1");
}

}  // namespace
}  // namespace verifier::server
