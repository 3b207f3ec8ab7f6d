// Tests `assay explain`: the steps of every checker, as text and as JSON.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "tests/verifier/cli_process.h"
#include "verifier/cli/explain_text.h"

namespace verifier::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Ran;
using testing::RunOptions;

Ran Explain(std::vector<std::string> args, std::string input = {}) {
  args.insert(args.begin(), {ASSAY_BINARY, "explain"});
  RunOptions options;
  options.input = std::move(input);
  return testing::Run(args, options);
}

TEST(Explain, TellsWhereTheAnswerStood) {
  const Ran ran = Explain({"1/2", "<think>4/8</think> It is \\boxed{0.5}."});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out,
            "answer part   what follows the reasoning\n"
            "              <think>4/8</think> It is \\boxed{0.5}.\n"
            "                                ^~~~~~~~~~~~~~~~~~~\n"
            "extraction    box: 0.5\n"
            "              /8</think> It is \\boxed{0.5}.\n"
            "                                      ^~~\n"
            "answer        0.5\n"
            "gold          \\frac{1}{2}\n"
            "rung          normal form: the difference is a number\n"
            "comparison    the same normal form (proved)\n"
            "verdict       correct, score 1 (the same normal form, proved)\n");
}

TEST(Explain, EveryCheckerHasSteps) {
  struct Row {
    const char* check;
    const char* response;
    const char* expected;
  };
  const Row rows[] = {
      {R"({"checker":"math","gold":["7","50"]})", "The answer is 50%",
       "by the convention percent"},
      {R"({"checker":"math","gold":"50"})", "", "no answer"},
      {R"({"checker":"format"})", "<think>a</think>b</think>",
       "\"</think>\" at byte 17"},
      {R"({"checker":"format","template":"boxed"})", "b", "none in the"},
      {R"({"checker":"language","target":"en"})", "so we do \xE4\xBB\x80",
       "3 of 4 that count are in en"},
      {R"({"checker":"text","gold":"Paris"})", "The answer is PARIS.",
       "paris (the same)"},
      {R"({"checker":"choice","gold":"B"})", "The answer is B or C.", "hedged"},
  };
  for (const Row& row : rows) {
    const Ran ran = Explain({"--check", row.check, row.response});
    EXPECT_EQ(ran.exit_code, 0) << row.check << ran.err;
    EXPECT_THAT(ran.out, HasSubstr(row.expected)) << row.check;
  }
}

TEST(Explain, ShowsWhereTheProgramIsAndWhatEachTestSaid) {
  const std::string check =
      R"({"checker":"code","language":"python","score":"fraction","tests":)"
      R"([{"stdin":"1","stdout":"1"},{"stdin":"2","stdout":"4"}]})";
  const Ran ran =
      Explain({"--check", check, "So:\n```python\nprint(input())\n```\n"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("the last block that counts is the program, in "
                              "python"),
                    HasSubstr("test 0"), HasSubstr("passed"),
                    HasSubstr("test 1"), HasSubstr("wrong output")));
  const Ran none = Explain({"--check", check, "I do not know."});
  EXPECT_EQ(none.exit_code, 0) << none.err;
  EXPECT_THAT(none.out, HasSubstr("unreadable"));
}

TEST(Explain, JsonIsTheResultWithItsSteps) {
  const Ran ran = Explain({"--json", "42", "\\boxed{42}"});
  EXPECT_EQ(ran.exit_code, 0);
  const auto result = boost::json::parse(ran.out);
  EXPECT_EQ(result.at("reward").as_double(), 1.0);
  const auto& steps = result.at("checks").at(0).at("steps").as_array();
  ASSERT_GE(steps.size(), 4U);
  EXPECT_EQ(steps[1].at("step"), "extraction");
  EXPECT_EQ(steps[1].at("begin"), 7);
  EXPECT_EQ(steps[1].at("end"), 9);
}

constexpr const char* kEnglish = R"({"checker":"language","target":"en"})";

TEST(Explain, ShowsLanguagesInShades) {
  const Ran ran =
      Explain({"--check", kEnglish, "so we \xE4\xBB\x96\nis $x^2$ <b>"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("in shades     so we [zh|\xE4\xBB\x96]\n"
                                 "              is"));
  const Ran color = Explain(
      {"--color", "always", "--check", kEnglish, "so we \xE4\xBB\x96 is"});
  EXPECT_THAT(color.out, HasSubstr("\x1b["));
  EXPECT_THAT(color.out, Not(HasSubstr("[zh|")));
}

TEST(Explain, HtmlIsAPage) {
  const Ran ran = Explain({"--html", "--check", kEnglish,
                           "so we \xE4\xBB\x96 <script> & more is here"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("<!doctype html>"),
                    HasSubstr("<span class=\"bad\" title=\"zh\">"
                              "\xE4\xBB\x96</span>"),
                    HasSubstr("&lt;script&gt; &amp; "),
                    HasSubstr("<span class=\"good\" title=\"en\">so we</span>"),
                    Not(HasSubstr("<script>"))));
  EXPECT_EQ(Explain({"--html", "--json", "1", "1"}).exit_code, 2);
}

TEST(Explain, AnItemOfAFileByItsLine) {
  const std::string path = ::testing::TempDir() + "explain-items.jsonl";
  std::ofstream(path)
      << R"({"id":"a","response":"1","checks":[{"checker":"math","gold":"1"}]})"
      << "\n\n"
      << R"({"id":"b","response":"2","checks":[{"checker":"math","gold":"1"},)"
         R"({"checker":"format","weight":0.5}]})"
      << "\nnonsense\n";
  const Ran third = Explain({"--line", "3", path});
  EXPECT_EQ(third.exit_code, 0) << third.err;
  EXPECT_THAT(third.out,
              AllOf(HasSubstr("== math"), HasSubstr("== format"),
                    HasSubstr("x weight 0.5"), HasSubstr("reward 0")));
  EXPECT_EQ(Explain({"--line", "2", path}).exit_code, 3);  // an empty line
  EXPECT_EQ(Explain({"--line", "4", path}).exit_code, 3);  // not JSON
  EXPECT_EQ(Explain({"--line", "5", path}).exit_code, 3);
  EXPECT_EQ(Explain({"--line", "1", path + ".not"}).exit_code, 2);
}

TEST(Explain, BadUse) {
  EXPECT_EQ(Explain({"42"}).exit_code, 2);
  EXPECT_EQ(Explain({"--check", "{", "x"}).exit_code, 2);
  EXPECT_EQ(Explain({"--check", R"({"checker":"math","gold":"1"})", "1", "2"})
                .exit_code,
            2);
  const Ran gold = Explain({"1/0", "1"});
  EXPECT_EQ(gold.exit_code, 3);
  EXPECT_THAT(gold.err, HasSubstr("/checks/0/gold"));
  EXPECT_EQ(Explain({"--check", R"({"checker":"maths"})", "1"}).exit_code, 3);
}

TEST(Explain, ReadsTheResponseFromAPipe) {
  const Ran ran = Explain({"42", "-"}, "The answer is 42.\n");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("correct"));
}

// What a hostile response does to the terminal: nothing.
TEST(ExplainText, ShowsNoControlCharacters) {
  engine::ExplainedItem explained;
  explained.result.checks.push_back({.checker = "math"});
  const std::string response =
      "a\x1b[31m\xE2\x80\xAE"
      "42\nb\n";
  for (std::size_t begin = 0; begin < response.size(); ++begin) {
    for (std::size_t end = begin; end <= response.size() + 1; ++end) {
      explained.steps = {{{"step", response, rewards::Place{begin, end}}}};
      const std::string text = ExplainText(explained, response, false);
      EXPECT_THAT(text, Not(HasSubstr("\x1b")));
      EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
    }
  }
}

}  // namespace
}  // namespace verifier::cli
