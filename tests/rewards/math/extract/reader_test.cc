// Where the final answer of a response is found, by place and by language; and
// what is none.

#include "rewards/math/extract/reader.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "rewards/math/syntax/read.h"

namespace rewards::math {
namespace {

std::string Printed(std::string_view answer) {
  const Read<Tree> tree = ReadTree(answer, Limits{});
  EXPECT_TRUE(tree) << answer;
  return tree ? Print(*tree, tree->root()) : "";
}

struct Row {
  const char* name;
  std::string_view response;
  std::string_view want;  // an answer that reads as the one that is found
  std::string_view found = "box";
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class Finds : public testing::TestWithParam<Row> {};

TEST_P(Finds, TheAnswer) {
  const Row& row = GetParam();
  const Reading got = ReadAnswer(row.response, Extract::kAuto, Limits{});
  ASSERT_TRUE(got.readable()) << got.reason;
  EXPECT_EQ(Print(got.tree, got.tree.root()), Printed(row.want));
  EXPECT_EQ(got.found, row.found);
  const auto at = row.response.find(got.extracted);
  EXPECT_NE(at, std::string_view::npos) << got.extracted;
}

constexpr Row kBoxes[] = {
    {"Last", "\\boxed{1}, then \\boxed{2}.", "2"},
    {"BraceInside", "so \\boxed{\\frac{1}{x+1}}", "\\frac{1}{x+1}"},
    {"Framed", "so \\fbox{3}", "3"},
    {"Spaced", "so \\boxed {3}", "3"},
    {"WithoutBraces", "so $\\boxed 3$.", "3"},
    {"WithoutBracesLong", "so $\\boxed 31$ and no more", "31"},
    {"Inner", "\\boxed{\\boxed{4}}", "4"},
    {"EqualOnes", "\\boxed{4} and \\boxed{4}", "4"},
    {"ListByComma", "\\boxed{4}, \\boxed{5}", "4, 5"},
    {"ListByAnd",
     "$$\\boxed{(2, 2)} \\quad \\text{and} \\quad \\boxed{(6, 2)}$$",
     "(2,2), (6,2)"},
    {"ListByOr", "\\boxed{x=1} or \\boxed{x=2}", "x=1, x=2"},
    {"ListOfLists", "\\boxed{1,2}, \\boxed{3}", "1,2,3"},
    {"ListAfterProse", "\\boxed{1} and so on but \\boxed{2} and \\boxed{3}",
     "2,3"},
    {"Labelled", "\\(y_1 = \\boxed{x+1}\\) and \\( y_2 = \\boxed{x-1} \\)",
     "y_1=x+1, y_2=x-1"},
    {"LabelOfOne", "$x = \\boxed{5}$", "5"},
    {"ListInside", "\\boxed{12\\text{ and }13}", "12, 13"},
    {"PercentAfter", "$\\boxed{28}$ percent", "28\\%"},
    {"PercentSignAfter", "$\\boxed{28}\\%$", "28\\%"},
    {"BeforeAnchor", "\\boxed{2}. The final answer is 3.", "2"},
    {"Interval", "the domain is \\boxed{(-\\infty, 3]}", "(-\\infty,3]"},
};

constexpr Row kAnchors[] = {
    {"Plain", "Answer: 42", "42", "announced answer"},
    {"BoldAnchor", "**Answer:** $x=2$", "x=2", "announced answer"},
    {"BoldHeading", "### Final Answer\n\n$\\frac{1}{2}$", "\\frac12",
     "announced answer"},
    {"Gsm8k", "2 * 21 = 42\n#### 42", "42", "announced answer"},
    {"Sentence", "The answer is $\\sqrt{2}$. I hope it is correct.",
     "\\sqrt{2}", "announced answer"},
    {"Prose", "Final Answer: The largest $n$ is 34.", "34", "announced answer"},
    {"Interval", "The final answer is $[0, 1)$. I hope it is correct.", "[0,1)",
     "announced answer"},
    {"Matrix",
     "The answer is $\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$.",
     "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "announced answer"},
    {"Plainly", "The answer is pi/2.", "\\frac{\\pi}{2}", "announced answer"},
    {"SaidTwice", "Answer: 1/2. So the answer is \\frac{2}{4}.", "\\frac{2}{4}",
     "announced answer"},
    {"WordsYield", "The answer is as follows.\nAnswer: 42", "42",
     "announced answer"},
    {"Reason", "The answer is $34$, because $2 \\cdot 17 = 34$.", "34",
     "announced answer"},
    {"Condition", "The answer is $2x+1$ for $x > 3$.",
     "2x+1 \\text{ for } x > 3", "announced answer"},
    {"Choice", "Answer: (C)", "(C)", "announced answer"},
    {"English", "The final result is 42.", "42", "announced answer"},
    {"ChineseChoice", "综上，故选：C．", "C", "announced answer"},
    {"ChineseChoiceBare", "所以$x=2$，故选B。", "B", "announced answer"},
    {"Chinese", "所以答案是$\\frac{3}{4}$。", "\\frac34", "announced answer"},
    {"Japanese", "答えは42です。", "42です", "announced answer"},
    {"Korean", "정답: $x^2$", "x^2", "announced answer"},
    {"Spanish", "La respuesta final es $\\sqrt{3}$.", "\\sqrt{3}",
     "announced answer"},
    {"Portuguese", "A resposta é 42.", "42", "announced answer"},
    {"Italian", "La risposta è 42.", "42", "announced answer"},
    {"French", "La réponse est $\\pi$.", "\\pi", "announced answer"},
    {"German", "Die Antwort lautet 42.", "42", "announced answer"},
    {"Dutch", "Het antwoord is 42.", "42", "announced answer"},
    {"Swedish", "Svaret är 42.", "42", "announced answer"},
    {"Russian", "Ответ: $2\\pi$", "2\\pi", "announced answer"},
    {"Polish", "Odpowiedź: 42", "42", "announced answer"},
    {"Arabic", "الإجابة هي 42", "42", "announced answer"},
    {"Hindi", "उत्तर: 42", "42", "announced answer"},
    {"Turkish", "Cevap: 42", "42", "announced answer"},
    {"Vietnamese", "Đáp án là 42.", "42", "announced answer"},
    {"Indonesian", "Jawabannya adalah 42.", "42", "announced answer"},
    {"Thai", "คำตอบคือ 42", "42", "announced answer"},
};

constexpr Row kWhole[] = {
    {"Number", " 42\n", "42", "whole text"},
    {"Bare", "\\frac{x+2}{7}", "\\frac{x+2}{7}", "whole text"},
    {"Words", "Even", "even", "whole text"},
    {"List", "-2,1", "-2,1", "whole text"},
    {"Only", "Therefore $x \\gt 5$ is the solution.", "x>5",
     "only mathematics"},
    {"OnlyWithoutEquals", "The solution is $x != 5$", "x \\ne 5",
     "only mathematics"},
    {"OnlyDisplay", "The matrix is\n\\[ 2x \\]\nas we saw.", "2x",
     "only mathematics"},
    {"Conclusion", "She has 9 eggs at 2 dollars. So she makes $18 every day.",
     "\\$18", "concluding sentence"},
    {"LastOfConclusion",
     "We have $a = 2$. Hence $x = \\frac{a}{4}$ which gives $\\frac{1}{2}$.",
     "\\frac12", "concluding sentence"},
    {"JoinedInConclusion",
     "We have $a = 2$ and $b = 1$. Hence the roots are $1$ and $2$.", "1, 2",
     "concluding sentence"},
};

const auto kName = [](const auto& test) { return test.param.name; };
INSTANTIATE_TEST_SUITE_P(Boxes, Finds, testing::ValuesIn(kBoxes), kName);
INSTANTIATE_TEST_SUITE_P(Anchors, Finds, testing::ValuesIn(kAnchors), kName);
INSTANTIATE_TEST_SUITE_P(Whole, Finds, testing::ValuesIn(kWhole), kName);

struct Refusal {
  const char* name;
  std::string_view response;
  std::string_view reason;  // its beginning
};
void PrintTo(const Refusal& row, std::ostream* os) { *os << row.name; }

class Refuses : public testing::TestWithParam<Refusal> {};

TEST_P(Refuses, ToGuess) {
  const Refusal& row = GetParam();
  const Reading got = ReadAnswer(row.response, Extract::kAuto, Limits{});
  EXPECT_FALSE(got.readable()) << got.extracted;
  EXPECT_TRUE(got.reason.starts_with(row.reason)) << got.reason;
}

constexpr Refusal kRefusals[] = {
    {"Empty", "", "no answer"},
    {"OnlyWords",
     "I have thought about it for a long time and cannot say what it may be.",
     "no answer"},
    {"CutOffInABox", "\\boxed{42} or rather \\boxed{4", "cut off"},
    {"CutOffInItsFirstBox", "so \\boxed{\\frac{1}{2}", "cut off"},
    {"AnchorsThatDiffer", "Answer: 41. Answer: 42", "hedged"},
    {"AnchorsThatDifferInForm", "Answer: $\\sqrt{2}$. Answer: 1.4142",
     "hedged"},
    {"HedgeAfterAnAnswer", "The answer is $34$, or maybe it is $35$.",
     "hedged"},
    {"HedgeWithAReason", "The answer is $34$ because $2 = 2$, or it is $35$.",
     "hedged"},
    {"GuessesInAConclusion", "We know $a$. So it is 41, or maybe 42.",
     "hedged"},
    {"FragmentOfASum", "5 + ?", "something is missing"},
    {"FragmentOfAProduct", "So it is 5 * something.", "something is missing"},
    {"FragmentOfAStatement", "x=0 是 \\vec{a} \\perp \\vec{b} 的充分条件",
     "other mathematics"},
    {"CutOffReasoning",
     "First we add 20 and 22.\nThis gives 42 and we then look at 17 and",
     "no final answer"},
};
INSTANTIATE_TEST_SUITE_P(Reader, Refuses, testing::ValuesIn(kRefusals), kName);

TEST(Reader, StrictNeedsBoxOrAnchor) {
  EXPECT_FALSE(ReadAnswer("42", Extract::kStrict, Limits{}).readable());
  EXPECT_TRUE(ReadAnswer("Answer: 42", Extract::kStrict, Limits{}).readable());
  EXPECT_FALSE(ReadAnswer("Answer: 42", Extract::kBoxed, Limits{}).readable());
  EXPECT_TRUE(ReadAnswer("\\boxed{42}", Extract::kBoxed, Limits{}).readable());
  EXPECT_TRUE(ReadAnswer("42", Extract::kBare, Limits{}).readable());
}

TEST(Reader, WordsOfTheLimitAndOneLonger) {
  const Limits limits;
  std::string words = "it is even ";
  while (words.size() < limits.words_bytes) words.push_back('n');
  EXPECT_TRUE(ReadAnswer(words, Extract::kAuto, limits).readable());
  EXPECT_FALSE(ReadAnswer(words + "n", Extract::kAuto, limits).readable());
  // A box says that they are the answer.
  const std::string boxed = "\\boxed{\\text{" + words + "nn}}";
  EXPECT_TRUE(ReadAnswer(boxed, Extract::kAuto, limits).readable());
}

TEST(Reader, DefaultIsNoAnswer) { EXPECT_FALSE(Reading{}.readable()); }

}  // namespace
}  // namespace rewards::math
