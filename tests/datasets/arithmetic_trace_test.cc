// Worked steps: by table, and every step of many computed again.

#include "datasets/arithmetic_trace.h"

#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "datasets/arithmetic_text.h"

namespace datasets {
namespace {

using enum ArithmeticKind;
constexpr auto kEn = Language::kEnglish;
constexpr auto kZh = Language::kChinese;

struct Worked {
  const char* name;
  ArithmeticProblem problem;
  const char* steps;
};
void PrintTo(const Worked& w, std::ostream* os) { *os << w.name; }

class WorkedSteps : public testing::TestWithParam<Worked> {};

TEST_P(WorkedSteps, AreWrittenSo) {
  Random random(1);
  const Trace trace = WorkedTrace(GetParam().problem, {}, random);
  EXPECT_EQ(trace.steps, GetParam().steps);
  EXPECT_EQ(trace.answer, Answer(GetParam().problem));
  EXPECT_FALSE(trace.wrong_step);
}

const Worked kWorked[] = {
    {"AddCarries", {kAdd2, kEn, 0, 47, 85}, "ones 7+5=12 tens 4+8+1=13 so"},
    {"AddChinese", {kAdd2, kZh, 0, 47, 85}, "个位 7+5=12 十位 4+8+1=13 所以"},
    {"AddWithoutCarry", {kAdd2, kEn, 0, 10, 20}, "ones 0+0=0 tens 1+2=3 so"},
    {"AddThree",
     {kAdd3, kEn, 0, 478, 856},
     "ones 8+6=14 tens 7+5+1=13 hundreds 4+8+1=13 so"},
    {"SubBorrows", {kSub2, kEn, 0, 85, 47}, "ones 15-7=8 tens 8-1-4=3 so"},
    {"SubToOneDigit", {kSub2, kEn, 0, 53, 47}, "ones 13-7=6 tens 5-1-4=0 so"},
    {"SubEqual", {kSub2, kEn, 0, 47, 47}, "ones 7-7=0 tens 4-4=0 so"},
    {"SubBorrowsThroughZero",
     {kSub3, kZh, 0, 500, 123},
     "个位 10-3=7 十位 10-1-2=7 百位 5-1-1=3 所以"},
    {"EqTakesTheRest", {kEq, kEn, 0, 85, 132}, "ones 12-5=7 tens 13-1-8=4 so"},
    {"Chain",
     {kChain, kEn, 0, 47, 85, 19, true, false},
     "ones 7+5=12 tens 4+8+1=13 so 132 then ones 12-9=3 tens 13-1-1=11 so"},
    {"ChainFromOneDigit",
     {kChain, kZh, 0, 53, 47, 19, false, true},
     "个位 13-7=6 十位 5-1-4=0 所以 6 然后 个位 6+9=15 十位 0+1+1=2 所以"},
    {"MulCarries", {kMul, kEn, 0, 47, 6}, "ones 7*6=42 tens 4*6+4=28 so"},
    {"MulWithoutCarry", {kMul, kZh, 0, 12, 3}, "个位 2*3=6 十位 1*3=3 所以"},
};
INSTANTIATE_TEST_SUITE_P(Arithmetic, WorkedSteps, testing::ValuesIn(kWorked),
                         [](const auto& test) { return test.param.name; });

// `text` of numbers, + - and *, from left to right, products first.
std::int64_t Evaluate(const std::string& text) {
  std::istringstream in(text);
  std::int64_t sum = 0;
  std::int64_t term = 0;
  in >> term;
  char sign = 0;
  while (in >> sign) {
    std::int64_t next = 0;
    in >> next;
    if (sign == '*') {
      term *= next;
    } else {
      sum += term;
      term = sign == '-' ? -next : next;
    }
  }
  return sum + term;
}

struct Steps {
  std::size_t right = 0;
  std::size_t wrong = 0;
};

Steps CountSteps(const std::string& trace) {
  Steps steps;
  std::istringstream words(trace);
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) continue;
    const bool right =
        Evaluate(word.substr(0, equals)) == std::stoll(word.substr(equals + 1));
    ++(right ? steps.right : steps.wrong);
  }
  return steps;
}

TEST(WorkedTrace, WithoutNoiseEveryStepIsRight) {
  ArithmeticTasks tasks({});
  Random random(3);
  for (int i = 0; i < 50'000; ++i) {
    const ArithmeticProblem problem = tasks.NextProblem();
    const Trace trace = WorkedTrace(problem, {}, random);
    const Steps steps = CountSteps(trace.steps);
    ASSERT_EQ(steps.wrong, 0U) << trace.steps;
    ASSERT_GE(steps.right, 2U) << trace.steps;
    ASSERT_EQ(trace.answer, Answer(problem)) << trace.steps;
    ASSERT_FALSE(trace.wrong_step);
  }
}

TEST(WorkedTrace, NoiseMakesThatShareOfStepsWrong) {
  // No chains: they draw again where a wrong result leaves too little.
  ArithmeticOptions options;
  options.kind_weights = {1, 1, 1, 1, 1, 0, 1};
  ArithmeticTasks tasks(options);
  Random random(3);
  Steps all;
  for (int i = 0; i < 50'000; ++i) {
    const ArithmeticProblem problem = tasks.NextProblem();
    const Trace trace = WorkedTrace(problem, {.step_wrong = 0.03}, random);
    const Steps steps = CountSteps(trace.steps);
    ASSERT_EQ(steps.wrong > 0, trace.wrong_step) << trace.steps;
    ASSERT_GE(trace.answer, 0);
    if (!trace.wrong_step) {
      ASSERT_EQ(trace.answer, Answer(problem));
    }
    all.right += steps.right;
    all.wrong += steps.wrong;
  }
  EXPECT_NEAR(static_cast<double>(all.wrong) /
                  static_cast<double>(all.right + all.wrong),
              0.03, 0.003);
}

TEST(WorkedTrace, AWrongStepGoesOnIntoTheAnswer) {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const Trace trace =
        WorkedTrace({kAdd2, kEn, 0, 47, 85}, {.step_wrong = 1.0}, random);
    std::istringstream words(trace.steps);
    std::string word;
    std::string ones;
    std::string tens;
    words >> word >> ones >> word >> tens;
    const std::string high = tens.substr(tens.find('=') + 1);
    ASSERT_EQ(std::to_string(trace.answer), high + ones.back()) << trace.steps;
    ASSERT_EQ(CountSteps(trace.steps).wrong, 2U);
  }
}

TEST(WorkedTrace, ChainsEndWhateverTheNoise) {
  ArithmeticOptions options;
  options.kind_weights = {0, 0, 0, 0, 0, 1, 0};
  ArithmeticTasks tasks(options);
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    const Trace trace =
        WorkedTrace(tasks.NextProblem(), {.step_wrong = 1.0}, random);
    ASSERT_GE(trace.answer, 0) << trace.steps;
    ASSERT_TRUE(trace.wrong_step);
  }
}

TEST(WorkedTrace, LabelsSwitchWithTheirProbability) {
  Random random(5);
  std::size_t switched = 0;
  constexpr std::size_t kTraces = 5000;
  for (std::size_t i = 0; i < kTraces; ++i) {
    const Trace trace =
        WorkedTrace({kAdd2, kEn, 0, 47, 85}, {.label_switched = 0.6}, random);
    for (const Label label : {Label::kOnes, Label::kTens, Label::kSo}) {
      const bool other =
          trace.steps.find(LabelText(label, kZh)) != std::string::npos;
      const bool own =
          trace.steps.find(LabelText(label, kEn)) != std::string::npos;
      ASSERT_NE(other, own) << trace.steps;
      switched += other ? 1 : 0;
    }
  }
  EXPECT_NEAR(static_cast<double>(switched) / (3.0 * kTraces), 0.6, 0.02);
}

}  // namespace
}  // namespace datasets
