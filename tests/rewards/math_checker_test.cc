// The math checker's parameters and what its verdicts carry.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "tests/rewards/math_judge.h"

namespace rewards {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Row {
  const char* name;
  std::string_view params;  // JSON
  std::string_view response;
  std::string_view want;         // the outcome
  std::string_view detail = {};  // part of the detail or of the error
};
void PrintTo(const Row& c, std::ostream* os) { *os << c.name; }

class MathCheckerRows : public testing::TestWithParam<Row> {};

TEST_P(MathCheckerRows, Judges) {
  const Row& c = GetParam();
  const Judged got =
      Judge(boost::json::parse(c.params).as_object(), c.response);
  EXPECT_EQ(got.outcome, c.want) << got.detail;
  EXPECT_THAT(got.detail, HasSubstr(c.detail));
}

constexpr Row kRows[] = {
    // Parameters.
    {"NoGold", "{}", "1", "invalid", "/gold: required"},
    {"GoldIsNumber", R"({"gold": 1})", "1", "invalid", "/gold: must be"},
    {"NoGolds", R"({"gold": []})", "1", "invalid", "/gold: must be"},
    {"GoldsHoldNumber", R"({"gold": ["1", 2]})", "1", "invalid", "/gold/1:"},
    {"SecondGoldUnreadable", R"({"gold": ["1", "?"]})", "1", "invalid",
     "/gold/1: cannot be read"},
    {"UnknownKey", R"({"gold": "1", "golds": "2"})", "1", "invalid", "/golds:"},
    {"UnknownExtract", R"({"gold": "1", "extract": "last"})", "1", "invalid",
     "/extract: must be one of"},
    {"PolicyIsNoObject", R"({"gold": "1", "policy": true})", "1", "invalid",
     "/policy: must be"},
    {"UnknownSwitch", R"({"gold": "1", "policy": {"percents": true}})", "1",
     "invalid", "/policy/percents: unknown switch; allowed: percent"},
    {"SwitchIsNoFlag", R"({"gold": "1", "policy": {"percent": 1}})", "1",
     "invalid", "/policy/percent: must be true or false"},
    {"LaterSwitchIsKnown",
     R"({"gold": "1", "policy": {"renaming": true, "set_tuple": true}})", "1",
     "correct"},

    // Several golds.
    {"SecondGold", R"({"gold": ["1", "2"]})", "2", "correct",
     R"("gold_index":1)"},
    {"NoGoldMet", R"({"gold": ["1", "2"]})", "3", "wrong"},

    // Where the answer may stand.
    {"AutoBox", R"({"gold": "2"})", "1 then \\boxed{2} and 3", "correct"},
    {"LastBoxCounts", R"({"gold": "1"})", "\\boxed{1} no, rather \\boxed{2}",
     "wrong"},
    {"EqualBoxes", R"({"gold": "4"})", "\\boxed{4} and \\boxed{4.0}",
     "correct"},
    {"BoxBeforeAnchor", R"({"gold": "1"})",
     "\\boxed{2}. The final answer is 1.", "wrong"},
    {"EqualAnchors", R"({"gold": "4"})", "Answer: 4. So the answer is 4.",
     "correct"},
    {"AnchorWithProse", R"({"gold": "34"})",
     "Final Answer: The largest $n$ is 34.", "correct"},
    {"AnchorBeforeSentence", R"({"gold": "4"})",
     "The answer is 4. I used 7 steps.", "correct"},
    {"Gsm8kMark", R"({"gold": "18"})", "9 * 2 = <<9*2=18>>18\n#### 18",
     "correct"},
    {"OnlySpan", R"({"gold": "18"})", "She makes $18 every day", "correct"},
    {"Conclusion", R"({"gold": "18"})",
     "She has 9 eggs at 2 dollars. So she makes 9 * 2 = $18 every day.",
     "correct"},
    {"ConclusionTakesTheLast", R"({"gold": "9"})",
     "She has 9 eggs. So she makes 9 * 2 = $18 every day.", "wrong"},
    {"ConclusionWithUnits", R"({"gold": "48"})",
     "I eat 4/5 of it. So I eat 60 * 4/5 = 240/5 = 48 grams.", "correct"},
    {"PriceIsNoDelimiter", R"({"gold": "260"})",
     "It costs $243 and $17 more. Thus she pays $260.", "correct"},
    {"StrictBox", R"({"gold": "2", "extract": "strict"})", "\\boxed{2}",
     "correct"},
    {"StrictAnchor", R"({"gold": "2", "extract": "strict"})", "Answer: 2",
     "correct"},
    {"StrictNeedsOne", R"({"gold": "2", "extract": "strict"})", "2",
     "unreadable", "no box, no anchor"},
    {"Boxed", R"({"gold": "2", "extract": "boxed"})", "so \\boxed{2}",
     "correct"},
    {"BoxedNeedsOne", R"({"gold": "2", "extract": "boxed"})", "Answer: 2",
     "unreadable", "no box"},
    {"Bare", R"({"gold": "2", "extract": "bare"})", "4/2", "correct"},
    {"BareIsWhole", R"({"gold": "2", "extract": "bare"})", "Answer: 2",
     "unreadable"},
    {"AfterTheThought", R"({"gold": "2"})",
     "<think>\\boxed{1}</think>\\boxed{2}", "correct"},

    // Languages.
    {"Chinese", R"({"gold": "42"})", "经过计算，答案是42。", "correct"},
    {"ChineseColon", R"({"gold": "42"})", "最终答案：42", "correct"},
    {"Japanese", R"({"gold": "42"})", "答えは42です。", "correct"},
    {"Korean", R"({"gold": "42"})", "정답: 42", "correct"},
    {"Spanish", R"({"gold": "42"})", "La respuesta es 42.", "correct"},
    {"Portuguese", R"({"gold": "42"})", "A resposta final é 42.", "correct"},
    {"Italian", R"({"gold": "42"})", "La risposta è 42.", "correct"},
    {"French", R"({"gold": "42"})", "La réponse est 42.", "correct"},
    {"German", R"({"gold": "42"})", "Die Antwort lautet 42.", "correct"},
    {"Dutch", R"({"gold": "42"})", "Het antwoord is 42.", "correct"},
    {"Russian", R"({"gold": "42"})", "Ответ: 42", "correct"},
    {"Polish", R"({"gold": "42"})", "Odpowiedź: 42", "correct"},
    {"Arabic", R"({"gold": "42"})", "الإجابة هي ٤٢", "correct"},
    {"Hindi", R"({"gold": "42"})", "उत्तर: ४२", "correct"},
    {"Turkish", R"({"gold": "42"})", "Cevap: 42", "correct"},
    {"Vietnamese", R"({"gold": "42"})", "Đáp án là 42.", "correct"},
    {"Indonesian", R"({"gold": "42"})", "Jawabannya adalah 42.", "correct"},

    // Switches, each off.
    {"NoPercent", R"({"gold": "50", "policy": {"percent": false}})", "50%",
     "wrong"},
    {"NoUnits", R"({"gold": "50", "policy": {"units": false}})", "50 km",
     "wrong"},
    {"NoDegrees", R"({"gold": "50", "policy": {"degrees": false}})",
     "50^\\circ", "wrong"},
    {"NoAssignment", R"({"gold": "50", "policy": {"assignment": false}})",
     "x=50", "wrong"},
    {"NoRounding", R"({"gold": "0.33", "policy": {"rounding": false}})", "1/3",
     "wrong"},

    // What the detail carries.
    {"DetailRepairs", R"({"gold": "1/2"})", "\\frac12", "correct",
     R"("repairs":["\\frac without braces"])"},
    {"DetailPolicy", R"({"gold": "50"})", "x = 50 km", "correct",
     R"("policy":["units","assignment"])"},
    {"DetailExtracted", R"({"gold": "50"})", "So \\boxed{ 51 }.", "wrong",
     R"("extracted":"51")"},
    {"DetailPosition", R"({"gold": "5"})", "\\boxed{5 + ?}", "unreadable",
     "unexpected '?' at byte 4"},
};
INSTANTIATE_TEST_SUITE_P(Math, MathCheckerRows, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

TEST(MathChecker, GoldIsNeverInTheDetail) {
  for (const std::string_view response :
       {"41", "41 km", "x", "1/3", "9^{9^9}"}) {
    EXPECT_THAT(Judge("31415926", response).detail, Not(HasSubstr("31415926")));
  }
}

TEST(MathChecker, GoldLimitsAndOnePast) {
  // A long gold that is read: spaces around a box cost nothing.
  const std::string box = "\\boxed{42}";
  const std::string fits = std::string(kMaxGoldBytes - box.size(), ' ') + box;
  EXPECT_EQ(Judge(fits, "42").outcome, "correct");
  EXPECT_EQ(Judge(fits + " ", "42").outcome, "invalid");

  boost::json::array golds(kMaxGolds, "42");
  EXPECT_EQ(Judge(boost::json::object{{"gold", golds}}, "42").outcome,
            "correct");
  golds.emplace_back("42");
  EXPECT_EQ(Judge(boost::json::object{{"gold", golds}}, "42").outcome,
            "invalid");
}

TEST(MathChecker, LongExtractsAreShownInPart) {
  const std::string answer = "\\boxed{" + std::string(300, '7') + "}";
  const Judged got = Judge("42", answer);
  EXPECT_EQ(got.outcome, "wrong");
  EXPECT_THAT(got.detail, HasSubstr('"' + std::string(256, '7') + '"'));
}

TEST(MathChecker, SchemaNamesItsParameters) {
  const auto checker = MakeMathChecker();
  const boost::json::object schema = checker->schema();
  const boost::json::object& properties = schema.at("properties").as_object();
  EXPECT_TRUE(properties.contains("gold"));
  EXPECT_TRUE(properties.contains("extract"));
  EXPECT_EQ(properties.at("policy").at("properties").as_object().size(), 11U);
  EXPECT_EQ(checker->name(), "math");
}

}  // namespace
}  // namespace rewards
