// Worked puzzles: by table, and every step of many held against the rule.

#include "datasets/puzzle_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "datasets/puzzle_text.h"

namespace datasets {
namespace {

constexpr auto kEn = Language::kEnglish;
constexpr auto kZh = Language::kChinese;

struct Worked {
  const char* name;
  PuzzleProblem problem;
  const char* steps;
};
void PrintTo(const Worked& w, std::ostream* os) { *os << w.name; }

class WorkedPuzzles : public testing::TestWithParam<Worked> {};

TEST_P(WorkedPuzzles, AreWrittenSo) {
  Random random(1);
  const PuzzleTrace trace = WorkedTrace(GetParam().problem, {}, random);
  EXPECT_EQ(trace.steps, GetParam().steps);
  EXPECT_EQ(trace.answer, RightAnswer(GetParam().problem));
  EXPECT_FALSE(trace.wrong_step);
}

const Worked kWorked[] = {
    {"CountEn",
     {kEn, 0, CountPuzzle{"BANANA", 'A'}},
     "count B0 A1 N1 A2 N2 A3 so"},
    {"CountZh", {kZh, 0, CountPuzzle{"OXXO", 'O'}}, "计数 O1 X1 X1 O2 所以"},
    {"CipherEn",
     {kEn, 0, CipherPuzzle{"CAT", 1}},
     "shift C+1=D A+1=B T+1=U so"},
    {"CipherZh",
     {kZh, 0, CipherPuzzle{"XYZ", 3}},
     "移位 X+3=A Y+3=B Z+3=C 所以"},
    {"ChoiceEn",
     {kEn, 0,
      ChoicePuzzle{Measure::kKilometres,
                   true,
                   {{{3, true}, {300, false}, {2, false}, {1, true}}}}},
     "compare A3000 B300 C2 D1000 so"},
    {"ChoiceZh",
     {kZh, 0,
      ChoicePuzzle{Measure::kCentimetres,
                   false,
                   {{{3, true}, {9, false}, {2, false}, {1, true}}}}},
     "比较 A30 B9 C2 D10 所以"},
    {"ProgramEn",
     {kEn, 0, ProgramPuzzle{Printed::kProduct, 12, 3}},
     "code `print(12*3)` so"},
    {"ProgramZh",
     {kZh, 0, ProgramPuzzle{Printed::kRange, 3, 5}},
     "代码 `for i in range(3,6):print(i)` 所以"},
    {"CountdownEn",
     {kEn, 0, CountdownPuzzle{{52, 17, 4}, 39}},
     "try 52+17+4=73 52+17-4=65 52-17+4=39 so"},
    {"CountdownZh",
     {kZh, 0, CountdownPuzzle{{52, 17, 4}, 73}},
     "试 52+17+4=73 所以"},
};
INSTANTIATE_TEST_SUITE_P(PuzzleTrace, WorkedPuzzles, testing::ValuesIn(kWorked),
                         [](const auto& test) { return test.param.name; });

class NoisyPuzzles : public testing::TestWithParam<std::size_t> {
 protected:
  PuzzleProblem Draw(Language language = kEn) {
    return DrawPuzzle(static_cast<PuzzleKind>(GetParam()), language,
                      Split::kTrain, random_);
  }
  Random random_{17};
};

TEST_P(NoisyPuzzles, WithoutNoiseAreRight) {
  for (int i = 0; i < 5000; ++i) {
    const PuzzleProblem problem = Draw();
    const PuzzleTrace trace = WorkedTrace(problem, {}, random_);
    ASSERT_EQ(trace.answer, RightAnswer(problem)) << trace.steps;
    ASSERT_TRUE(trace.steps.ends_with(" so")) << trace.steps;
  }
}

TEST_P(NoisyPuzzles, AWrongStepChangesTheStepsAndMostAnswers) {
  int wrong = 0;
  int wrong_answers = 0;
  constexpr int kTraces = 5000;
  for (int i = 0; i < kTraces; ++i) {
    const PuzzleProblem problem = Draw();
    const PuzzleTrace right = WorkedTrace(problem, {}, random_);
    const PuzzleTrace trace =
        WorkedTrace(problem, {.step_wrong = 0.2}, random_);
    ASSERT_EQ(trace.wrong_step, trace.steps != right.steps)
        << right.steps << " and " << trace.steps;
    if (!trace.wrong_step) {
      ASSERT_EQ(trace.answer, right.answer);
    }
    wrong += trace.wrong_step ? 1 : 0;
    wrong_answers += trace.answer == right.answer ? 0 : 1;
  }
  // A trace has one step to six.
  EXPECT_GT(wrong, kTraces / 6);
  EXPECT_LT(wrong, kTraces * 4 / 5);
  EXPECT_GT(wrong_answers, wrong / 5);
}

TEST_P(NoisyPuzzles, LabelsSwitchAsOftenAsAskedFor) {
  int switched = 0;
  constexpr int kTraces = 5000;
  for (int i = 0; i < kTraces; ++i) {
    const PuzzleTrace trace =
        WorkedTrace(Draw(kZh), {.label_switched = 0.6}, random_);
    switched += trace.steps.ends_with(" so") ? 1 : 0;
    switched += trace.steps.starts_with(
                    OpeningLabel(static_cast<PuzzleKind>(GetParam()), kEn))
                    ? 1
                    : 0;
  }
  EXPECT_NEAR(switched / (2.0 * kTraces), 0.6, 0.02);
}

TEST_P(NoisyPuzzles, WrongAnswersAreWrong) {
  for (int i = 0; i < 5000; ++i) {
    const PuzzleProblem problem = Draw();
    const std::string wrong = WrongAnswer(problem, random_);
    ASSERT_NE(wrong, RightAnswer(problem)) << Question(problem);
    ASSERT_FALSE(wrong.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(PuzzleTrace, NoisyPuzzles,
                         testing::Range<std::size_t>(0, kPuzzleKinds),
                         [](const auto& test) {
                           return std::string(
                               KindName(static_cast<PuzzleKind>(test.param)));
                         });

}  // namespace
}  // namespace datasets
