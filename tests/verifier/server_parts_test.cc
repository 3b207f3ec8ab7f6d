// The small parts of the server: problems, routes, the byte budget, the table
// of connections, the report of troubles.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/server/byte_budget.h"
#include "verifier/server/connections.h"
#include "verifier/server/http_tally.h"
#include "verifier/server/problem.h"
#include "verifier/server/request_id.h"
#include "verifier/server/routes.h"
#include "verifier/server/trouble_report.h"

namespace verifier::server {
namespace {

TEST(ProblemTest, NamesThePlaceOnlyWhereTheBodyIsAtFault) {
  Problem head(400, "no Host");
  EXPECT_EQ(ProblemText(head),
            R"({"type":"/problems/malformed-request",)"
            R"("title":"The request is not well-formed HTTP","status":400,)"
            R"("detail":"no Host"})");
  Problem body(protocol::RequestError(400, "/a\"\n\x1b%/é", "duplicate key"));
  body.instance = "/v1/score";
  EXPECT_EQ(ProblemText(body),
            R"({"type":"/problems/invalid-request",)"
            R"("title":"The request has invalid fields","status":400,)"
            R"("detail":"duplicate key","instance":"/v1/score","errors":[)"
            R"({"pointer":"#/a%22%0A%1B%25/%C3%A9",)"
            R"("detail":"duplicate key"}]})");
}

TEST(ProblemTest, EveryStatusHasATypeAndEverySlugIsFound) {
  std::set<std::string_view> slugs;
  for (const ProblemType& type : ProblemTypes()) {
    EXPECT_TRUE(slugs.insert(type.slug).second) << type.slug;
    EXPECT_EQ(FindProblemType(type.slug), &type);
    EXPECT_EQ(UsualProblemType(type.status).status, type.status);
    EXPECT_FALSE(type.title.empty());
    EXPECT_FALSE(type.help.empty());
    EXPECT_EQ(&ProblemTypes()[IndexOf(type)], &type);
  }
  EXPECT_EQ(FindProblemType("nothing"), nullptr);
  EXPECT_EQ(UsualProblemType(599).slug, "internal-error");
  EXPECT_EQ(Overloaded("bodies-full", "").type->slug, "bodies-full");
}

TEST(RequestIdTest, EchoesWhatIsHarmlessAndMakesOneElse) {
  for (const std::string& good :
       {std::string("a"), std::string("A.b_c:d-9"), std::string(128, 'x')}) {
    EXPECT_EQ(RequestId(good), good);
  }
  std::set<std::string> made;
  for (const std::string& bad :
       {std::string(), std::string(129, 'x'), std::string("a b"),
        std::string("a\r\nX: y"), std::string("\x1b"), std::string("é"),
        std::string("<script>"), std::string("\"")}) {
    const std::string id = RequestId(bad);
    EXPECT_TRUE(made.insert(id).second);
    ASSERT_EQ(id.size(), 36u);  // xxxxxxxx-xxxx-7xxx-[89ab]xxx-xxxxxxxxxxxx
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos);
    EXPECT_EQ(id[14], '7');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
    for (const std::size_t dash : {8u, 13u, 18u, 23u}) EXPECT_EQ(id[dash], '-');
  }
}

TEST(HttpTallyTest, CountsByRouteAndStatusAndLosesNothing) {
  HttpTally tally;
  const RouteInfo* const score = Routes().data();
  tally.Add(score, 200, 5);
  tally.Add(score, 299, 5);  // none of ours: the last
  tally.Add(nullptr, 404, 5);
  const auto& of_score = tally.routes().front();
  EXPECT_EQ(of_score.statuses.front(), 1u);
  EXPECT_EQ(of_score.statuses.back(), 1u);
  EXPECT_EQ(of_score.elapsed.Read().counts[0], 2u);
  EXPECT_EQ(tally.routes().back().statuses[2], 1u);
  tally.Refuse(*FindProblemType("queue-full"));
  EXPECT_EQ(tally.refusals()[IndexOf(*FindProblemType("queue-full"))], 1u);
}

TEST(HttpTallyTest, KnowsTheStatusOfEveryProblem) {
  for (const ProblemType& type : ProblemTypes()) {
    EXPECT_NE(std::find(HttpTally::kStatuses.begin(),
                        HttpTally::kStatuses.end(), type.status),
              HttpTally::kStatuses.end())
        << type.status;
  }
}

TEST(ProblemTest, OverloadedAsksToComeBackAtDifferentTimes) {
  std::vector<int> seen(5, 0);
  for (int i = 0; i < 200; ++i) {
    const int delay = Overloaded("queue-full", "full").retry_after_s;
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
