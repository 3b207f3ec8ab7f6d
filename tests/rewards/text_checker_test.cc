// The text checker: where the answer stands, what is the same text, what is
// not.

#include "rewards/text_checker.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "rewards/text/final_answer.h"
#include "rewards/text/normal_form.h"
#include "tests/rewards/checker_rows.h"

namespace rewards {
namespace {

const Checker& TheChecker() {
  static const std::unique_ptr<const Checker> kChecker = MakeTextChecker();
  return *kChecker;
}

class TextCheckerRows : public testing::TestWithParam<CheckerRow> {};

TEST_P(TextCheckerRows, Judges) { ExpectRow(TheChecker(), GetParam()); }

constexpr std::string_view kParis = R"({"gold": "Paris"})";
constexpr std::string_view kExactEnds =
    R"({"gold": "Paris.", "punctuation": "exact"})";

constexpr CheckerRow kRows[] = {
    // Parameters.
    {"NoGold", "{}", "x", "invalid", "/gold: required"},
    {"GoldIsNumber", R"({"gold": 1})", "1", "invalid", "/gold: must be"},
    {"NoGolds", R"({"gold": []})", "x", "invalid", "/gold: must be"},
    {"GoldsHoldNumber", R"({"gold": ["x", 2]})", "x", "invalid", "/gold/1:"},
    {"EmptyGold", R"({"gold": " "})", "x", "invalid", "/gold: holds nothing"},
    {"SecondGoldOnlyStops", R"({"gold": ["x", "..."]})", "x", "invalid",
     "/gold/1: holds nothing"},
    {"StopsAreAGoldWhereExact", R"({"gold": "...", "punctuation": "exact"})",
     "...", "correct"},
    {"UnknownKey", R"({"gold": "x", "golds": "y"})", "x", "invalid", "/golds:"},
    {"UnknownCase", R"({"gold": "x", "case": "upper"})", "x", "invalid",
     "/case: must be one of"},
    {"UnknownPunctuation", R"({"gold": "x", "punctuation": "none"})", "x",
     "invalid", "/punctuation: must be one of"},

    // Where the answer stands.
    {"Box", kParis, "It is \\boxed{Paris}, of course.", "correct",
     R"("extracted":"Paris")"},
    {"TextInBox", kParis, "\\boxed{\\text{Paris}}", "correct"},
    {"DollarsAndBold", kParis, "$\\boxed{\\textbf{Paris}}$", "correct"},
    {"LastBoxCounts", kParis, "\\boxed{Paris}? No, it is \\boxed{Rome}.",
     "wrong"},
    {"LastBoxPays", kParis, "\\boxed{Rome}? No, it is \\boxed{Paris}.",
     "correct"},
    {"SameBoxes", kParis, "\\boxed{Paris} or \\boxed{paris}", "correct"},
    {"ListOfBoxes", kParis, "\\boxed{Rome}, \\boxed{Paris}", "unreadable",
     "a list"},
    {"ListInBox", kParis, "\\boxed{Rome, Paris}", "wrong"},
    {"CutOffInBox", kParis, "\\boxed{Paris} so \\boxed{Par", "unreadable",
     "cut off"},
    {"EmptyBox", kParis, "Paris \\boxed{}", "unreadable", "empty"},
    {"BoxBeforeAnchor", kParis, "\\boxed{Rome}. The answer is Paris.", "wrong"},
    {"Anchor", kParis, "Long ago. The answer is Paris.", "correct"},
    {"BoldAnchor", kParis, "**Answer:** Paris", "correct"},
    {"BoldAround", kParis, "**Final answer: Paris**", "correct"},
    {"BoldAfter", kParis, "The answer is **Paris**.", "correct"},
    {"AnchorOneSentence", kParis, "Answer: Paris. It lies on the Seine.",
     "correct"},
    {"AnchorOneLine", kParis, "Answer: Paris\nIt lies on the Seine.",
     "correct"},
    {"ChineseAnchor", R"({"gold": "巴黎"})", "答案是巴黎。", "correct"},
    {"Titles", R"({"gold": "St. Louis"})", "The answer is St. Louis. Yes.",
     "correct"},
    {"Initials", R"({"gold": "J. S. Bach"})", "Answer: J. S. Bach. Yes.",
     "correct"},
    {"SameAnchors", kParis, "Answer: Paris. So the answer is paris.",
     "correct"},
    {"HedgedAnchors", kParis, "Answer: Paris. Or: the answer is Rome.",
     "unreadable", "hedged"},
    {"EmptyAnchor", kParis, "I think Paris.\nAnswer:", "unreadable",
     "nothing after"},
    {"Whole", kParis, "Paris", "correct"},
    {"WholeIsNoSearch", kParis, "I think it is Paris", "wrong"},
    {"AfterTheThought", kParis, "<think>Rome</think>Paris", "correct"},
    {"OnlyInTheThought", kParis, "<think>\\boxed{Paris}</think>", "unreadable",
     "no answer"},
    {"ThoughtNotClosed", kParis, "<think>\\boxed{Paris}", "unreadable"},
    {"Nothing", kParis, "", "unreadable", "no answer"},
    {"Blank", kParis, " \n\t", "unreadable", "no answer"},

    // What is the same.
    {"Case", kParis, "\\boxed{PARIS}", "correct"},
    {"CaseExact", R"({"gold": "Paris", "case": "exact"})", "\\boxed{PARIS}",
     "wrong"},
    {"CaseExactMet", R"({"gold": "Paris", "case": "exact"})", "Paris",
     "correct"},
    {"SharpS", R"({"gold": "Straße"})", "STRASSE", "correct"},
    {"GermanUmlautIsNoVowel", R"({"gold": "schön"})", "schon", "wrong"},
    {"FullWidth", kParis, "Ｐａｒｉｓ", "correct"},
    {"Ligature", R"({"gold": "office"})", "oﬃce", "correct"},
    {"Composed", R"({"gold": "é"})", "e\u0301", "correct"},
    {"Space", R"({"gold": "New York"})", " new \n\t york\u00a0", "correct"},
    {"SpaceIsNotNothing", R"({"gold": "New York"})", "newyork", "wrong"},
    {"Stop", kParis, "Paris.", "correct"},
    {"GoldWithStop", R"({"gold": "Paris."})", "Paris", "correct"},
    {"Quotes", kParis, "“Paris”!", "correct"},
    {"ChineseStop", R"({"gold": "巴黎"})", "「巴黎」。", "correct"},
    {"StopExact", kExactEnds, "\\boxed{Paris}", "wrong"},
    {"StopExactMet", kExactEnds, "\\boxed{Paris.}", "correct"},
    {"StopExactWhole", R"({"gold": "Paris", "punctuation": "exact"})", "Paris.",
     "wrong"},
    {"InnerPunctuation", R"({"gold": "rock'n'roll"})", "rocknroll", "wrong"},
    {"Factorial", R"({"gold": "5"})", "5!", "wrong"},
    {"Decimal", R"({"gold": "5"})", ".5", "wrong"},
    {"Negative", R"({"gold": "5"})", "-5", "wrong"},
    {"Percent", R"({"gold": "5"})", "5%", "wrong"},
    {"LanguageName", R"({"gold": "C"})", "C#", "wrong"},
    {"Plus", R"({"gold": "C"})", "C++", "wrong"},
    {"Prime", R"({"gold": "f"})", "f'", "wrong"},
    {"Article", R"({"gold": "Beatles"})", "The Beatles", "wrong"},
    {"Several", R"({"gold": ["NYC", "New York"]})", "\\boxed{new york}",
     "correct", R"("gold_index":1)"},
    {"NoneOfSeveral", R"({"gold": ["NYC", "New York"]})", "Paris", "wrong"},
};
INSTANTIATE_TEST_SUITE_P(Table, TextCheckerRows, testing::ValuesIn(kRows),
                         [](const auto& row) {
                           return std::string(row.param.name);
                         });

TEST(TextChecker, VerdictsCarryTheirEvidence) {
  for (const char* response : {"Paris", "Rome", ""}) {
    EXPECT_EQ(JudgeBy(TheChecker(), kParis, response).evidence, "text");
  }
}

TEST(TextChecker, TheTemplateSaysWhatIsReasoning) {
  const char* response = "<think>Rome</think><answer>Paris</answer>";
  EXPECT_EQ(JudgeBy(TheChecker(), kParis, response, "r1-zero").outcome,
            Outcome::kCorrect);
}

TEST(TextChecker, AWholeTextIsReadUpToItsLimit) {
  const std::string most(text::kMaxWholeBytes, 'x');
  const std::string params = R"({"gold": ")" + most + "\"}";
  EXPECT_EQ(JudgeBy(TheChecker(), params, most).outcome, Outcome::kCorrect);
  const Verdict over = JudgeBy(TheChecker(), params, most + "x");
  EXPECT_EQ(over.outcome, Outcome::kUnreadable);
  EXPECT_EQ(over.detail.at("reason"),
            "no box, no anchor, and too long to be an answer as a whole");
}

TEST(TextChecker, ABoxIsReadUpToItsLimit) {
  const std::string most(text::kMaxAnswerBytes, 'x');
  const std::string params = R"({"gold": ")" + most + "\"}";
  EXPECT_EQ(JudgeBy(TheChecker(), params, "\\boxed{" + most + "}").outcome,
            Outcome::kCorrect);
  EXPECT_EQ(JudgeBy(TheChecker(), params, "\\boxed{" + most + "x}").outcome,
            Outcome::kUnreadable);
}

TEST(TextChecker, BoxesAndAnchorsAreReadUpToTheirLimits) {
  std::string boxes;
  for (std::size_t i = 0; i < text::kMaxBoxes; ++i) boxes += "\\boxed{Paris} ";
  EXPECT_EQ(JudgeBy(TheChecker(), kParis, boxes).outcome, Outcome::kCorrect);
  EXPECT_EQ(JudgeBy(TheChecker(), kParis, boxes + "\\boxed{Paris}").outcome,
            Outcome::kUnreadable);
  std::string anchors;
  for (std::size_t i = 0; i < text::kMaxAnchors; ++i) {
    anchors += "Answer: Paris\n";
  }
  EXPECT_EQ(JudgeBy(TheChecker(), kParis, anchors).outcome, Outcome::kCorrect);
  EXPECT_EQ(JudgeBy(TheChecker(), kParis, anchors + "Answer: Paris").outcome,
            Outcome::kUnreadable);
}

TEST(TextChecker, GoldsAreTakenUpToTheirLimits) {
  const auto prepare = [](boost::json::value gold) {
    return TheChecker().Prepare({{"gold", std::move(gold)}}).has_value();
  };
  EXPECT_TRUE(prepare(boost::json::array(kMaxTextGolds, "x")));
  EXPECT_FALSE(prepare(boost::json::array(kMaxTextGolds + 1, "x")));
  EXPECT_TRUE(prepare(boost::json::value(std::string(kMaxTextGoldBytes, 'x'))));
  EXPECT_FALSE(
      prepare(boost::json::value(std::string(kMaxTextGoldBytes + 1, 'x'))));
}

// Everything that a gold is compared by is its own normal form.
TEST(NormalForm, IsItsOwnNormalForm) {
  for (const std::string one :
       {"“ Ａ  b ”!", "$\\text{x}$", "** y **.", "((z)).", "5!", "...", "¿Qué?",
        "'tis", "ǅ", "\xff\xfe", "''", "(", "\"", "İI", "ﬁ ﬂ"}) {
    for (const bool fold : {true, false}) {
      for (const bool ends : {true, false}) {
        const std::string form = text::NormalForm(one, {fold, ends});
        EXPECT_EQ(text::NormalForm(form, {fold, ends}), form) << one;
      }
    }
  }
}

// Twice the text, about twice the time: megabytes of what could be quadratic.
TEST(TextChecker, HostileTextIsReadInLinearTime) {
  constexpr std::size_t kBytes = std::size_t{4} << 20;
  for (const std::string piece :
       {"\\boxed{", "\\boxed{a}", "Answer: ", "Answer: J. ", "**", "$", "(",
        "\"", ".", "\\text{", "{", "}", "答案是", "\xff"}) {
    for (const bool boxed : {false, true}) {
      std::string response = boxed ? "\\boxed{" : "";
      while (response.size() < kBytes) response += piece;
      if (boxed) response += "}";
      const auto began = std::chrono::steady_clock::now();
      EXPECT_NE(JudgeBy(TheChecker(), kParis, response).outcome,
                Outcome::kCorrect);
      // Quadratic would be hours.
      EXPECT_LT(std::chrono::steady_clock::now() - began,
                std::chrono::seconds(20))
          << piece;
    }
  }
}

TEST(TextChecker, ExplainsWhatItReadAndCompared) {
  const auto check = TheChecker().Prepare({{"gold", "Paris"}});
  Submission submission;
  submission.response = "<think>x</think>The answer is PARIS.";
  const Explanation steps = (*check)->Explain(submission, Budget{});
  ASSERT_EQ(steps.size(), 4U);
  EXPECT_EQ(steps[1].finding, "announced answer: PARIS.");
  ASSERT_TRUE(steps[1].place);
  EXPECT_EQ(
      submission.response.substr(steps[1].place->begin,
                                 steps[1].place->end - steps[1].place->begin),
      "PARIS.");
  EXPECT_EQ(steps[2].finding, "paris");
  EXPECT_EQ(steps[3].finding, "paris (the same)");
}

}  // namespace
}  // namespace rewards
