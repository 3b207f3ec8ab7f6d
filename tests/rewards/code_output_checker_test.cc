// Tests checkers that an item brings (rewards/code/output_checker.h), through
// the `code` checker: what they may say, and who is to blame where they fail.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code/output_checker.h"
#include "rewards/judge_program_params.h"
#include "rewards/program_files_param.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;
using testing::HasSubstr;

// Does what the first word of the output says; accepts what the test expects.
constexpr std::string_view kObedient = R"(
import os, sys
assert sys.argv[1:] == ['input.txt', 'output.txt', 'answer.txt']
given, output, answer = (open(name).read() for name in sys.argv[1:])
assert given == 'in', given
if output == answer: sys.exit(0)
word, _, rest = output.strip().partition(' ')
if word == 'exit': sys.exit(int(rest))
if word == 'points':
    print('points', rest, file=sys.stderr)
    sys.exit(7)
if word == 'abort': os.abort()
if word == 'raise': raise ValueError(rest)
if word == 'loop':
    while True: pass
if word == 'flood':
    while True: print(output)
if word == 'attack':
    import ctypes
    ctypes.CDLL(None).ptrace(16, 1, 0, 0)
sys.exit(0 if word == 'good' else 1)
)";
// As kObedient, but fails on what the test expects too.
const std::string kBroken =
    "import sys\nif 'right' in open('output.txt').read(): sys.exit(3)\n" +
    std::string(kObedient);

object Params(std::string_view checker, std::string_view protocol) {
  object program = {
      {"language", "python"},
      {"code", checker},
      {"protocol", protocol},
      {"limits", {{"cpu_s", 1}, {"wall_s", 20}, {"output_kb", 4}}}};
  if (protocol == "testlib") program["points"] = 2;
  return {{"language", "python"},
          {"tests", array{object{{"stdin", "in"}, {"stdout", "right\n"}}}},
          {"score", "fraction"},
          {"compare", {{"mode", "testlib"}, {"checker", program}}}};
}

Verdict JudgePrinted(const object& params, std::string_view printed) {
  return JudgeCode(
      params, Fenced("print('''" + std::string(printed) + "''')", "python"));
}

struct Row {
  const char* name;
  std::string_view printed;
  std::string_view protocol;
  double want;  // the score; -1: not judged
  std::string_view verdict;
  std::string_view said = "";  // part of the detail
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kFails = "the checker fails on this output alone";

constexpr Row kRows[] = {
    {"Right", "right", "testlib", 1, "AC"},
    {"AlsoRight", "good", "testlib", 1, "AC"},
    {"Wrong", "bad", "testlib", 0, "WA", "the checker rejects the output"},
    {"Empty", "", "testlib", 0, "WA"},
    {"Presentation", "exit 2", "testlib", 0, "PE"},
    {"Dirt", "exit 4", "testlib", 0, "PE"},
    {"UnexpectedEnd", "exit 8", "testlib", 0, "WA"},
    {"Half", "points 1", "testlib", 0.5, "WA", "a part of the points"},
    {"HalfWithMessage", "points 1.0 well done", "testlib", 0.5, "WA"},
    {"AllPoints", "points 2", "testlib", 1, "AC"},
    {"NoPoints", "points 0", "testlib", 0, "WA"},
    {"TooManyPoints", "points 2.1", "testlib", 0, "WA", kFails},
    {"NegativePoints", "points -1", "testlib", 0, "WA", kFails},
    {"PointsAreNan", "points nan", "testlib", 0, "WA", kFails},
    {"PointsAreText", "points 1x", "testlib", 0, "WA", kFails},
    {"PointsWithoutPoints", "exit 7", "testlib", 0, "WA", kFails},
    // What an output makes a checker do, it does not get a null for.
    {"Fails", "exit 3", "testlib", 0, "WA", kFails},
    {"OddCode", "exit 42", "testlib", 0, "WA", kFails},
    {"Aborts", "abort", "testlib", 0, "WA", kFails},
    {"Raises", "raise", "testlib", 0, "WA"},
    {"Loops", "loop", "testlib", 0, "WA", kFails},
    {"Floods", "flood", "testlib", 0, "WA", kFails},
    {"Attacks", "attack", "testlib", 0, "WA", kFails},
    {"LooksLikeAnOption", "--accept", "testlib", 0, "WA"},
    {"LooksLikeAPath", "answer.txt", "testlib", 0, "WA"},
    {"LooksLikeAProgram", "import sys; sys.exit(0)", "testlib", 0, "WA"},
    {"LooksLikePoints", "x\npoints 2", "testlib", 0, "WA"},

    {"ExitRight", "right", "exit", 1, "AC"},
    {"ExitAlsoRight", "good", "exit", 1, "AC"},
    {"ExitWrong", "bad", "exit", 0, "WA", "the checker rejects the output"},
    {"ExitRaises", "raise", "exit", 0, "WA", "the checker rejects the output"},
    {"ExitPresentation", "exit 2", "exit", 0, "WA", kFails},
    {"ExitPoints", "points 2", "exit", 0, "WA", kFails},
    {"ExitAborts", "abort", "exit", 0, "WA", kFails},
};

class CodeOutputCheckerTest : public testing::TestWithParam<Row> {};

TEST_P(CodeOutputCheckerTest, Decides) {
  const Row& row = GetParam();
  const Verdict got =
      JudgePrinted(Params(kObedient, row.protocol), row.printed);
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_DOUBLE_EQ(Score(got).value_or(-1), row.want) << detail;
  EXPECT_EQ(got.detail.at("tests").at(0).at("verdict").as_string(), row.verdict)
      << detail;
  EXPECT_THAT(detail, HasSubstr(row.said));
  EXPECT_THAT(detail, testing::Not(HasSubstr("right\\n")));
}

INSTANTIATE_TEST_SUITE_P(Code, CodeOutputCheckerTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

struct BrokenRow {
  const char* name;
  std::string_view checker;
  std::string_view protocol;
  std::string_view printed;
  double want;  // -1: not judged
};

void PrintTo(const BrokenRow& row, std::ostream* os) { *os << row.name; }

const BrokenRow kBrokenRows[] = {
    {"FailsOnAll", "exit(3)", "testlib", "bad", -1},
    {"FailsOnAllOfRight", "exit(3)", "testlib", "right", -1},
    {"FailsOnTheExpected", kBroken, "testlib", "abort", -1},
    {"FailsOnTheExpectedAlone", kBroken, "testlib", "bad", 0},
    {"RejectsAll", "exit(1)", "testlib", "bad", 0},
    {"Raises", "raise ValueError", "testlib", "bad", -1},
    {"CannotBeRead", "def", "testlib", "bad", -1},
    // Exit code 1 may be an exception: it has to accept the expected output.
    {"RejectsAllByExit", "exit(1)", "exit", "bad", -1},
    {"RaisesByExit", "raise ValueError", "exit", "bad", -1},
    {"NoProgram", "def", "exit", "bad", -1},
    {"AcceptsAll", "exit(0)", "exit", "bad", 1},
};

class CodeBrokenCheckerTest : public testing::TestWithParam<BrokenRow> {};

TEST_P(CodeBrokenCheckerTest, IsNotTheAnswersDoing) {
  const BrokenRow& row = GetParam();
  const Verdict got =
      JudgePrinted(Params(row.checker, row.protocol), row.printed);
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_DOUBLE_EQ(Score(got).value_or(-1), row.want) << detail;
  if (row.want < 0) {
    EXPECT_EQ(got.detail.at("tests").at(0).at("verdict").as_string(), "JF");
    EXPECT_THAT(detail, HasSubstr("\"failure\":\"the checker: "));
  }
}

INSTANTIATE_TEST_SUITE_P(Code, CodeBrokenCheckerTest,
                         testing::ValuesIn(kBrokenRows),
                         [](const auto& test) { return test.param.name; });

// The answer of another test is tried where its own is blank.
TEST(CodeOutputChecker, WithAnAnswerElsewhereABrokenCheckerIsFound) {
  const auto verdicts = [](std::string_view checker, std::string_view printed) {
    object params = Params(checker, "testlib");
    params["tests"] = {object{{"stdin", "in"}, {"stdout", " \n"}},
                       object{{"stdin", "in"}, {"stdout", "right\n"}}};
    const auto got = JudgePrinted(params, printed);
    std::string all;
    for (const auto& test : got.detail.at("tests").as_array()) {
      all += std::string(test.at("verdict").as_string()) + " ";
    }
    return all;
  };
  EXPECT_EQ(verdicts(kBroken, "abort"), "JF JF ");
  EXPECT_EQ(verdicts("raise ValueError", "good"), "JF JF ");
  EXPECT_EQ(verdicts(kBroken, "good"), "AC AC ");
  // One that is whole is not, and no output buys a null.
  EXPECT_EQ(verdicts(kObedient, "abort"), "WA WA ");
  EXPECT_EQ(verdicts(kObedient, "loop"), "WA WA ");
}

// There is nothing to try a checker on: the output is to blame.
TEST(CodeOutputChecker, WithoutAnAnswerAFailureIsTheOutputsDoing) {
  object params = Params(kBroken, "testlib");
  params["tests"].at(0).as_object()["stdout"] = " \n";
  EXPECT_EQ(Score(JudgePrinted(params, "abort")), 0.0);
  EXPECT_EQ(Score(JudgePrinted(params, "good")), 1.0);
}

// A program fails by itself before anyone looks at what it printed.
TEST(CodeOutputChecker, JudgesNoProgramThatFails) {
  const object params = Params("exit(0)", "testlib");
  const auto verdict = [&params](std::string_view source) {
    const Verdict got = JudgeCode(params, Fenced(source, "python"));
    EXPECT_EQ(Score(got), 0.0) << source;
    return std::string(got.detail.at("tests").at(0).at("verdict").as_string());
  };
  EXPECT_EQ(verdict("print('right'); exit(1)"), "RE");
  EXPECT_EQ(verdict("import ctypes; ctypes.CDLL(None).ptrace(16, 1, 0, 0)"),
            "SV");
}

TEST(CodeOutputChecker, TheCandidateSeesNothingOfTheChecker) {
  object params = Params(kObedient, "exit");
  const Verdict got = JudgeCode(
      params, Fenced("import os, sys\n"
                     "print('good' if os.listdir() == ['main.py'] and "
                     "len(sys.argv) == 1 else 'bad')",
                     "python"));
  EXPECT_EQ(Score(got), 1.0) << boost::json::serialize(got.detail);
}

TEST(CodeOutputChecker, IsCompiledOnceFromSeveralFiles) {
  object checker = {{"language", "cpp"}};
  checker["files"] = {
      object{{"name", "check.h"},
             {"content", "inline int Code(bool same) { return !same; }"}},
      object{{"name", "check.cc"},
             {"content",
              "#include <cstdio>\n#include \"check.h\"\n"
              "int main(int, char** argv) {\n"
              "  int a = 0, b = 0;\n"
              "  fscanf(fopen(argv[2], \"r\"), \"%d\", &a);\n"
              "  fscanf(fopen(argv[3], \"r\"), \"%d\", &b);\n"
              "  return Code(a == b);\n}\n"}}};
  object params = {{"language", "python"}, {"score", "fraction"}};
  params["tests"] = {object{{"stdin", "1"}, {"stdout", "1"}},
                     object{{"stdin", "2"}, {"stdout", "2"}}};
  params["compare"] = {{"mode", "testlib"}, {"checker", checker}};
  EXPECT_EQ(Score(JudgePrinted(params, "+01")), 0.5);

  params["compare"].at("checker").at("files").at(0).at("content") = "int {";
  const Verdict broken = JudgePrinted(params, "1");
  EXPECT_EQ(broken.outcome, Outcome::kNotJudged);
  const std::string detail = boost::json::serialize(broken.detail);
  EXPECT_THAT(detail, HasSubstr("the checker: does not compile: check.h"));
}

TEST(CodeOutputChecker, TimeThatIsUsedUpIsATimeout) {
  object params = Params("import time; time.sleep(60)", "testlib");
  const Verdict got =
      JudgeCode(params, Fenced("print(1)", "python"), std::chrono::seconds(1));
  EXPECT_EQ(got.outcome, Outcome::kTimeout);
}

struct BadRow {
  const char* name;
  std::string_view compare;  // JSON
  std::string_view pointer;
};

void PrintTo(const BadRow& row, std::ostream* os) { *os << row.name; }

constexpr BadRow kBadRows[] = {
    {"NoChecker", R"({"mode": "testlib"})", "/compare/checker"},
    {"CheckerElsewhere", R"({"mode": "exact", "checker": {}})",
     "/compare/checker"},
    {"CheckerIsText", R"({"mode": "testlib", "checker": "x"})",
     "/compare/checker"},
    {"NoLanguage", R"({"mode": "testlib", "checker": {"code": "x"}})",
     "/compare/checker/language"},
    {"NoCode", R"({"mode": "testlib", "checker": {"language": "python"}})",
     "/compare/checker/code"},
    {"CodeAndFiles",
     R"({"mode": "testlib", "checker": {"language": "python", "code": "x",
         "files": []}})",
     "/compare/checker/files"},
    {"NoFiles",
     R"({"mode": "testlib", "checker": {"language": "python", "files": []}})",
     "/compare/checker/files"},
    {"FileIsText",
     R"({"mode": "testlib", "checker": {"language": "python",
         "files": ["x"]}})",
     "/compare/checker/files/0"},
    {"TakenName",
     R"({"mode": "testlib", "checker": {"language": "python", "files": [
         {"name": "answer.txt", "content": ""}]}})",
     "/compare/checker/files/0/name"},
    {"PathAsName",
     R"({"mode": "testlib", "checker": {"language": "python", "files": [
         {"name": "../main.py", "content": ""}]}})",
     "/compare/checker/files"},
    {"Protocol",
     R"({"mode": "testlib", "checker": {"language": "python", "code": "",
         "protocol": "icpc"}})",
     "/compare/checker/protocol"},
    {"PointsOfExit",
     R"({"mode": "testlib", "checker": {"language": "python", "code": "",
         "protocol": "exit", "points": 1}})",
     "/compare/checker/points"},
    {"NoPoints",
     R"({"mode": "testlib", "checker": {"language": "python", "code": "",
         "points": 0}})",
     "/compare/checker/points"},
    {"TooManyPoints",
     R"({"mode": "testlib", "checker": {"language": "python", "code": "",
         "points": 1000001}})",
     "/compare/checker/points"},
    {"Limits",
     R"({"mode": "testlib", "checker": {"language": "python", "code": "",
         "limits": {"cpu_s": 0}}})",
     "/compare/checker/limits/cpu_s"},
    {"RelOfTestlib",
     R"({"mode": "testlib", "rel": 1, "checker": {"language": "python",
         "code": ""}})",
     "/compare/rel"},
};

class CodeBadCheckerTest : public testing::TestWithParam<BadRow> {};

std::string ErrorOf(const boost::json::value& compare) {
  const auto check = MakeCodeChecker(nullptr)->Prepare(
      {{"language", "python"},
       {"tests", array{object{{"stdout", "1"}}}},
       {"compare", compare}});
  return check ? "" : check.error().pointer;
}

TEST_P(CodeBadCheckerTest, NamesThePlace) {
  const BadRow& row = GetParam();
  EXPECT_EQ(ErrorOf(boost::json::parse(row.compare)), row.pointer);
}

INSTANTIATE_TEST_SUITE_P(Code, CodeBadCheckerTest, testing::ValuesIn(kBadRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeBadChecker, FilesAreBounded) {
  const auto error = [](std::size_t count, std::size_t bytes) {
    array files = {
        object{{"name", "main.py"}, {"content", std::string(bytes, ' ')}}};
    while (files.size() < count) {
      files.push_back(object{{"name", "f" + std::to_string(files.size())},
                             {"content", ""}});
    }
    return ErrorOf({{"mode", "testlib"},
                    {"checker", {{"language", "python"}, {"files", files}}}});
  };
  EXPECT_EQ(error(kMaxProgramFiles, kMaxProgramBytes), "");
  EXPECT_EQ(error(kMaxProgramFiles + 1, 0), "/compare/checker/files");
  EXPECT_EQ(error(1, kMaxProgramBytes + 1), "/compare/checker/files");
}

}  // namespace
}  // namespace rewards
