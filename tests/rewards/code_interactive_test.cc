// Tests of programs that talk to an interactor
// (rewards/code/interactive_run.h), through the `code` checker: honest talk,
// and talk that wants to be paid for waiting, for flooding, or for breaking the
// interactor.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code/interactive_run.h"
#include "rewards/judge_program_params.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;
using testing::HasSubstr;

// Thinks of a number from 1 to 100 and answers seven guesses. Does what else it
// is told to.
constexpr std::string_view kGuess = R"(
import os, sys
assert sys.argv[1:] == ['input.txt', 'output.txt', 'answer.txt']
secret = int(open('input.txt').read())
assert open('answer.txt').read() == 'easy'
for turn in range(7):
    line = sys.stdin.readline()
    if not line: sys.exit(8)
    word, _, rest = line.strip().partition(' ')
    if word == 'exit': sys.exit(int(rest))
    if word == 'points':
        print('points', rest, file=sys.stderr)
        sys.exit(7)
    if word == 'abort': os.abort()
    if word == 'loop':
        while True: pass
    if word == 'flood':
        while True: print('less', flush=True)
    if word == 'wait':
        while sys.stdin.readline(): pass
        sys.exit(1)
    if not word.isdigit(): sys.exit(2)
    guess = int(word)
    if guess == secret:
        print('yes', flush=True)
        sys.exit(0)
    print('less' if secret < guess else 'more', flush=True)
sys.exit(1)
)";

constexpr std::string_view kSolve =
    "low, high = 1, 101\n"
    "while True:\n"
    "    guess = (low + high) // 2\n"
    "    print(guess, flush=True)\n"
    "    reply = input()\n"
    "    if reply == 'yes': break\n"
    "    if reply == 'less': high = guess\n"
    "    else: low = guess + 1\n";

object Interactor(std::string_view source) {
  return {{"language", "python"},
          {"code", source},
          {"limits", {{"cpu_s", 1}, {"wall_s", 20}, {"output_kb", 64}}}};
}

object Params(const object& interactor) {
  return {{"language", "python"},
          {"score", "fraction"},
          {"limits", {{"cpu_s", 1}, {"wall_s", 20}, {"output_kb", 64}}},
          {"tests", array{object{{"stdin", "42"},
                                 {"stdout", "easy"},
                                 {"interactor", interactor}}}}};
}

struct Row {
  const char* name;
  std::string_view source;
  double want;  // the score
  std::string_view verdict;
  std::string_view said = "";  // part of the detail
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kFails =
    "the interactor fails on what the program says alone";

const Row kRows[] = {
    {"Right", kSolve, 1, "AC"},
    {"Lucky", "print(42)", 1, "AC"},
    {"Wrong", "for i in range(7): print(1); input()", 0, "WA",
     "the interactor says no"},
    {"EndsEarly", "print(1)", 0, "WA"},
    {"SaysNothing", "pass", 0, "WA"},
    {"BadForm", "print('forty-two')", 0, "PE"},
    {"TalksAfterTheEnd", "print(42, flush=True); print('42 ' * 999)", 1, "AC"},
    {"RightButFails", "print(42, flush=True); input(); exit(3)", 0, "RE",
     "\"exit_code\":3"},
    {"FailsOnTheWay", "print(1, flush=True); input(); 1 / 0", 0, "RE"},
    {"FailsWhenToldNo", "print('x', flush=True); int(input())", 0, "PE"},
    {"StaysWhenToldNo", "import time; print('x', flush=True); time.sleep(99)",
     0, "PE"},
    {"IsBusy", "print(1, flush=True)\nwhile True: pass", 0, "TLE"},
    {"Floods", "while True: print(1)", 0, "OLE", "\"stdout_truncated\":true"},
    {"FloodsWhenRight", "print(42, flush=True)\nwhile True: print(1)", 0,
     "OLE"},
    {"FloodsErrors",
     "import sys\nprint(42, flush=True)\n"
     "while True: print(1, file=sys.stderr)",
     0, "OLE"},
    {"Attacks",
     "import ctypes\nprint(42, flush=True)\n"
     "ctypes.CDLL(None).ptrace(16, 1, 0, 0)",
     0, "SV"},
    {"Half", "print('points 0.5')", 0.5, "WA", "a part of the points"},
    {"AllPoints", "print('points 1')", 1, "AC"},
    // What a program makes an interactor do, it does not get a null for.
    {"MakesItFail", "print('exit 3')", 0, "WA", kFails},
    {"MakesItAbort", "print('abort', flush=True); input()", 0, "WA", kFails},
    {"MakesItLoop", "print('loop', flush=True); input()", 0, "WA", kFails},
    {"MakesItFlood", "print('flood', flush=True)\nwhile True: input()", 0, "WA",
     kFails},
    {"SeesNothingOfIt",
     "import os, sys\n"
     "if os.listdir() == ['main.py'] and not sys.argv[1:]: print(42)",
     1, "AC"},
};

class CodeInteractiveTest : public testing::TestWithParam<Row> {};

TEST_P(CodeInteractiveTest, Decides) {
  const Row& row = GetParam();
  const Verdict got =
      JudgeCode(Params(Interactor(kGuess)), Fenced(row.source, "python"));
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_DOUBLE_EQ(Score(got).value_or(-1), row.want) << detail;
  EXPECT_EQ(got.detail.at("tests").at(0).at("verdict").as_string(), row.verdict)
      << detail;
  EXPECT_THAT(detail, HasSubstr(row.said));
}

INSTANTIATE_TEST_SUITE_P(Code, CodeInteractiveTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

// Both wait: the candidate is out of time, whatever the interactor says then.
TEST(CodeInteractive, WhereBothWaitTheProgramIsIdle) {
  object params = Params(Interactor(kGuess));
  params["limits"] = {{"wall_s", 0.5}};
  for (const char* source :
       {"input()", "print('wait', flush=True); input()",
        "import time; print(42, flush=True); time.sleep(99)"}) {
    const Verdict got = JudgeCode(params, Fenced(source, "python"));
    EXPECT_EQ(got.outcome, Outcome::kTimeout) << source;
    EXPECT_EQ(got.detail.at("tests").at(0).at("verdict").as_string(), "ILE")
        << source << boost::json::serialize(got.detail);
  }
}

TEST(CodeInteractive, ABrokenInteractorIsNotTheAnswersDoing) {
  for (const char* source :
       {"exit(3)", "import os; os.abort()", "while True: pass",
        "while True: print(1)", "exit(99)", "raise ValueError", "("}) {
    const Verdict got = JudgeCode(Params(Interactor(source)),
                                  Fenced("print(42); input()", "python"));
    const std::string detail = boost::json::serialize(got.detail);
    EXPECT_EQ(got.outcome, Outcome::kNotJudged) << source << detail;
    EXPECT_THAT(detail, HasSubstr("\"failure\":\"the interactor: "));
  }
}

TEST(CodeInteractive, TimeThatIsUsedUpIsATimeout) {
  const Verdict got =
      JudgeCode(Params(Interactor(kGuess)), Fenced("input()", "python"),
                std::chrono::seconds(1));
  EXPECT_EQ(got.outcome, Outcome::kTimeout)
      << boost::json::serialize(got.detail);
}

TEST(CodeInteractive, IsCompiledOnceForAllTests) {
  object interactor = {{"language", "cpp"},
                       {"code",
                        "#include <cstdio>\n"
                        "int main(int, char** argv) {\n"
                        "  int secret = 0, said = 0;\n"
                        "  fscanf(fopen(argv[1], \"r\"), \"%d\", &secret);\n"
                        "  printf(\"%d\\n\", secret + 1); fflush(stdout);\n"
                        "  if (scanf(\"%d\", &said) != 1) return 2;\n"
                        "  return said != secret;\n}\n"}};
  object params = Params(interactor);
  params["tests"].as_array().push_back(object{{"stdin", "7"}});
  params["tests"].at(1).as_object()["interactor"] = interactor;
  EXPECT_EQ(
      Score(JudgeCode(params, Fenced("print(int(input()) - 1)", "python"))),
      1.0);
  EXPECT_EQ(Score(JudgeCode(params, Fenced("input(); print(7)", "python"))),
            0.5);
  params["tests"].at(1).at("interactor").at("code") = "int {";
  const Verdict broken = JudgeCode(params, Fenced("print(1)", "python"));
  EXPECT_EQ(broken.outcome, Outcome::kNotJudged);
  EXPECT_THAT(boost::json::serialize(broken.detail),
              HasSubstr("the interactor: does not compile: "));
}

TEST(CodeInteractive, ParametersNameThePlace) {
  const auto error = [](std::string_view test) -> std::string {
    const auto check = MakeCodeChecker(nullptr)->Prepare(
        {{"language", "python"}, {"tests", array{boost::json::parse(test)}}});
    return check ? "" : check.error().pointer;
  };
  EXPECT_EQ(error(R"({"interactor": {"language": "python", "code": ""}})"), "");
  EXPECT_EQ(error(R"({"interactor": "x"})"), "/tests/0/interactor");
  EXPECT_EQ(error(R"({"interactor": {"code": ""}})"),
            "/tests/0/interactor/language");
  EXPECT_EQ(error(R"({"interactor": {"language": "python"}})"),
            "/tests/0/interactor/code");
}

}  // namespace
}  // namespace rewards
