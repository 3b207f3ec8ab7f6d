// What an engine counts: nothing is lost, and no name is unbounded.

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "rewards/params.h"
#include "tests/verifier/test_checkers.h"
#include "verifier/engine/engine.h"

namespace verifier::engine {
namespace {

std::uint64_t Total(const Histogram& histogram) {
  const auto counts = histogram.Read().counts;
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

TEST(HistogramTest, ABucketHoldsItsBoundAndNotOneMore) {
  Histogram histogram;
  for (const std::int64_t most : Histogram::kMostUs) {
    histogram.Add(most);
    histogram.Add(most + 1);
  }
  histogram.Add(0);
  const Histogram::Reading reading = histogram.Read();
  EXPECT_EQ(reading.counts.front(), 2u);  // 0 and 10
  for (std::size_t i = 1; i < Histogram::kMostUs.size(); ++i) {
    EXPECT_EQ(reading.counts[i], 2u) << Histogram::kMostUs[i];
  }
  EXPECT_EQ(reading.counts.back(), 1u);
  EXPECT_EQ(reading.sum_us,
            2 * std::accumulate(Histogram::kMostUs.begin(),
                                Histogram::kMostUs.end(), std::int64_t{0}) +
                static_cast<std::int64_t>(Histogram::kMostUs.size()));
}

std::uint64_t CountOf(const Tally& tally, std::string_view checker,
                      std::string_view outcome) {
  for (std::size_t i = 0; i < tally.size(); ++i) {
    if (tally.checker(i).name != checker) continue;
    for (std::size_t o = 0; o < Tally::kOutcomes.size(); ++o) {
      if (Tally::kOutcomes[o] == outcome) return tally.checker(i).outcomes[o];
    }
  }
  ADD_FAILURE() << checker << " " << outcome << " is not counted";
  return 0;
}

std::uint64_t ReasonOf(const Tally& tally, std::string_view checker,
                       std::string_view reason) {
  for (std::size_t i = 0; i < tally.size(); ++i) {
    if (tally.checker(i).name != checker) continue;
    for (std::size_t r = 0; r < Tally::kReasons.size(); ++r) {
      if (Tally::kReasons[r] == reason) return tally.checker(i).not_judged[r];
    }
  }
  ADD_FAILURE() << checker << " " << reason << " is not counted";
  return 0;
}

protocol::Item Item(const std::string& response, const std::string& checker,
                    boost::json::object params) {
  protocol::Item item;
  item.id = "a";
  item.response = response;
  item.checks.push_back({checker, 1.0, std::move(params)});
  return item;
}

TEST(TallyTest, EveryCheckIsCountedOnceByWhatBecameOfIt) {
  Engine engine(testing::TestRegistry(), {.workers = 2, .slots = 1});
  std::vector<protocol::Item> items;
  for (int i = 0; i < 100; ++i) {
    items.push_back(Item(i % 4 == 0 ? "1" : "2", "equals", {{"gold", "1"}}));
  }
  items.push_back(Item("x", "throws", {{"when", "judge"}}));    // ours
  items.push_back(Item("x", "throws", {{"when", "answer"}}));   // the answer's
  items.push_back(Item("x", "throws", {{"when", "prepare"}}));  // ours
  items.push_back(Item("x", "nobody", {}));                     // invalid
  items.push_back(Item("x", "program", {{"ms", 0}}));
  static_cast<void>(ScoreAll(engine, std::move(items)));
  const Tally& tally = engine.tally();
  EXPECT_EQ(CountOf(tally, "equals", "correct"), 25u);
  EXPECT_EQ(CountOf(tally, "equals", "wrong"), 75u);
  EXPECT_EQ(CountOf(tally, "throws", "not_judged"), 2u);
  EXPECT_EQ(CountOf(tally, "throws", "wrong"), 1u);
  EXPECT_EQ(ReasonOf(tally, "throws", "checker_failed"), 1u);
  EXPECT_EQ(ReasonOf(tally, "throws", "engine_failed"), 1u);
  EXPECT_EQ(CountOf(tally, "program", "correct"), 1u);
  EXPECT_EQ(CountOf(tally, "gate", "correct"), 0u);  // known from the start
  EXPECT_EQ(tally.items(0), 102u);                   // ok
  EXPECT_EQ(tally.items(1), 2u);                     // not_judged
  EXPECT_EQ(tally.items(2), 1u);                     // invalid
  EXPECT_EQ(tally.items(3), 0u);                     // cancelled
  EXPECT_EQ(Total(tally.queue_wait()), 105u);
  EXPECT_EQ(Total(tally.checker(0).elapsed), 100u);
}

TEST(TallyTest, ReasonsComeFromTheListWhateverACheckerSays) {
  const auto registry = testing::TestRegistry();
  Tally tally;
  tally.Know(*registry);
  for (const auto& [said, counted] :
       std::vector<std::pair<std::string, std::string>>{
           {"this process has no jail", "no_jail"},
           {"the program could not be run", "program_not_run"},
           {"the checker failed", "checker_failed"},
           {"the plugin ended: signal 9", "plugin_failed"},
           {"the server gave no answer in time", "server_failed"},
           {"the judge took no connection", "server_failed"},
           {"a text of its own, 12:34", "other"},
           {"", "other"}}) {
    protocol::CheckResult check;
    check.checker = "equals";
    check.detail["reason"] = said;
    const std::uint64_t before = ReasonOf(tally, "equals", counted);
    tally.Add({}, {.id = {}, .checks = {check}});
    EXPECT_EQ(ReasonOf(tally, "equals", counted), before + 1) << said;
  }
  EXPECT_EQ(CountOf(tally, "equals", "not_judged"), 8u);
}

class NamedChecker final : public rewards::Checker {
 public:
  explicit NamedChecker(std::string name) : name_(std::move(name)) {}
  std::string_view name() const noexcept override { return name_; }
  std::string_view version() const noexcept override { return "1"; }
  std::string_view summary() const noexcept override { return "For a test."; }
  boost::json::object schema() const override { return {}; }
  rewards::ParamResult<std::unique_ptr<const rewards::Check>> Prepare(
      const boost::json::object&) const override {
    return rewards::ParamError("", "never");
  }

 private:
  std::string name_;
};

Registry Named(int from, int to) {
  std::vector<std::unique_ptr<const rewards::Checker>> checkers;
  for (int i = from; i < to; ++i) {
    checkers.push_back(std::make_unique<NamedChecker>("c" + std::to_string(i)));
  }
  return Registry(std::move(checkers));
}

void AddOne(Tally& tally, const std::string& name) {
  protocol::CheckResult check;
  check.checker = name;
  check.outcome = "wrong";
  check.score = 0.0;
  tally.Add({}, {.status = protocol::Status::kOk, .checks = {check}});
}

TEST(TallyTest, NamesAreBoundedAndNoneIsForgotten) {
  Tally tally;
  tally.Know(Named(0, 10));
  AddOne(tally, "c3");
  tally.Know(Named(5, 20));  // another registry, after a reload
  EXPECT_EQ(tally.size(), 20u);
  EXPECT_EQ(CountOf(tally, "c3", "wrong"), 1u);
  AddOne(tally, "nobody");  // no checker of ours: not counted
  tally.Know(Named(20, 31));
  EXPECT_EQ(tally.size(), 31u);
  tally.Know(Named(31, 1'000));
  EXPECT_EQ(tally.size(), Tally::kMostCheckers + 1);
  AddOne(tally, "c30");
  AddOne(tally, "c31");
  AddOne(tally, "c999");
  EXPECT_EQ(CountOf(tally, "c30", "wrong"), 1u);
  EXPECT_EQ(CountOf(tally, "other", "wrong"), 2u);
}

TEST(TallyTest, ManyThreadsLoseNothingWhileNamesAreAdded) {
  constexpr int kEach = 5'000;
  Tally tally;
  tally.Know(Named(0, 2));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&tally, t] {
      for (int i = 0; i < kEach; ++i) AddOne(tally, t % 2 == 0 ? "c0" : "c1");
    });
  }
  for (int i = 2; i < 30; ++i) tally.Know(Named(i, i + 1));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(CountOf(tally, "c0", "wrong"), 2u * kEach);
  EXPECT_EQ(CountOf(tally, "c1", "wrong"), 2u * kEach);
  EXPECT_EQ(Total(tally.queue_wait()), 4u * kEach);
}

}  // namespace
}  // namespace verifier::engine
