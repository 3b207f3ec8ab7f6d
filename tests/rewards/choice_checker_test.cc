// The choice checker: how a letter is named, and what is no letter.

#include "rewards/choice_checker.h"

#include <chrono>
#include <memory>
#include <string>

#include "rewards/text/letters.h"
#include "tests/rewards/checker_rows.h"

namespace rewards {
namespace {

const Checker& TheChecker() {
  static const std::unique_ptr<const Checker> kChecker = MakeChoiceChecker();
  return *kChecker;
}

class ChoiceCheckerRows : public testing::TestWithParam<CheckerRow> {};

TEST_P(ChoiceCheckerRows, Judges) { ExpectRow(TheChecker(), GetParam()); }

constexpr std::string_view kA = R"({"gold": "A"})";
constexpr std::string_view kB = R"({"gold": "B"})";
constexpr std::string_view kAC = R"({"gold": ["A", "C"], "multiple": true})";

constexpr CheckerRow kRows[] = {
    // Parameters.
    {"NoGold", "{}", "A", "invalid", "/gold: must be a letter from A to D"},
    {"GoldIsNumber", R"({"gold": 1})", "A", "invalid", "/gold: must be"},
    {"GoldIsLower", R"({"gold": "b"})", "B", "invalid", "/gold: must be"},
    {"GoldIsLong", R"({"gold": "AB"})", "B", "invalid", "/gold: must be"},
    {"GoldIsEmpty", R"({"gold": ""})", "B", "invalid", "/gold: must be"},
    {"LastOption", R"({"gold": "D"})", "D", "correct"},
    {"OnePastTheLast", R"({"gold": "E"})", "E", "invalid", "from A to D"},
    {"FiveOptions", R"({"gold": "E", "options": 5})", "E", "correct"},
    {"TwoOptions", R"({"gold": "C", "options": 2})", "C", "invalid", "to B"},
    {"OneOption", R"({"gold": "A", "options": 1})", "A", "invalid",
     "/options: must be a whole number from 2 to 26"},
    {"MostOptions", R"({"gold": "Z", "options": 26})", "\\boxed{Z}", "correct"},
    {"TooManyOptions", R"({"gold": "A", "options": 27})", "A", "invalid",
     "/options:"},
    {"SeveralNeedMultiple", R"({"gold": ["A", "C"]})", "A", "invalid",
     "\"multiple\": true"},
    {"Twice", R"({"gold": ["A", "A"], "multiple": true})", "A", "invalid",
     "/gold/1: is there twice"},
    {"SecondIsNoOption", R"({"gold": ["A", "E"], "multiple": true})", "A",
     "invalid", "/gold/1: must be"},
    {"UnknownKey", R"({"gold": "A", "golds": "A"})", "A", "invalid", "/golds:"},

    // How a letter is named.
    {"Box", kB, "So \\boxed{B}.", "correct", R"("extracted":"B")"},
    {"BoxText", kB, "\\boxed{\\text{B}}", "correct"},
    {"BoxBrackets", kB, "\\boxed{(B)}", "correct"},
    {"BoxDot", kB, "$\\boxed{\\textbf{B.}}$", "correct"},
    {"BoxLower", kB, "\\boxed{b}", "correct"},
    {"BoxLabel", kB, "\\boxed{B: 300 m}", "correct"},
    {"BoxLabelText", kB, "\\boxed{\\textbf{(B) } 300 \\text{ m}}", "correct"},
    {"BoxOption", kB, "\\boxed{\\text{Option B}}", "correct"},
    {"BoxFullWidth", kB, "\\boxed{Ｂ}", "correct"},
    {"BoxAnother", kB, "\\boxed{C}", "wrong", R"("extracted":"C")"},
    {"Anchor", kB, "The answer is B.", "correct"},
    {"AnchorColon", kB, "Answer: B", "correct"},
    {"AnchorLabel", kB, "Answer: B: 300 m", "correct"},
    {"AnchorBold", kB, "**Answer: B**", "correct"},
    {"AnchorBoldLetter", kB, "The answer is **B**.", "correct"},
    {"AnchorBrackets", kB, "The final answer is (B) 300 m.", "correct"},
    {"AnchorOption", kB, "The correct answer is option B.", "correct"},
    {"AnchorBecause", kA, "The answer is A because it is.", "correct"},
    {"AnchorReason", kB, "The answer is B because 2 < 3.", "correct"},
    {"AnchorDollar", kB, "The answer is $B$.", "correct"},
    {"AnchorParens", kB, "The answer is \\(B\\).", "correct"},
    {"Chinese", kB, "答案是B", "correct"},
    {"ChineseStop", kB, "正确答案为 （B）。", "correct"},
    {"ChineseItem", kB, "答案：选B项", "correct"},
    {"ChineseFullWidth", kB, "答案：Ｂ。", "correct"},
    {"AnchorInProse", kB, "The answer is clear. Answer: B", "correct"},
    {"WholeLetter", kB, "B", "correct"},
    {"WholeLower", kB, "b", "correct"},
    {"WholeDot", kB, " B. ", "correct"},
    {"WholeBracket", kB, "B)", "correct"},
    {"WholeBold", kB, "**B**", "correct"},
    {"WholeLabel", kB, "B: 300 m", "correct"},
    {"WholeDotLabel", kB, "B. 300 m", "correct"},
    {"WholeLowerLabel", kB, "(b) 300 m", "correct"},
    {"WholeFullWidth", kB, "Ｂ", "correct"},
    {"LabelWithLetter", kB, "\\boxed{B: vitamin C}", "correct"},
    {"LabelWithArticle", kB, "Answer: B: A dog", "correct"},
    {"AfterTheThought", kB, "<think>\\boxed{C}</think>\\boxed{B}", "correct"},
    {"LastBoxCounts", kB, "\\boxed{A}. No: \\boxed{B}", "correct"},
    {"SameBoxes", kB, "\\boxed{B} and \\boxed{\\text{B}}", "correct"},
    {"SameAnchors", kB, "Answer: B. So the answer is (B).", "correct"},

    // What is no choice, or too many.
    {"Nothing", kB, "", "unreadable", "no answer"},
    {"InTheThought", kB, "<think>\\boxed{B}</think>", "unreadable"},
    {"TwoBoxes", kB, "\\boxed{A}, \\boxed{B}", "unreadable", "a list"},
    {"TwoInBox", kB, "\\boxed{A or B}", "unreadable", "hedged"},
    {"TwoWithComma", kB, "\\boxed{B, C}", "unreadable", "hedged"},
    {"RunInBox", kB, "\\boxed{BC}", "unreadable", "names no option"},
    {"TwoLabels", kB, "\\boxed{B: 300 m or C: 200 m}", "unreadable", "hedged"},
    {"LabelThenOr", kB, "\\boxed{B: 300 m or C}", "unreadable", "hedged"},
    {"LabelThenComma", kB, "\\boxed{(B), C}", "unreadable", "hedged"},
    {"TwoBrackets", kB, "The answer is (B) or (C).", "unreadable", "hedged"},
    {"TwoBracketsGlued", kB, "\\boxed{(B)(C)}", "unreadable", "hedged"},
    {"AllOfThem", kB, "\\boxed{A B C D}", "unreadable", "hedged"},
    {"AllOfThemSlash", kA, "\\boxed{A/B/C/D}", "unreadable", "hedged"},
    {"TwoAnchors", kB, "Answer: A. Answer: B.", "unreadable", "hedged"},
    {"ChineseOr", kB, "答案是B或C", "unreadable", "hedged"},
    {"ReasonNamesAnother", kB, "The answer is B, since C fails.", "unreadable",
     "hedged"},
    {"NotB", kB, "The answer is not B.", "unreadable", "names no option"},
    {"MaybeB", kB, "\\boxed{maybe B}", "unreadable", "names no option"},
    {"ArticleWhole", kA, "A dog", "unreadable", "names no option"},
    {"ArticleAnnounced", kA, "The answer is a dog.", "unreadable"},
    {"ArticleCapital", kA, "Answer: A dog", "unreadable"},
    {"ArticleInBox", kA, "\\boxed{a dog}", "unreadable"},
    {"Sentence", kB, "B is what I would take", "unreadable"},
    {"Pronoun", R"({"gold": "I", "options": 26})", "Answer: I think so.",
     "unreadable"},
    {"InWord", kB, "\\boxed{Banana}", "unreadable"},
    {"InName", kB, "\\boxed{B-52}", "unreadable"},
    {"Language", R"({"gold": "C"})", "\\boxed{C++}", "unreadable"},
    {"Initials", kB, "Answer: U.S.A. B", "unreadable"},
    {"Accent", kA, "\\boxed{Aé}", "unreadable"},
    {"Number", kB, "\\boxed{300}", "unreadable"},
    {"NoSuchOption", kB, "\\boxed{E}", "unreadable"},
    {"Command", kB, "\\boxed{\\B}", "unreadable"},
    {"CutOff", kB, "\\boxed{B} \\boxed{", "unreadable", "cut off"},

    // Several.
    {"MultiComma", kAC, "\\boxed{A, C}", "correct", R"("extracted":"AC")"},
    {"MultiRun", kAC, "\\boxed{AC}", "correct"},
    {"MultiOrder", kAC, "\\boxed{C,A}", "correct"},
    {"MultiAnd", kAC, "The answer is A and C.", "correct"},
    {"MultiText", kAC, "\\boxed{\\text{A, C}}", "correct"},
    {"MultiLower", kAC, "\\boxed{a, c}", "correct"},
    {"MultiBrackets", kAC, "Answer: (A), (C)", "correct"},
    {"MultiBoxes", kAC, "\\boxed{A} and \\boxed{C}", "correct"},
    {"MultiChinese", kAC, "答案是A、C。", "correct"},
    {"MultiLead", kAC, "The correct answer is options A and C.", "correct"},
    {"MultiOneOfTwo", kAC, "\\boxed{A}", "wrong"},
    {"MultiOneTooMany", kAC, "\\boxed{A, B, C}", "wrong"},
    {"MultiOr", kAC, "\\boxed{A or C}", "unreadable", "hedged"},
    {"MultiWords", kAC, "\\boxed{A, C, perhaps}", "unreadable"},
    {"MultiOnlyAnd", kAC, "\\boxed{and}", "unreadable"},
    {"MultiOneGold", R"({"gold": "B", "multiple": true})", "\\boxed{B}",
     "correct"},
};
INSTANTIATE_TEST_SUITE_P(Table, ChoiceCheckerRows, testing::ValuesIn(kRows),
                         [](const auto& row) {
                           return std::string(row.param.name);
                         });

// What is read does not depend on what is right: over all golds, any response
// is right for one at most.
TEST(ChoiceChecker, NoResponseIsRightForTwoGolds) {
  for (const CheckerRow& row : kRows) {
    int right = 0;
    for (const char* gold : {"A", "B", "C", "D"}) {
      const std::string params = std::string(R"({"gold": ")") + gold + "\"}";
      const Verdict verdict = JudgeBy(TheChecker(), params, row.response);
      right += verdict.outcome == Outcome::kCorrect ? 1 : 0;
    }
    EXPECT_LE(right, 1) << row.name;
  }
}

TEST(ChoiceChecker, HostileTextIsReadInLinearTime) {
  constexpr std::size_t kBytes = std::size_t{1} << 20;
  for (const std::string piece :
       {"A", "A ", "(", "A or ", "\\", "\\boxed{", "\\boxed{A}",
        "Answer: ", "Answer: A. ", "答案是", "B: ", "*", "\xff", ". "}) {
    for (const char* params :
         {R"({"gold": "D"})", R"({"gold": "D", "multiple": true})"}) {
      std::string response;
      while (response.size() < kBytes) response += piece;
      const auto began = std::chrono::steady_clock::now();
      EXPECT_NE(JudgeBy(TheChecker(), params, response).outcome,
                Outcome::kCorrect);
      EXPECT_EQ(text::ReadLetters(response, {}).chosen.find('D'),
                std::string::npos);
      // Quadratic would be hours.
      EXPECT_LT(std::chrono::steady_clock::now() - began,
                std::chrono::seconds(20))
          << piece;
    }
  }
}

TEST(ChoiceChecker, ExplainsWhatItRead) {
  const auto check = TheChecker().Prepare({{"gold", "B"}});
  Submission submission;
  submission.response = "The answer is (C).";
  const Explanation steps = (*check)->Explain(submission, Budget{});
  ASSERT_EQ(steps.size(), 4U);
  EXPECT_EQ(steps[1].finding, "announced answer: (C).");
  EXPECT_TRUE(steps[1].place);
  EXPECT_EQ(steps[2].finding, "C");
  EXPECT_EQ(steps[3].finding, "B");
}

}  // namespace
}  // namespace rewards
