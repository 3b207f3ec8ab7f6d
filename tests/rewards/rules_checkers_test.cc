// The checkers of rewards/rules on the wire: outcomes, details, parameters.

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "rewards/ifeval_checker.h"
#include "rewards/json_checker.h"
#include "rewards/length_checker.h"
#include "rewards/pattern_checker.h"
#include "rewards/registry.h"
#include "rewards/repetition_checker.h"
#include "rewards/tag_count_checker.h"
#include "tests/rewards/checker_rows.h"

namespace rewards {
namespace {

namespace json = boost::json;

constexpr std::string_view kChat = "<think>one two three</think>four";

std::string Name(const testing::TestParamInfo<CheckerRow>& test) {
  return test.param.name;
}

class LengthTest : public testing::TestWithParam<CheckerRow> {};
TEST_P(LengthTest, Judges) { ExpectRow(*MakeLengthChecker(), GetParam()); }
INSTANTIATE_TEST_SUITE_P(
    Table, LengthTest,
    testing::Values(
        CheckerRow{"Range", R"({"shape": "range", "min": 3, "max": 4})", "abcd",
                   "correct", R"("length":4)"},
        CheckerRow{"RangeShort", R"({"shape": "range", "min": 5})", "abcd",
                   "wrong"},
        CheckerRow{"RangeLong", R"({"shape": "range", "max": 3})", "abcd",
                   "wrong"},
        CheckerRow{"OfReasoning",
                   R"({"shape": "range", "min": 3, "max": 3, "unit": "words",
                       "of": "reasoning"})",
                   kChat, "correct", R"("3 words")"},
        CheckerRow{"OfAnswer",
                   R"({"shape": "range", "max": 4, "of": "answer"})", kChat,
                   "correct"},
        CheckerRow{"Cosine", R"({"shape": "cosine", "max": 8})", "abcd",
                   "partial"},
        CheckerRow{"CosineOver", R"({"shape": "cosine", "max": 3})", "abcd",
                   "wrong"},
        CheckerRow{"Overlong",
                   R"({"shape": "overlong", "max": 8, "buffer": 4})", "abcd",
                   "correct"},
        CheckerRow{"OverlongTokens",
                   R"({"shape": "overlong", "max": 8, "buffer": 4,
                       "unit": "tokens", "tokens": 6})",
                   "abcd", "partial", R"("6 tokens")"},
        CheckerRow{"NoWords",
                   R"({"shape": "range", "max": 9, "unit": "words"})", "?!",
                   "unreadable"},
        CheckerRow{"NoShape", R"({"max": 9})", "", "invalid", "/shape"},
        CheckerRow{"NoBounds", R"({"shape": "range"})", "", "invalid", "/max"},
        CheckerRow{"NoMax", R"({"shape": "cosine"})", "", "invalid", "/max"},
        CheckerRow{"NoBuffer", R"({"shape": "overlong", "max": 9})", "",
                   "invalid", "/buffer"},
        CheckerRow{"BufferOverMax",
                   R"({"shape": "overlong", "max": 9, "buffer": 10})", "",
                   "invalid", "/buffer"},
        CheckerRow{"MinOverMax", R"({"shape": "range", "min": 9, "max": 8})",
                   "", "invalid", "/max"},
        CheckerRow{"KeyOfAnother", R"({"shape": "range", "max": 9, "over": 1})",
                   "", "invalid", "/over: only with the shape cosine"},
        CheckerRow{"ScoreOverOne",
                   R"({"shape": "cosine", "max": 9, "at_zero": 1.5})", "",
                   "invalid", "/at_zero"},
        CheckerRow{"TokensNotGiven",
                   R"({"shape": "range", "max": 9, "unit": "tokens"})", "",
                   "invalid", "/tokens"},
        CheckerRow{"TokensForNothing",
                   R"({"shape": "range", "max": 9, "tokens": 5})", "",
                   "invalid", "/tokens"},
        CheckerRow{"TokensOfAPart",
                   R"({"shape": "range", "max": 9, "unit": "tokens",
                       "tokens": 5, "of": "answer"})",
                   "", "invalid", "/of"},
        CheckerRow{"Unknown", R"({"shape": "range", "max": 9, "maximum": 1})",
                   "", "invalid", "/maximum"}),
    Name);

class RepetitionTest : public testing::TestWithParam<CheckerRow> {};
TEST_P(RepetitionTest, Judges) {
  ExpectRow(*MakeRepetitionChecker(), GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Table, RepetitionTest,
    testing::Values(CheckerRow{"None", "{}", "one two three four five",
                               "correct", "3 of 3 3-grams differ"},
                    CheckerRow{"Half", R"({"n": 1})", "a b A B", "partial",
                               R"("distinct":2)"},
                    CheckerRow{"Short", R"({"n": 9})", "one two", "correct"},
                    CheckerRow{"OfReasoning", R"({"of": "reasoning"})",
                               "<think>a b c d</think>x x x x x x", "correct"},
                    CheckerRow{"Chinese", R"({"n": 1})", "学习学习学习",
                               "partial", "1 of 3"},
                    CheckerRow{"NoWords", "{}", " ?", "unreadable"},
                    CheckerRow{"Zero", R"({"n": 0})", "", "invalid", "/n"},
                    CheckerRow{"AtTheLimit", R"({"n": 100})", "a", "correct"},
                    CheckerRow{"PastTheLimit", R"({"n": 101})", "", "invalid",
                               "/n"}),
    Name);

class TagCountTest : public testing::TestWithParam<CheckerRow> {};
TEST_P(TagCountTest, Judges) { ExpectRow(*MakeTagCountChecker(), GetParam()); }
INSTANTIATE_TEST_SUITE_P(
    Table, TagCountTest,
    testing::Values(
        CheckerRow{"OpenR1", "{}",
                   "<think>\na\n</think>\n<answer>\n4\n</answer>", "correct"},
        CheckerRow{"Half", "{}", "<think>\na\n</think>\n", "partial", "2 of 4"},
        CheckerRow{"None", "{}", "4", "wrong"},
        CheckerRow{"Empty", "{}", "", "unreadable"},
        CheckerRow{"Own", R"({"tags": ["[A]", "[/A]"]})", "[A]x[/A][/A]",
                   "partial", "1 of 2"},
        CheckerRow{"NoTags", R"({"tags": []})", "", "invalid", "/tags"},
        CheckerRow{"EmptyTag", R"({"tags": ["a", ""]})", "", "invalid",
                   "/tags/1"}),
    Name);

class JsonTest : public testing::TestWithParam<CheckerRow> {};
TEST_P(JsonTest, Judges) { ExpectRow(*MakeJsonChecker(), GetParam()); }
INSTANTIATE_TEST_SUITE_P(
    Table, JsonTest,
    testing::Values(
        CheckerRow{"Conforms", R"({"schema": {"required": ["a"]}})",
                   "<think>{}</think>{\"a\": 1}", "correct"},
        CheckerRow{"Block", R"({"schema": true})", "So:\n```json\n1\n```",
                   "correct"},
        CheckerRow{"BlockWhereWhole", R"({"schema": true, "whole": true})",
                   "```json\n1\n```", "unreadable"},
        CheckerRow{"Broken",
                   R"({"schema": {"properties": {"a": {"type": "string"}}}})",
                   "{\"a\": 1}", "wrong", R"("pointer":"/a")"},
        CheckerRow{"NoJson", R"({"schema": true})", "a: 1", "unreadable"},
        CheckerRow{"OfReasoning", R"({"schema": true, "of": "reasoning"})",
                   "<think>1</think>x", "correct"},
        CheckerRow{"NoSchema", "{}", "", "invalid", "/schema"},
        CheckerRow{"BadSchema", R"({"schema": {"items": {"typo": 1}}})", "",
                   "invalid", "/schema/items/typo"}),
    Name);

class PatternTest : public testing::TestWithParam<CheckerRow> {};
TEST_P(PatternTest, Judges) { ExpectRow(*MakePatternChecker(), GetParam()); }
INSTANTIATE_TEST_SUITE_P(
    Table, PatternTest,
    testing::Values(
        CheckerRow{"Search", R"({"pattern": "o+"})", kChat, "correct"},
        CheckerRow{"NotInTheAnswer", R"({"pattern": "one"})", kChat, "wrong"},
        CheckerRow{"OfAll", R"({"pattern": "one", "of": "all"})", kChat,
                   "correct"},
        CheckerRow{"Full", R"({"pattern": "fou", "match": "full"})", kChat,
                   "wrong"},
        CheckerRow{"FullToo", R"({"pattern": "fou.", "match": "full"})", kChat,
                   "correct"},
        CheckerRow{"Forbidden", R"({"pattern": "four", "least": 0, "most": 0})",
                   kChat, "wrong"},
        CheckerRow{"ForbiddenAndAbsent",
                   R"({"pattern": "five", "least": 0, "most": 0})", kChat,
                   "correct"},
        CheckerRow{"Twice", R"({"pattern": "a", "least": 2, "most": 2})", "aa",
                   "correct"},
        CheckerRow{"Thrice", R"({"pattern": "a", "least": 2, "most": 2})",
                   "aaa", "wrong"},
        CheckerRow{"Nothing", R"({"pattern": "a", "least": 0, "most": 0})", "",
                   "unreadable"},
        CheckerRow{"NoPattern", "{}", "", "invalid", "/pattern"},
        CheckerRow{"EmptyPattern", R"({"pattern": ""})", "", "invalid",
                   "/pattern"},
        CheckerRow{"BadPattern", R"({"pattern": "("})", "", "invalid",
                   "/pattern: no pattern of RE2"},
        CheckerRow{"AnyNumber", R"({"pattern": "a", "least": 0})", "",
                   "invalid", "/most"},
        CheckerRow{"PastTheLimit", R"({"pattern": "a", "least": 101})", "",
                   "invalid", "/least"},
        CheckerRow{"MostUnderLeast",
                   R"({"pattern": "a", "least": 3, "most": 2})", "", "invalid",
                   "/most"},
        CheckerRow{"CountsOfFull",
                   R"({"pattern": "a", "match": "full", "most": 2})", "",
                   "invalid", "/most"}),
    Name);

class IfEvalTest : public testing::TestWithParam<CheckerRow> {};
TEST_P(IfEvalTest, Judges) { ExpectRow(*MakeIfEvalChecker(), GetParam()); }
INSTANTIATE_TEST_SUITE_P(
    Table, IfEvalTest,
    testing::Values(
        CheckerRow{"All", R"({"instruction_id_list": ["punctuation:no_comma",
                       "length_constraints:number_words"],
                       "kwargs": [{}, {"num_words": 2, "relation": "at least",
                                       "num_bullets": null}]})",
                   "<think>a, b</think>two words", "correct",
                   R"("followed":[true,true])"},
        CheckerRow{"One", R"({"instruction_id_list": ["punctuation:no_comma",
                       "startend:quotation"]})",
                   "two words", "wrong", R"("followed":[true,false])"},
        CheckerRow{"Fraction",
                   R"({"instruction_id_list": ["punctuation:no_comma",
                       "startend:quotation"], "score": "fraction"})",
                   "two words", "partial", "1 of 2"},
        CheckerRow{"Loose",
                   R"({"instruction_id_list": ["punctuation:no_comma"],
                       "mode": "loose"})",
                   "Sure, so:\ntwo words", "correct"},
        CheckerRow{
            "English",
            R"({"instruction_id_list": ["change_case:english_capital"]})",
            "THIS IS A SENTENCE IN ENGLISH", "correct"},
        CheckerRow{"ChineseIsNoEnglish",
                   R"({"instruction_id_list": ["language:response_language"],
                       "kwargs": [{"language": "en"}]})",
                   "我喜欢读书。", "wrong"},
        CheckerRow{"Chinese",
                   R"({"instruction_id_list": ["language:response_language"],
                       "kwargs": [{"language": "zh"}]})",
                   "我喜欢读书。", "correct"},
        CheckerRow{"Blank",
                   R"({"instruction_id_list": ["punctuation:no_comma"]})",
                   "<think>a</think> ", "unreadable"},
        CheckerRow{"NoIds", "{}", "", "invalid", "/instruction_id_list"},
        CheckerRow{"UnknownId", R"({"instruction_id_list": ["a:b"]})", "",
                   "invalid", "/instruction_id_list/0"},
        CheckerRow{"FewerKwargs",
                   R"({"instruction_id_list": ["punctuation:no_comma"],
                       "kwargs": []})",
                   "", "invalid", "/kwargs: must be an array with as many"},
        CheckerRow{"BadArgument",
                   R"({"instruction_id_list": ["startend:end_checker"],
                       "kwargs": [{"end_phrase": 1}]})",
                   "", "invalid", "/kwargs/0/end_phrase"},
        CheckerRow{"UnknownLanguage",
                   R"({"instruction_id_list": ["language:response_language"],
                       "kwargs": [{"language": "tlh"}]})",
                   "", "invalid", "/kwargs/0/language"}),
    Name);

TEST(RuleLimits, Tags) {
  const auto prepare = [](std::size_t count) {
    return MakeTagCountChecker()
        ->Prepare({{"tags", json::array(count, json::string("a"))}})
        .has_value();
  };
  EXPECT_TRUE(prepare(kMaxTags));
  EXPECT_FALSE(prepare(kMaxTags + 1));
}

TEST(RuleLimits, Instructions) {
  const auto prepare = [](std::size_t count) {
    return MakeIfEvalChecker()
        ->Prepare({{"instruction_id_list",
                    json::array(count, json::string("punctuation:no_comma"))}})
        .has_value();
  };
  EXPECT_TRUE(prepare(kMaxInstructions));
  EXPECT_FALSE(prepare(kMaxInstructions + 1));
}

TEST(RuleLimits, WordsOfALongText) {
  const std::string params = R"({"shape": "range", "min": 1, "unit": "words"})";
  std::string text(kMaxWordBytes, 'a');
  EXPECT_EQ(JudgeBy(*MakeLengthChecker(), params, text).outcome,
            Outcome::kCorrect);
  EXPECT_EQ(JudgeBy(*MakeRepetitionChecker(), "{}", text).outcome,
            Outcome::kCorrect);
  text += 'a';
  EXPECT_EQ(JudgeBy(*MakeLengthChecker(), params, text).outcome,
            Outcome::kUnreadable);
  EXPECT_EQ(JudgeBy(*MakeRepetitionChecker(), "{}", text).outcome,
            Outcome::kUnreadable);
}

TEST(RuleExplanations, SayWhatWasLookedAt) {
  const Registry registry = BuiltInRegistry();
  for (const auto& [name, params] :
       {std::pair{"length", R"({"shape": "range", "max": 9})"},
        {"repetition", "{}"},
        {"tag_count", "{}"},
        {"json", R"({"schema": true})"},
        {"pattern", R"({"pattern": "o"})"},
        {"ifeval", R"({"instruction_id_list": ["punctuation:no_comma"]})"}}) {
    const Checker* checker = registry.Find(name);
    ASSERT_NE(checker, nullptr) << name;
    const auto check = checker->Prepare(json::parse(params).as_object());
    ASSERT_TRUE(check) << name;
    for (const std::string_view response : {kChat, std::string_view("")}) {
      Submission submission;
      submission.response = response;
      EXPECT_FALSE((*check)->Explain(submission, Budget()).empty()) << name;
    }
  }
}

// Every row of the published data is one that the checker takes, but for
// languages that this version does not know.
TEST(IfEvalPublished, EveryRowIsRead) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  std::ifstream file(std::string(data) +
                     "/data/ifeval/prompt_instructions.jsonl");
  ASSERT_TRUE(file);
  const auto checker = MakeIfEvalChecker();
  int rows = 0;
  int languages = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const json::object row = json::parse(line).as_object();
    const auto check = checker->Prepare(
        {{"instruction_id_list", row.at("instruction_id_list")},
         {"kwargs", row.at("kwargs")}});
    if (!check && check.error().pointer.ends_with("/language")) {
      ++languages;
      continue;
    }
    ASSERT_TRUE(check) << row.at("key") << check.error().pointer << ": "
                       << check.error().detail;
    // A prompt is seldom an answer to itself, and never a crash.
    Submission submission;
    submission.response = row.at("prompt").as_string();
    EXPECT_TRUE(Score((*check)->Judge(submission, Budget())).has_value());
  }
  EXPECT_EQ(rows, 541);
  EXPECT_LE(languages, 31);
  RecordProperty("unknown_languages", languages);
}

}  // namespace
}  // namespace rewards
