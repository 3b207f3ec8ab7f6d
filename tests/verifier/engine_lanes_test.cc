// Tests verifier/engine: whose turn it is, and who waits for whom.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/verifier/engine_fixture.h"
#include "verifier/engine/judge_item.h"

namespace verifier::engine {
namespace {

TEST_F(EngineTest, BatchesTakeTurns) {
  Engine engine(registry_, Options(1));
  std::vector<Item> large = {MakeItem("large", "gate")};
  for (int i = 0; i < 100; ++i) large.push_back(Right("large"));
  ASSERT_NE(engine.Submit(std::move(large), results_.Receiver()), nullptr);
  gate_->AwaitArrivals(1);
  ASSERT_NE(
      engine.Submit({Right("small"), Right("small")}, results_.Receiver()),
      nullptr);
  gate_->Open();
  results_.Await(103);
  const auto order = results_.order();
  std::size_t last_small = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] == "small") last_small = i;
  }
  EXPECT_LE(last_small, 5u);
}

TEST_F(EngineTest, ProgramsNeverStandInTheWayOfQuickChecks) {
  Engine engine(registry_, Options(1, 1));
  Item program = MakeItem("p", "program", {{"ms", 600'000}});
  program.deadline = std::chrono::milliseconds(300);
  std::vector<Item> programs(2, program);
  ASSERT_NE(engine.Submit(std::move(programs), results_.Receiver()), nullptr);
  ASSERT_NE(engine.Submit({Right("quick")}, results_.Receiver()), nullptr);
  results_.Await(3);
  EXPECT_EQ(results_.order()[0], "quick");
}

// An item with these checks, in this order.
Item WithChecks(const std::string& id, const std::vector<std::string>& checkers,
                const boost::json::object& params = {}) {
  Item item = MakeItem(id, checkers.front(), params);
  for (std::size_t i = 1; i < checkers.size(); ++i) {
    item.checks.push_back(MakeItem("", checkers[i], params).checks[0]);
  }
  return item;
}

TEST_F(EngineTest, ACheckerWithThreadsOfItsOwnHoldsUpNothingElse) {
  Engine engine(registry_, Options(1, 1));
  std::vector<Item> stuck(3, MakeItem("stuck", "own_gate"));
  ASSERT_NE(engine.Submit(std::move(stuck), results_.Receiver()), nullptr);
  gate_->AwaitArrivals(1);
  Results others;
  ASSERT_NE(engine.Submit({Right("quick"), MakeItem("program", "program"),
                           MakeItem("own", "own"),
                           WithChecks("two", {"own", "other_own"})},
                          others.Receiver()),
            nullptr);
  others.Await(4);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(others.at(i).status, Status::kOk);
  }
  EXPECT_EQ(results_.size(), 0u);
  EXPECT_EQ(engine.stats().running, 1u);
  EXPECT_EQ(engine.stats().waiting, 2u);
  gate_->Open();
  results_.Await(3);
}

TEST_F(EngineTest, AnItemGoesFromLaneToLaneAndKeepsItsOrder) {
  Engine engine(registry_, Options(2, 2));
  std::vector<Item> items;
  for (int i = 0; i < 200; ++i) {
    items.push_back(WithChecks("q" + std::to_string(i),
                               {"sleep", "own", "program", "other_own"}));
  }
  const auto results = ScoreAll(engine, std::move(items));
  ASSERT_EQ(results.size(), 200u);
  for (const ScoreResult& result : results) {
    EXPECT_EQ(result.reward, 4.0);
    std::vector<std::string> names;
    for (const auto& check : result.checks) names.push_back(check.checker);
    EXPECT_EQ(names, (std::vector<std::string>{"sleep", "own", "program",
                                               "other_own"}));
  }
  EXPECT_EQ(engine.stats().items, 200u);
  EXPECT_EQ(engine.stats().waiting, 0u);
  // A worker still counts as running while it hands over the last result.
  while (engine.stats().running != 0) std::this_thread::yield();
}

TEST_F(EngineTest, WaitingForALaneTakesNoneOfTheDeadline) {
  Engine engine(registry_, Options(1, 1));
  ASSERT_NE(engine.Submit({MakeItem("stuck", "own_gate")}, results_.Receiver()),
            nullptr);
  gate_->AwaitArrivals(1);
  Item item = WithChecks("a", {"sleep", "own_gate"});
  item.deadline = std::chrono::milliseconds(100);
  Results later;
  ASSERT_NE(engine.Submit({std::move(item)}, later.Receiver()), nullptr);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  gate_->Open();
  later.Await(1);
  EXPECT_EQ(later.at(0).reward, 2.0);
  EXPECT_GE(later.at(0).queue_us, 90'000);
}

TEST_F(EngineTest, ACheckThatIsNotJudgedTakesNoneOfTheDeadline) {
  Item item = WithChecks("a", {"fails", "sleep"}, {{"ms", 60}});
  item.deadline = std::chrono::milliseconds(100);
  const ScoreResult result = JudgeItem(*registry_, item);
  EXPECT_EQ(result.checks.at(0).outcome, "not_judged");
  EXPECT_EQ(result.checks.at(1).outcome, "correct");
}

TEST_F(EngineTest, BatchesTakeTurnsInEveryLane) {
  Engine engine(registry_, Options(1));
  std::vector<Item> large = {MakeItem("large", "own_gate")};
  for (int i = 0; i < 100; ++i) {
    large.push_back(WithChecks("large", {"sleep", "own_gate"}));
  }
  ASSERT_NE(engine.Submit(std::move(large), results_.Receiver()), nullptr);
  gate_->AwaitArrivals(1);
  // Taking turns with these, the others have come to the gate's lane by now.
  Results turns;
  ASSERT_NE(engine.Submit(std::vector<Item>(200, Right("t")), turns.Receiver()),
            nullptr);
  turns.Await(200);
  ASSERT_NE(engine.Submit({MakeItem("small", "own_gate")}, results_.Receiver()),
            nullptr);
  gate_->Open();
  results_.Await(102);
  const auto order = results_.order();
  const auto small = std::find(order.begin(), order.end(), "small");
  EXPECT_LE(small - order.begin(), 6);
}

TEST_F(EngineTest, DestructionAnswersWhatIsBetweenTwoLanes) {
  for (int round = 0; round < 20; ++round) {
    Results results;
    {
      Engine engine(registry_, Options(2, 2));
      std::vector<Item> items(
          50, WithChecks("a", {"equals", "own", "program", "other_own"},
                         {{"gold", "42"}}));
      ASSERT_NE(engine.Submit(std::move(items), results.Receiver()), nullptr);
    }
    EXPECT_EQ(results.size(), 50u);
    EXPECT_TRUE(results.each_once());
  }
}

}  // namespace
}  // namespace verifier::engine
