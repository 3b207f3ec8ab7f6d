// The generator: what it asks, what it holds out, and that it never changes.

#include "datasets/arithmetic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <map>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "datasets/arithmetic_text.h"

namespace datasets {
namespace {

constexpr std::size_t kDraws = 100'000;

ArithmeticOptions Options(Split split, std::uint64_t seed = 1) {
  ArithmeticOptions options;
  options.split = split;
  options.seed = seed;
  return options;
}

std::set<OperandPair> SortedPairs(const ArithmeticProblem& problem) {
  std::set<OperandPair> sorted;
  for (const OperandPair& pair : Pairs(problem)) {
    sorted.insert(std::minmax(pair.first, pair.second));
  }
  return sorted;
}

TEST(ArithmeticTasks, SplitsNeverShareAPair) {
  std::set<OperandPair> seen[2];
  for (const Split split : {Split::kTrain, Split::kHeldOut}) {
    ArithmeticTasks tasks(Options(split));
    for (std::size_t i = 0; i < kDraws; ++i) {
      for (const OperandPair& pair : SortedPairs(tasks.NextProblem())) {
        ASSERT_EQ(IsHeldOut(pair), split == Split::kHeldOut);
        seen[static_cast<std::size_t>(split)].insert(pair);
      }
    }
  }
  std::vector<OperandPair> shared;
  std::set_intersection(seen[0].begin(), seen[0].end(), seen[1].begin(),
                        seen[1].end(), std::back_inserter(shared));
  EXPECT_THAT(shared, testing::IsEmpty());
  EXPECT_GT(seen[0].size(), seen[1].size());
  EXPECT_GT(seen[1].size(), 10'000U);
}

TEST(ArithmeticTasks, PairsNameEveryComputation) {
  ArithmeticProblem problem{.kind = ArithmeticKind::kChain,
                            .a = 47,
                            .b = 85,
                            .c = 19,
                            .second_plus = false};
  EXPECT_EQ(Pairs(problem), (std::vector<OperandPair>{{47, 85}, {132, 19}}));
  problem = {.kind = ArithmeticKind::kEq, .a = 85, .b = 132};
  EXPECT_EQ(Pairs(problem), (std::vector<OperandPair>{{85, 132}, {47, 85}}));
  problem = {.kind = ArithmeticKind::kAdd3, .a = 123, .b = 456};
  EXPECT_EQ(Pairs(problem), (std::vector<OperandPair>{{123, 456}}));
}

TEST(IsHeldOut, AShareOfAllPairsWhateverTheirOrder) {
  std::size_t held_out = 0;
  std::size_t all = 0;
  for (std::int64_t a = 0; a < 1000; ++a) {
    for (std::int64_t b = a; b < 1000; b += 7) {
      ++all;
      held_out += IsHeldOut({a, b}) ? 1 : 0;
      ASSERT_EQ(IsHeldOut({a, b}), IsHeldOut({b, a}));
    }
  }
  EXPECT_NEAR(static_cast<double>(held_out) / static_cast<double>(all),
              kHeldOutShare, 0.01);
}

bool InRange(const ArithmeticProblem& p) {
  const auto between = [](std::int64_t x, std::int64_t low, std::int64_t high) {
    return low <= x && x <= high;
  };
  switch (p.kind) {
    case ArithmeticKind::kAdd2:
      return between(p.a, 10, 99) && between(p.b, 10, 99);
    case ArithmeticKind::kSub2:
      return between(p.a, p.b, 99) && between(p.b, 10, 99);
    case ArithmeticKind::kAdd3:
      return between(p.a, 100, 999) && between(p.b, 100, 999);
    case ArithmeticKind::kSub3:
      return between(p.a, p.b, 999) && between(p.b, 100, 999);
    case ArithmeticKind::kEq:
      return between(p.a, 10, 99) && between(p.b - p.a, 10, 99);
    case ArithmeticKind::kChain:
      return between(p.a, 10, 99) && between(p.b, 10, 99) &&
             between(p.c, 10, 99) && (p.first_plus || p.a >= p.b);
    case ArithmeticKind::kMul:
      return between(p.a, 10, 99) && between(p.b, 2, 9);
  }
  return false;
}

TEST(ArithmeticTasks, OperandsRangesAndFractions) {
  ArithmeticTasks tasks(Options(Split::kTrain, 7));
  std::map<ArithmeticKind, double> kinds;
  std::map<std::size_t, double> phrasings;
  double chinese = 0;
  for (std::size_t i = 0; i < kDraws; ++i) {
    const ArithmeticProblem problem = tasks.NextProblem();
    ASSERT_TRUE(InRange(problem)) << Question(problem);
    ASSERT_GE(Answer(problem), 0) << Question(problem);
    kinds[problem.kind] += 1.0 / kDraws;
    phrasings[problem.phrasing] += 1.0 / kDraws;
    chinese += problem.language == Language::kChinese ? 1.0 / kDraws : 0;
  }
  EXPECT_NEAR(kinds[ArithmeticKind::kAdd2], 1.0 / 6, 0.01);
  EXPECT_NEAR(kinds[ArithmeticKind::kEq], 1.0 / 6, 0.01);
  EXPECT_NEAR(kinds[ArithmeticKind::kChain], 0.5 / 6, 0.01);
  EXPECT_NEAR(kinds[ArithmeticKind::kMul], 0.5 / 6, 0.01);
  EXPECT_EQ(kinds.size(), kArithmeticKinds);
  EXPECT_NEAR(chinese, 0.5, 0.01);
  for (const auto& [phrasing, share] : phrasings) {
    EXPECT_NEAR(share, 1.0 / 3, 0.01) << phrasing;
  }
  EXPECT_EQ(phrasings.size(), kPhrasings);
}

TEST(ArithmeticTasks, EveryKindHasBothSplits) {
  for (std::size_t kind = 0; kind < kArithmeticKinds; ++kind) {
    for (const Split split : {Split::kTrain, Split::kHeldOut}) {
      ArithmeticOptions options = Options(split);
      options.kind_weights.fill(0.0);
      options.kind_weights[kind] = 2.0;
      ArithmeticTasks tasks(options);
      std::set<std::string> questions;
      for (int i = 0; i < 1000; ++i) {
        const Task task = tasks.Next();
        ASSERT_EQ(task.kind, KindName(static_cast<ArithmeticKind>(kind)));
        questions.insert(task.question);
      }
      EXPECT_GT(questions.size(), 200U)
          << KindName(static_cast<ArithmeticKind>(kind));
    }
  }
}

TEST(ArithmeticTasks, LanguageMix) {
  for (const double fraction : {0.0, 1.0}) {
    ArithmeticOptions options;
    options.chinese_fraction = fraction;
    ArithmeticTasks tasks(options);
    for (int i = 0; i < 100; ++i) {
      EXPECT_EQ(tasks.Next().language, fraction == 0.0 ? "en" : "zh");
    }
  }
}

TEST(ArithmeticTasks, TheFirstFiveOfASeed) {
  ArithmeticTasks tasks(Options(Split::kTrain, 42));
  std::vector<std::string> first;
  for (int i = 0; i < 5; ++i) {
    const Task task = tasks.Next();
    first.push_back(task.id + '|' + task.kind + '|' + task.language + '|' +
                    task.question + '|' + task.gold);
  }
  EXPECT_THAT(
      first,
      testing::ElementsAre(
          "train-42-0|add3|en|Tom has 396 apples and gets 681 more. "
          "How many apples does he have?|1077",
          "train-42-1|add2|zh|小明有49个苹果，又买了96个，一共有多少个？|145",
          "train-42-2|sub3|zh|计算344-116|228",
          "train-42-3|eq|en|Which number plus 23 makes 110?|87",
          "train-42-4|eq|en|Which number plus 30 makes 72?|42"));
}

TEST(ArithmeticTasks, SeedsAndSplitsDiffer) {
  const auto questions = [](const ArithmeticOptions& options) {
    ArithmeticTasks tasks(options);
    std::vector<std::string> all;
    for (int i = 0; i < 20; ++i) all.push_back(tasks.Next().question);
    return all;
  };
  const auto one = questions(Options(Split::kTrain, 1));
  EXPECT_EQ(one, questions(Options(Split::kTrain, 1)));
  EXPECT_NE(one, questions(Options(Split::kTrain, 2)));
  EXPECT_NE(one, questions(Options(Split::kHeldOut, 1)));
}

TEST(ArithmeticTasks, ChecksGoIntoTheRequest) {
  ArithmeticOptions options;
  options.language_weight = 0.5;
  options.template_name = "r1-zero";
  const Task task = MakeArithmeticTask({.kind = ArithmeticKind::kSub2,
                                        .language = Language::kChinese,
                                        .a = 85,
                                        .b = 47},
                                       9, options);
  EXPECT_EQ(task.id, "train-1-9");
  EXPECT_EQ(task.template_name, "r1-zero");
  EXPECT_EQ(boost::json::serialize(task.checks),
            R"([{"checker":"math","weight":1E0,"gold":"38"},)"
            R"({"checker":"format","weight":1E0,"template":"r1-zero"},)"
            R"({"checker":"language","weight":5E-1,"target":"zh"}])");
}

TEST(ArithmeticTasks, AWeightOfZeroLeavesTheCheckOut) {
  ArithmeticOptions options;
  options.format_weight = 0.0;
  ArithmeticTasks tasks(options);
  const Task task = tasks.Next();
  ASSERT_EQ(task.checks.size(), 1U);
  EXPECT_EQ(task.checks[0].at("checker"), "math");
}

TEST(ArithmeticTasks, WeightsThatMeanNothingAreRefused) {
  ArithmeticOptions options;
  options.kind_weights.fill(0.0);
  EXPECT_THROW(ArithmeticTasks{options}, std::invalid_argument);
  options.kind_weights[0] = -1.0;
  options.kind_weights[1] = 2.0;
  EXPECT_THROW(ArithmeticTasks{options}, std::invalid_argument);
}

struct Wording {
  const char* name;
  ArithmeticProblem problem;  // of any phrasing
  const char* questions[kPhrasings];
  const char* gold;
};
void PrintTo(const Wording& w, std::ostream* os) { *os << w.name; }

class Wordings : public testing::TestWithParam<Wording> {};

TEST_P(Wordings, AreWhatTheModelSees) {
  ArithmeticProblem problem = GetParam().problem;
  for (std::size_t i = 0; i < kPhrasings; ++i) {
    problem.phrasing = i;
    const Task task = MakeArithmeticTask(problem, 0, {});
    EXPECT_EQ(task.question, GetParam().questions[i]);
    EXPECT_EQ(task.gold, GetParam().gold);
    EXPECT_EQ(task.kind, KindName(problem.kind));
    EXPECT_EQ(task.language, LanguageTag(problem.language));
  }
}

using enum ArithmeticKind;
constexpr auto kEn = Language::kEnglish;
constexpr auto kZh = Language::kChinese;
const Wording kWordings[] = {
    {"Add2En",
     {kAdd2, kEn, 0, 47, 85},
     {"Compute 47+85", "What is 47 plus 85?",
      "Tom has 47 apples and gets 85 more. How many apples does he have?"},
     "132"},
    {"Add2Zh",
     {kAdd2, kZh, 0, 47, 85},
     {"计算47+85", "47加85等于多少？",
      "小明有47个苹果，又买了85个，一共有多少个？"},
     "132"},
    {"Sub2En",
     {kSub2, kEn, 0, 85, 47},
     {"Compute 85-47", "What is 85 minus 47?",
      "Tom has 85 apples and gives away 47. How many apples are left?"},
     "38"},
    {"Sub2Zh",
     {kSub2, kZh, 0, 85, 47},
     {"计算85-47", "85减47等于多少？",
      "小明有85个苹果，送出47个，还剩多少个？"},
     "38"},
    {"Add3En",
     {kAdd3, kEn, 0, 478, 856},
     {"Compute 478+856", "What is 478 plus 856?",
      "Tom has 478 apples and gets 856 more. How many apples does he have?"},
     "1334"},
    {"Add3Zh",
     {kAdd3, kZh, 0, 478, 856},
     {"计算478+856", "478加856等于多少？",
      "小明有478个苹果，又买了856个，一共有多少个？"},
     "1334"},
    {"Sub3En",
     {kSub3, kEn, 0, 500, 123},
     {"Compute 500-123", "What is 500 minus 123?",
      "Tom has 500 apples and gives away 123. How many apples are left?"},
     "377"},
    {"Sub3Zh",
     {kSub3, kZh, 0, 500, 123},
     {"计算500-123", "500减123等于多少？",
      "小明有500个苹果，送出123个，还剩多少个？"},
     "377"},
    {"EqEn",
     {kEq, kEn, 0, 85, 132},
     {"Solve x+85=132", "Which number plus 85 makes 132?",
      "After getting 85 apples Tom has 132. How many did he have before?"},
     "47"},
    {"EqZh",
     {kEq, kZh, 0, 85, 132},
     {"解方程x+85=132", "哪个数加85等于132？",
      "小明买了85个苹果后有132个，原来有多少个？"},
     "47"},
    {"ChainEn",
     {kChain, kEn, 0, 47, 85, 19, true, false},
     {"Compute 47+85-19", "What is 47 plus 85 minus 19?",
      "Tom has 47 apples, gets 85, gives away 19. How many apples are left?"},
     "113"},
    {"ChainZh",
     {kChain, kZh, 0, 85, 47, 19, false, true},
     {"计算85-47+19", "85减47加19等于多少？",
      "小明有85个苹果，送出47个，买了19个，还剩多少个？"},
     "57"},
    {"MulEn",
     {kMul, kEn, 0, 47, 6},
     {"Compute 47*6", "What is 47 times 6?",
      "A box holds 47 apples. How many apples are in 6 boxes?"},
     "282"},
    {"MulZh",
     {kMul, kZh, 0, 47, 6},
     {"计算47*6", "47乘6等于多少？", "一箱有47个苹果，6箱一共有多少个？"},
     "282"},
};
INSTANTIATE_TEST_SUITE_P(Arithmetic, Wordings, testing::ValuesIn(kWordings),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace datasets
