// The mix: shares, splits, and that arithmetic alone is as before.

#include "datasets/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "datasets/arithmetic_corpus.h"
#include "datasets/world_corpus.h"

namespace datasets {
namespace {

WorldOptions Mixed() {
  WorldOptions options;
  options.arithmetic.kind_weights = {1, 1, 0, 0, 0, 0, 0};
  options.puzzle_weights = {2, 1, 1, 2, 2};
  return options;
}

WorldOptions PuzzlesOnly() {
  WorldOptions options;
  options.arithmetic.kind_weights.fill(0.0);
  options.puzzle_weights.fill(1.0);
  return options;
}

std::string Text(const Task& task) {
  return task.id + '|' + task.kind + '|' + task.language + '|' + task.question +
         '|' + task.gold + '|' + task.template_name + '|' +
         boost::json::serialize(task.checks);
}

TEST(WorldTasks, WithoutPuzzlesAreThoseOfArithmetic) {
  for (const Split split : {Split::kTrain, Split::kHeldOut}) {
    WorldOptions options;
    options.arithmetic.seed = 42;
    options.arithmetic.split = split;
    options.arithmetic.language_weight = 0.5;
    ArithmeticTasks arithmetic(options.arithmetic);
    WorldTasks world(options);
    for (int i = 0; i < 1000; ++i) {
      ASSERT_EQ(Text(world.Next()), Text(arithmetic.Next()));
    }
  }
}

TEST(WorldCorpus, WithoutPuzzlesIsThatOfArithmetic) {
  WorldOptions options;
  options.arithmetic.seed = 42;
  for (const CorpusOptions& noise : {CorpusOptions{}, ColdStartOptions()}) {
    ArithmeticCorpus arithmetic(options.arithmetic, noise);
    WorldCorpus world(options, noise);
    for (int i = 0; i < 1000; ++i) {
      const Document one = world.Next();
      const Document two = arithmetic.Next();
      ASSERT_EQ(one.prompt, two.prompt);
      ASSERT_EQ(one.completion, two.completion);
    }
  }
}

TEST(WorldTasks, KindsHaveTheirShares) {
  WorldOptions options = Mixed();
  options.arithmetic.chinese_fraction = 0.25;
  WorldTasks tasks(options);
  std::map<std::string, double> shares;
  std::map<std::string, double> chinese;
  constexpr int kTasks = 40'000;
  for (int i = 0; i < kTasks; ++i) {
    const Task task = tasks.Next();
    shares[task.kind] += 1.0 / kTasks;
    chinese[task.kind] += task.language == "zh" ? 1.0 / kTasks : 0;
  }
  const std::map<std::string, double> want = {
      {"add2", 0.1},   {"sub2", 0.1},    {"count", 0.2},    {"cipher", 0.1},
      {"choice", 0.1}, {"program", 0.2}, {"countdown", 0.2}};
  EXPECT_EQ(shares.size(), want.size());
  for (const auto& [kind, share] : want) {
    EXPECT_NEAR(shares[kind], share, 0.01) << kind;
    EXPECT_NEAR(chinese[kind] / shares[kind], 0.25, 0.03) << kind;
  }
}

TEST(WorldTasks, PuzzlesAloneNeedNoArithmetic) {
  WorldTasks tasks(PuzzlesOnly());
  std::set<std::string> kinds;
  for (int i = 0; i < 1000; ++i) kinds.insert(tasks.Next().kind);
  EXPECT_EQ(kinds, (std::set<std::string>{"count", "cipher", "choice",
                                          "program", "countdown"}));
}

TEST(WorldTasks, SplitsNeverShareAQuestion) {
  std::set<std::string> seen[2];
  std::set<std::string> ids[2];
  for (const Split split : {Split::kTrain, Split::kHeldOut}) {
    WorldOptions options = Mixed();
    options.arithmetic.split = split;
    WorldTasks tasks(options);
    for (int i = 0; i < 20'000; ++i) {
      const Task task = tasks.Next();
      seen[static_cast<std::size_t>(split)].insert(task.question);
      ids[static_cast<std::size_t>(split)].insert(task.id);
    }
  }
  for (const auto* both : {seen, ids}) {
    std::vector<std::string> shared;
    std::set_intersection(both[0].begin(), both[0].end(), both[1].begin(),
                          both[1].end(), std::back_inserter(shared));
    EXPECT_THAT(shared, testing::IsEmpty());
  }
  EXPECT_EQ(ids[0].size(), 20'000U);
}

TEST(WorldTasks, ChecksGoIntoTheRequest) {
  WorldOptions options;
  options.arithmetic.accuracy_weight = 2.0;
  options.arithmetic.language_weight = 0.5;
  const Task task = WorldTasks(options).MakeTask(
      PuzzleProblem{Language::kChinese, 0, CipherPuzzle{"YAZ", 2}}, 9);
  EXPECT_EQ(Text(task),
            "train-1-9|cipher|zh|把YAZ移2位|ACB|r1|"
            R"([{"checker":"text","weight":2E0,"gold":"ACB"},)"
            R"({"checker":"format","weight":1E0,"template":"r1"},)"
            R"({"checker":"language","weight":5E-1,"target":"zh"}])");
}

TEST(WorldTasks, TheFirstFiveOfASeed) {
  WorldOptions options = PuzzlesOnly();
  options.arithmetic.seed = 42;
  WorldTasks tasks(options);
  std::vector<std::string> first;
  for (int i = 0; i < 5; ++i) {
    const Task task = tasks.Next();
    first.push_back(task.id + '|' + task.kind + '|' + task.language + '|' +
                    task.question + '|' + task.gold);
  }
  EXPECT_THAT(first,
              testing::ElementsAre(
                  "train-42-0|count|zh|数出GGYR里的R|1",
                  "train-42-1|program|zh|写一行Python输出70-82|-12\n",
                  "train-42-2|cipher|zh|用移位3加密RHH|UKK",
                  "train-42-3|cipher|en|Move each letter of DWOQ on by 3|GZRT",
                  "train-42-4|countdown|en|With + and - make 84 from 88 6 10|"
                  "88+6-10"));
}

TEST(WorldTasks, WeightsThatMeanNothingAreRefused) {
  WorldOptions options;
  options.arithmetic.kind_weights.fill(0.0);
  EXPECT_THROW(WorldTasks{options}, std::invalid_argument);
  for (const double bad : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    options = Mixed();
    options.puzzle_weights = {bad, 2.0, 0.0, 0.0, 0.0};
    EXPECT_THROW(WorldTasks{options}, std::invalid_argument);
    options = Mixed();
    options.arithmetic.kind_weights = {bad, 2.0};
    EXPECT_THROW(WorldTasks{options}, std::invalid_argument);
  }
}

TEST(WorldCorpus, TheSameDocumentsForASeed) {
  WorldOptions options = PuzzlesOnly();
  options.arithmetic.seed = 42;
  WorldCorpus corpus(options,
                     ColdStartOptions(PromptStyle::kChat, ResponseForm::kR1));
  std::vector<std::string> first;
  for (int i = 0; i < 5; ++i) first.push_back(corpus.Next().completion);
  EXPECT_THAT(first,
              testing::ElementsAre(
                  "<think>\n所以\n</think>\n\n答案是\\boxed{2}。",
                  "<think>\n所以\n</think>\n\n```python\nprint(70-82)\n```",
                  "<think>\n所以\n</think>\n\n答案是\\boxed{ULK}。",
                  "<think>\nso\n</think>\n\nThe answer is \\boxed{GZRT}.",
                  "<think>\ntry 88+6+10=104 88+6-10=84 so\n</think>\n\n"
                  "The answer is \\boxed{88+6-10}."));
}

TEST(WorldCorpus, ATaggedFormMustHaveTags) {
  CorpusOptions options;
  options.tagged_form = ResponseForm::kPlain;
  EXPECT_THROW(WorldCorpus({}, options), std::invalid_argument);
}

}  // namespace
}  // namespace datasets
