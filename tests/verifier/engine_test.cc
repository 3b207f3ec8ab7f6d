#include "verifier/engine/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/verifier/engine_fixture.h"
#include "verifier/engine/judge_item.h"

namespace verifier::engine {
namespace {

TEST_F(EngineTest, ScoreAllKeepsTheOrderWhateverTheBatches) {
  Engine engine(registry_, Options(3, 2, 7));  // less room than items
  std::vector<Item> items;
  for (int i = 0; i < 100; ++i) {
    const std::string response = i % 2 == 0 ? "42" : "41";
    items.push_back(MakeItem("q" + std::to_string(i),
                             i % 5 == 0 ? "program" : "equals", {}, response));
    if (i % 5 != 0) items.back().checks[0].params = {{"gold", "42"}};
  }
  const auto results = ScoreAll(engine, std::move(items));
  ASSERT_EQ(results.size(), 100u);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(results[i].id, "q" + std::to_string(i));
    EXPECT_EQ(results[i].reward, i % 2 == 0 || i % 5 == 0 ? 1.0 : 0.0);
  }
  EXPECT_EQ(engine.stats().items, 100u);
  EXPECT_TRUE(ScoreAll(engine, {}).empty());
}

TEST_F(EngineTest, EveryItemIsAnsweredExactlyOnce) {
  {
    Engine engine(registry_, Options(4));
    for (int batch = 0; batch < 20; ++batch) {
      std::vector<Item> items;
      for (int i = 0; i < 50; ++i) items.push_back(Right("a"));
      const auto base = static_cast<std::size_t>(batch) * 50;
      const auto receive = results_.Receiver();
      ASSERT_NE(engine.Submit(std::move(items),
                              [receive, base](std::size_t i, ScoreResult r) {
                                receive(base + i, std::move(r));
                              }),
                nullptr);
    }
    results_.Await(1'000);
  }
  EXPECT_EQ(results_.size(), 1'000u);
  EXPECT_TRUE(results_.each_once());
}

// A registry without checkers: an item that meets it is invalid.
std::shared_ptr<const rewards::Registry> EmptyRegistry() {
  return std::make_shared<const rewards::Registry>(
      std::vector<std::unique_ptr<const rewards::Checker>>());
}

TEST_F(EngineTest, ABatchKeepsTheRegistryThatItWasSubmittedWith) {
  Engine engine(registry_, Options(1));
  std::vector<Item> items;
  items.push_back(MakeItem("first", "gate"));
  for (int i = 0; i < 50; ++i) items.push_back(Right("a"));
  ASSERT_NE(engine.Submit(std::move(items), results_.Receiver()), nullptr);
  gate_->AwaitArrivals(1);
  const std::weak_ptr<const rewards::Registry> old = registry_;
  registry_.reset();
  engine.Replace(EmptyRegistry(), 100'000);
  EXPECT_FALSE(old.expired()) << "a batch still needs it";
  Results later;
  std::vector<Item> one;
  one.push_back(Right("later"));
  ASSERT_NE(engine.Submit(std::move(one), later.Receiver()), nullptr);
  gate_->Open();
  results_.Await(51);
  later.Await(1);
  for (std::size_t i = 0; i < 51; ++i) EXPECT_EQ(results_.at(i).reward, 1.0);
  EXPECT_EQ(later.at(0).status, Status::kInvalid);
  while (!old.expired()) {  // soon: nobody needs it
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST_F(EngineTest, ABatchMayBringItsRegistry) {
  Engine engine(EmptyRegistry(), Options(1));
  std::vector<Item> items;
  items.push_back(Right("a"));
  ASSERT_NE(engine.Submit(std::move(items), results_.Receiver(), 0, registry_),
            nullptr);
  results_.Await(1);
  EXPECT_EQ(results_.at(0).reward, 1.0);
}

TEST_F(EngineTest, TheRoomOfTheQueueCanChange) {
  Engine engine(registry_, Options(1, 1, 2));
  const auto submit = [&](std::size_t count) {
    std::vector<Item> items;
    for (std::size_t i = 0; i < count; ++i) {
      items.push_back(MakeItem("a", "gate"));
    }
    return engine.Submit(std::move(items), results_.Receiver()) != nullptr;
  };
  EXPECT_FALSE(submit(3));
  engine.Replace(registry_, 3);
  EXPECT_TRUE(submit(3));
  engine.Replace(registry_, 1);
  EXPECT_FALSE(submit(1)) << "three still wait or run";
  gate_->Open();
  results_.Await(3);
  while (!submit(1)) {  // the last place comes back just after its result
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST_F(EngineTest, ReplacedAgainAndAgainUnderLoad) {
  Engine engine(registry_, Options(2));
  std::atomic<bool> stop = false;
  std::thread replacer([&] {
    while (!stop) engine.Replace(testing::TestRegistry(gate_), 100'000);
  });
  for (int batch = 0; batch < 200; ++batch) {
    std::vector<Item> items;
    for (int i = 0; i < 20; ++i) items.push_back(Right("a"));
    for (const ScoreResult& result : ScoreAll(engine, std::move(items))) {
      ASSERT_EQ(result.reward, 1.0);
    }
  }
  stop = true;
  replacer.join();
}

TEST_F(EngineTest, ExceptionIsAZeroOnlyWhereTheAnswerProvokedIt) {
  Engine engine(registry_, Options(1));
  const auto results = ScoreAll(
      engine, {MakeItem("a", "throws", {{"when", "answer"}}),
               MakeItem("b", "throws", {{"when", "judge"}}),
               MakeItem("c", "throws", {{"when", "prepare"}}), Right("d"),
               MakeItem("e", "throws", {{"when", "number"}})});
  EXPECT_EQ(results[0].status, Status::kOk);
  EXPECT_EQ(results[0].reward, 0.0);
  EXPECT_EQ(results[0].checks.at(0).outcome, "wrong");
  for (const std::size_t i : {1u, 2u}) {
    EXPECT_EQ(results[i].status, Status::kNotJudged);
    EXPECT_EQ(results[i].reward, std::nullopt);
  }
  EXPECT_EQ(results[3].reward, 1.0);
  EXPECT_EQ(results[4].reward, 0.0);
  EXPECT_EQ(engine.stats().not_judged, 2u);
}

TEST_F(EngineTest, LongResponseIsUnreadableAndEarnsZero) {
  Item item = MakeItem("a", "equals", {{"gold", ""}}, "");
  item.too_long = "over limit.response_bytes";
  const ScoreResult result = JudgeItem(*registry_, item);
  EXPECT_EQ(result.status, Status::kOk);
  EXPECT_EQ(result.reward, 0.0);
  EXPECT_EQ(result.checks.at(0).outcome, "unreadable");
}

TEST_F(EngineTest, InvalidItemsNameTheirField) {
  Item unread = Right("a");
  unread.error.emplace("/prompt", "too long");
  Item bad_template = Right("b");
  bad_template.template_name = "r9";
  Item second = Right("c");
  second.checks.push_back(MakeItem("", "equals", {{"gold", 1}}).checks[0]);
  const std::vector<std::pair<Item, std::string>> rows = {
      {unread, "/prompt"},
      {bad_template, "/template"},
      {second, "/checks/1/gold"},
      {MakeItem("d", "nonsense"), "/checks/0/checker"},
  };
  for (const auto& [item, pointer] : rows) {
    const ScoreResult result = JudgeItem(*registry_, item);
    EXPECT_EQ(result.status, Status::kInvalid);
    EXPECT_EQ(result.reward, std::nullopt);
    EXPECT_TRUE(result.checks.empty());
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->pointer, pointer);
  }
}

TEST_F(EngineTest, WeightsCountAndTheDeadlineEndsLaterChecks) {
  Item item = Right("a");
  item.checks[0].weight = -0.5;
  item.checks.push_back(MakeItem("", "sleep", {{"ms", 600'000}}).checks[0]);
  item.checks.push_back(Right("").checks[0]);
  item.checks[2].weight = 8;
  item.deadline = std::chrono::milliseconds(30);
  const ScoreResult result = JudgeItem(*registry_, item);
  ASSERT_EQ(result.checks.size(), 3u);
  EXPECT_EQ(result.checks[2].outcome, "timeout");
  EXPECT_EQ(result.reward, 0.5);  // -0.5 + 1 + 8 x 0
  EXPECT_GE(result.exec_us, 30'000);
}

TEST_F(EngineTest, QueueBoundIsExactAndComesBack) {
  Engine engine(registry_, Options(1, 1, 10));
  const auto gates = [](int count) {
    std::vector<Item> items;
    for (int i = 0; i < count; ++i) items.push_back(MakeItem("g", "gate"));
    return items;
  };
  std::vector<Item> eleven = gates(11);
  EXPECT_EQ(engine.Submit(std::move(eleven), results_.Receiver()), nullptr);
  EXPECT_EQ(eleven.size(), 11u);  // as it was
  ASSERT_NE(engine.Submit(gates(6), results_.Receiver()), nullptr);
  gate_->AwaitArrivals(1);
  EXPECT_EQ(engine.Submit(gates(5), results_.Receiver()), nullptr);
  EXPECT_NE(engine.Submit(gates(4), results_.Receiver()), nullptr);
  EXPECT_EQ(engine.Submit(gates(1), results_.Receiver()), nullptr);
  EXPECT_NE(engine.Submit({}, results_.Receiver()), nullptr);
  EXPECT_EQ(engine.stats().waiting, 9u);
  EXPECT_EQ(engine.stats().running, 1u);
  gate_->Open();
  results_.Await(10);
  EXPECT_NE(engine.Submit(gates(10), results_.Receiver()), nullptr);
  results_.Await(20);
  EXPECT_EQ(results_.size(), 20u);
}

TEST_F(EngineTest, CancelAnswersWhatWaitsAsCancelled) {
  Engine engine(registry_, Options(1));
  std::vector<Item> items = {MakeItem("g", "gate")};
  for (int i = 0; i < 50; ++i) items.push_back(Right("w"));
  const auto batch = engine.Submit(std::move(items), results_.Receiver());
  gate_->AwaitArrivals(1);
  Results other;
  ASSERT_NE(engine.Submit({Right("o")}, other.Receiver()), nullptr);
  engine.Cancel(batch);
  gate_->Open();
  results_.Await(51);
  other.Await(1);
  EXPECT_EQ(results_.at(0).status, Status::kOk);  // it ran already
  for (std::size_t i = 1; i <= 50; ++i) {
    EXPECT_EQ(results_.at(i).status, Status::kCancelled);
    EXPECT_EQ(results_.at(i).reward, std::nullopt);
    EXPECT_EQ(results_.at(i).id, "w");
  }
  EXPECT_EQ(other.at(0).reward, 1.0);
  EXPECT_TRUE(results_.each_once());
  engine.Cancel(nullptr);
}

TEST_F(EngineTest, DestructionAnswersEverything) {
  {
    Engine engine(registry_, Options(2));
    std::vector<Item> items = {MakeItem("g", "gate"), MakeItem("g", "gate")};
    for (int i = 0; i < 100; ++i) items.push_back(Right("w"));
    ASSERT_NE(engine.Submit(std::move(items), results_.Receiver()), nullptr);
    gate_->AwaitArrivals(2);
    std::thread opener([this] {
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
      gate_->Open();
    });
    opener.detach();
  }
  EXPECT_EQ(results_.size(), 102u);
  EXPECT_TRUE(results_.each_once());
}

TEST_F(EngineTest, ManyThreadsMaySubmitAndCancel) {
  Engine engine(registry_, Options(2, 1, 500));
  std::atomic<std::size_t> taken = 0;
  std::atomic<std::size_t> answered = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&engine, &taken, &answered] {
      for (int i = 0; i < 200; ++i) {
        std::vector<Item> items = {Right("a"), MakeItem("b", "program")};
        const auto batch = engine.Submit(
            std::move(items),
            [&answered](std::size_t, ScoreResult) { ++answered; });
        if (batch != nullptr) taken += 2;
        if (i % 3 == 0) engine.Cancel(batch);
        static_cast<void>(engine.stats());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  while (answered < taken) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(answered, taken);
  EXPECT_EQ(engine.stats().items, taken);
}

}  // namespace
}  // namespace verifier::engine
