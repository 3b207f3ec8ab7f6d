// Puzzles: their wording and golds by table, their ranges and splits by many.

#include "datasets/puzzle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "datasets/arithmetic.h"
#include "datasets/puzzle_text.h"

namespace datasets {
namespace {

constexpr auto kEn = Language::kEnglish;
constexpr auto kZh = Language::kChinese;

const CountPuzzle kBanana{"BANANA", 'A'};
const CipherPuzzle kZebra{"YAZ", 2};
const ChoicePuzzle kFarthest{
    Measure::kKilometres,
    true,
    {{{3, true}, {300, false}, {9000, false}, {1, true}}}};
const ChoicePuzzle kLightest{
    Measure::kKilograms,
    false,
    {{{3, true}, {900, false}, {5, false}, {1, true}}}};
const ProgramPuzzle kProduct{Printed::kProduct, 12, 3};
const ProgramPuzzle kRange{Printed::kRange, 3, 5};
const CountdownPuzzle kDown{{52, 17, 4}, 65};

// 52+17-4 in each order that does not begin with the 4.
constexpr const char* kFourSums =
    R"(text{"gold":["17-4+52","17 - 4 + 52","17+52-4","17 + 52 - 4",)"
    R"("52-4+17","52 - 4 + 17","52+17-4","52 + 17 - 4"]})";

struct Wording {
  const char* name;
  PuzzleProblem problem;
  const char* question;
  const char* answer;
  const char* check;  // without its weight
};
void PrintTo(const Wording& w, std::ostream* os) { *os << w.name; }

class PuzzleWordings : public testing::TestWithParam<Wording> {};

TEST_P(PuzzleWordings, AreWhatTheModelSees) {
  const Wording& want = GetParam();
  EXPECT_EQ(Question(want.problem), want.question);
  EXPECT_EQ(RightAnswer(want.problem), want.answer);
  const PuzzleCheck check = CheckOf(want.problem);
  EXPECT_EQ(
      std::string(check.checker) + boost::json::serialize(check.parameters),
      want.check);
}

constexpr const char* kThree = R"(math{"gold":"3"})";
constexpr const char* kAcb = R"(text{"gold":"ACB"})";
constexpr const char* kThirdOfFour = R"(choice{"gold":"C","options":4})";
constexpr const char* k36 =
    R"(code{"language":"python","tests":[{"stdin":"","stdout":"36\n"}]})";
constexpr const char* kThreeToFive =
    R"(code{"language":"python","tests":[{"stdin":"","stdout":"3\n4\n5\n"}]})";
constexpr const char* kNine =
    R"(code{"language":"python","tests":[{"stdin":"","stdout":"9\n"}]})";

const Wording kWordings[] = {
    {"CountEn0", {kEn, 0, kBanana}, "Count the A in BANANA", "3", kThree},
    {"CountEn1", {kEn, 1, kBanana}, "How many A are in BANANA?", "3", kThree},
    {"CountEn2", {kEn, 2, kBanana}, "How often is A in BANANA?", "3", kThree},
    {"CountZh0", {kZh, 0, kBanana}, "数出BANANA里的A", "3", kThree},
    {"CountZh1", {kZh, 1, kBanana}, "BANANA里有几个A？", "3", kThree},
    {"CountZh2", {kZh, 2, kBanana}, "A在BANANA里出现几次？", "3", kThree},
    {"CipherEn0", {kEn, 0, kZebra}, "Shift YAZ by 2", "ACB", kAcb},
    {"CipherEn1",
     {kEn, 1, kZebra},
     "Move each letter of YAZ on by 2",
     "ACB",
     kAcb},
    {"CipherEn2", {kEn, 2, kZebra}, "Encode YAZ with shift 2", "ACB", kAcb},
    {"CipherZh0", {kZh, 0, kZebra}, "把YAZ移2位", "ACB", kAcb},
    {"CipherZh1", {kZh, 1, kZebra}, "YAZ的每个字母后移2位", "ACB", kAcb},
    {"CipherZh2", {kZh, 2, kZebra}, "用移位2加密YAZ", "ACB", kAcb},
    {"ChoiceEn0",
     {kEn, 0, kFarthest},
     "Which is the longest? A 3 km B 300 m C 9000 m D 1 km",
     "C",
     kThirdOfFour},
    {"ChoiceEn1",
     {kEn, 1, kLightest},
     "Choose the lightest: A 3 kg B 900 g C 5 g D 1 kg",
     "C",
     kThirdOfFour},
    {"ChoiceEn2",
     {kEn, 2, kFarthest},
     "Find the longest of A 3 km B 300 m C 9000 m D 1 km",
     "C",
     kThirdOfFour},
    {"ChoiceZh0",
     {kZh, 0, kFarthest},
     "哪个最长？ A 3 km B 300 m C 9000 m D 1 km",
     "C",
     kThirdOfFour},
    {"ChoiceZh1",
     {kZh, 1, kLightest},
     "选出最轻的： A 3 kg B 900 g C 5 g D 1 kg",
     "C",
     kThirdOfFour},
    {"ChoiceZh2",
     {kZh, 2, kFarthest},
     "找最长的： A 3 km B 300 m C 9000 m D 1 km",
     "C",
     kThirdOfFour},
    {"ProgramEn0",
     {kEn, 0, kProduct},
     "Write Python that prints 12*3",
     "```python\nprint(12*3)\n```",
     k36},
    {"ProgramEn1",
     {kEn, 1, kRange},
     "Print the numbers from 3 to 5 in Python",
     "```python\nfor i in range(3,6):print(i)\n```",
     kThreeToFive},
    {"ProgramEn2",
     {kEn, 2, ProgramPuzzle{Printed::kLarger, 4, 9}},
     "Give Python code for printing the larger of 4 and 9",
     "```python\nprint(max(4,9))\n```",
     kNine},
    {"ProgramZh0",
     {kZh, 0, kProduct},
     "用Python打印12*3",
     "```python\nprint(12*3)\n```",
     k36},
    {"ProgramZh1",
     {kZh, 1, kRange},
     "写一行Python输出从3到5的数",
     "```python\nfor i in range(3,6):print(i)\n```",
     kThreeToFive},
    {"ProgramZh2",
     {kZh, 2, ProgramPuzzle{Printed::kSmaller, 11, 9}},
     "给出打印11和9中较小的数的Python代码",
     "```python\nprint(min(11,9))\n```",
     kNine},
    {"ProgramSum",
     {kEn, 0, ProgramPuzzle{Printed::kSum, 4, 5}},
     "Write Python that prints 4+5",
     "```python\nprint(4+5)\n```",
     kNine},
    {"ProgramDifference",
     {kZh, 0, ProgramPuzzle{Printed::kDifference, 14, 5}},
     "用Python打印14-5",
     "```python\nprint(14-5)\n```",
     kNine},
    {"CountdownEn0",
     {kEn, 0, kDown},
     "Make 65 from 52 17 4 with + and -",
     "52+17-4",
     kFourSums},
    {"CountdownEn1",
     {kEn, 1, kDown},
     "Use 52 17 4 with + and - for 65",
     "52+17-4",
     kFourSums},
    {"CountdownEn2",
     {kEn, 2, kDown},
     "With + and - make 65 from 52 17 4",
     "52+17-4",
     kFourSums},
    {"CountdownZh0",
     {kZh, 0, kDown},
     "用加减把52 17 4变成65",
     "52+17-4",
     kFourSums},
    {"CountdownZh1",
     {kZh, 1, kDown},
     "52 17 4怎样加减得65？",
     "52+17-4",
     kFourSums},
    {"CountdownZh2", {kZh, 2, kDown}, "52 17 4加减得65", "52+17-4", kFourSums},
};
INSTANTIATE_TEST_SUITE_P(Puzzle, PuzzleWordings, testing::ValuesIn(kWordings),
                         [](const auto& test) { return test.param.name; });

TEST(CipherPuzzle, AFollowsZ) {
  EXPECT_EQ(MovedLetter('A', 1), 'B');
  EXPECT_EQ(MovedLetter('Z', 1), 'A');
  EXPECT_EQ(MovedLetter('X', 3), 'A');
}

TEST(PuzzleKind, Names) {
  EXPECT_EQ(KindName(PuzzleKind::kCount), "count");
  EXPECT_EQ(KindName(PuzzleKind::kCipher), "cipher");
  EXPECT_EQ(KindName(PuzzleKind::kChoice), "choice");
  EXPECT_EQ(KindName(PuzzleKind::kProgram), "program");
  EXPECT_EQ(KindName(PuzzleKind::kCountdown), "countdown");
}

TEST(CountdownPuzzle, TriesFourSignPatterns) {
  const std::array<std::pair<const char*, std::int64_t>, kSignPatterns> want = {
      {{"52+17+4", 73}, {"52+17-4", 65}, {"52-17+4", 39}, {"52-17-4", 31}}};
  for (std::size_t i = 0; i < kSignPatterns; ++i) {
    const SignedSum sum = SignedSumOf(kDown, i);
    EXPECT_EQ(sum.text, want[i].first);
    EXPECT_EQ(sum.value, want[i].second);
  }
}

// Many ----------------------------------------------------------------------

constexpr int kDraws = 20'000;

bool IsWord(const std::string& word, std::size_t least, std::size_t most) {
  return word.size() >= least && word.size() <= most &&
         std::all_of(word.begin(), word.end(),
                     [](char c) { return 'A' <= c && c <= 'Z'; });
}

void ExpectInRange(const CountPuzzle& puzzle) {
  EXPECT_TRUE(IsWord(puzzle.word, 4, 6)) << puzzle.word;
  EXPECT_THAT(puzzle.word, testing::Contains(puzzle.letter));
}

void ExpectInRange(const CipherPuzzle& puzzle) {
  EXPECT_TRUE(IsWord(puzzle.word, 3, 4)) << puzzle.word;
  EXPECT_TRUE(1 <= puzzle.shift && puzzle.shift <= 3) << puzzle.shift;
}

void ExpectInRange(const ChoicePuzzle& puzzle) {
  std::set<std::int64_t> amounts;
  for (std::size_t i = 0; i < kChoices; ++i) {
    amounts.insert(InSmallUnits(puzzle, i));
    std::int64_t digit = puzzle.options[i].number;
    EXPECT_LE(digit, 9 * UnitFactor(puzzle.measure));
    while (digit % 10 == 0 && digit > 0) digit /= 10;
    EXPECT_TRUE(1 <= digit && digit <= 9) << puzzle.options[i].number;
    if (puzzle.options[i].large) {
      EXPECT_LE(puzzle.options[i].number, 9);
    }
  }
  EXPECT_EQ(amounts.size(), kChoices);
}

void ExpectInRange(const CountdownPuzzle& puzzle) {
  const auto& [first, second, third] = puzzle.numbers;
  EXPECT_TRUE(40 <= first && first <= 99) << first;
  EXPECT_TRUE(2 <= second && second <= 19) << second;
  EXPECT_TRUE(2 <= third && third <= 19) << third;
  EXPECT_NE(second, third);
  EXPECT_GT(puzzle.target, 0);
  EXPECT_NE(RightAnswer({.what = puzzle}), "");
}

void ExpectInRange(const ProgramPuzzle& puzzle) {
  EXPECT_NE(puzzle.a, puzzle.b);
  if (puzzle.what == Printed::kRange) {
    EXPECT_TRUE(1 <= puzzle.a && puzzle.a < puzzle.b && puzzle.b <= 99);
    EXPECT_LE(puzzle.b - puzzle.a, 4);
  } else {
    EXPECT_TRUE(2 <= puzzle.a && puzzle.a <= 99) << puzzle.a;
    EXPECT_TRUE(2 <= puzzle.b && puzzle.b <= 99) << puzzle.b;
  }
}

// What a puzzle is about, told apart from how DrawPuzzle splits: the word, the
// sorted amounts, the sorted pair.
std::string ContentOf(const CountPuzzle& puzzle) { return puzzle.word; }
std::string ContentOf(const CipherPuzzle& puzzle) { return puzzle.word; }
std::string ContentOf(const ChoicePuzzle& puzzle) {
  std::multiset<std::int64_t> amounts;
  for (std::size_t i = 0; i < kChoices; ++i) {
    amounts.insert(InSmallUnits(puzzle, i));
  }
  return testing::PrintToString(amounts);
}
std::string ContentOf(const ProgramPuzzle& puzzle) {
  return testing::PrintToString(std::minmax(puzzle.a, puzzle.b));
}

std::string ContentOf(const CountdownPuzzle& puzzle) {
  return testing::PrintToString(std::multiset<std::int64_t>(
      puzzle.numbers.begin(), puzzle.numbers.end()));
}

class EveryPuzzle : public testing::TestWithParam<std::size_t> {
 protected:
  PuzzleKind kind() const { return static_cast<PuzzleKind>(GetParam()); }
};

TEST_P(EveryPuzzle, IsInRange) {
  Random random(3);
  for (int i = 0; i < kDraws && !HasFailure(); ++i) {
    const PuzzleProblem problem =
        DrawPuzzle(kind(), kZh, Split::kTrain, random);
    ASSERT_EQ(KindOf(problem), kind());
    ASSERT_EQ(problem.language, kZh);
    ASSERT_LT(problem.phrasing, kPhrasings);
    std::visit([](const auto& puzzle) { ExpectInRange(puzzle); }, problem.what);
  }
}

TEST_P(EveryPuzzle, SplitsNeverShareAContent) {
  std::set<std::string> seen[2];
  for (const Split split : {Split::kTrain, Split::kHeldOut}) {
    // One stream for both: what one split passes over the other takes.
    Random random(7);
    for (int i = 0; i < kDraws; ++i) {
      const PuzzleProblem problem = DrawPuzzle(kind(), kEn, split, random);
      ASSERT_EQ(IsHeldOut(problem), split == Split::kHeldOut);
      seen[static_cast<std::size_t>(split)].insert(std::visit(
          [](const auto& puzzle) { return ContentOf(puzzle); }, problem.what));
    }
  }
  std::vector<std::string> shared;
  std::set_intersection(seen[0].begin(), seen[0].end(), seen[1].begin(),
                        seen[1].end(), std::back_inserter(shared));
  EXPECT_THAT(shared, testing::IsEmpty());
  EXPECT_GT(seen[0].size(), seen[1].size());
  EXPECT_GT(seen[1].size(), 500U);
}

INSTANTIATE_TEST_SUITE_P(Puzzle, EveryPuzzle,
                         testing::Range<std::size_t>(0, kPuzzleKinds),
                         [](const auto& test) {
                           return std::string(
                               KindName(static_cast<PuzzleKind>(test.param)));
                         });

TEST(PuzzleSplit, WordingAndWhatIsAskedDoNotMatter) {
  Random random(11);
  for (int i = 0; i < 2000; ++i) {
    auto choice = DrawPuzzle(PuzzleKind::kChoice, kEn, Split::kHeldOut, random);
    auto& puzzle = std::get<ChoicePuzzle>(choice.what);
    puzzle.largest = !puzzle.largest;
    std::swap(puzzle.options[0], puzzle.options[3]);
    choice.language = kZh;
    EXPECT_TRUE(IsHeldOut(choice));
    auto cipher = DrawPuzzle(PuzzleKind::kCipher, kEn, Split::kHeldOut, random);
    auto& word = std::get<CipherPuzzle>(cipher.what);
    word.shift = word.shift % 3 + 1;
    EXPECT_TRUE(IsHeldOut(cipher));
    EXPECT_TRUE(IsHeldOut(PuzzleProblem{kEn, 0, CountPuzzle{word.word, 'A'}}));
  }
}

TEST(PuzzleSplit, AShareOfAllWordsIsHeldOut) {
  double held_out = 0;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) {
      for (char c = 'A'; c <= 'Z'; ++c) {
        const CipherPuzzle puzzle{{a, b, c}, 1};
        held_out += IsHeldOut(PuzzleProblem{kEn, 0, puzzle}) ? 1 : 0;
      }
    }
  }
  EXPECT_NEAR(held_out / (26 * 26 * 26), kHeldOutShare, 0.01);
}

TEST(PuzzleSplit, ProgramsShareTheRuleOfArithmetic) {
  Random random(13);
  for (int i = 0; i < 2000; ++i) {
    const auto problem =
        DrawPuzzle(PuzzleKind::kProgram, kEn, Split::kHeldOut, random);
    const auto& puzzle = std::get<ProgramPuzzle>(problem.what);
    EXPECT_TRUE(IsHeldOut(OperandPair{puzzle.b, puzzle.a}));
  }
}

}  // namespace
}  // namespace datasets
