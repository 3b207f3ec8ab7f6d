// Tests rewards/code_checker.h: parameters, and whole submissions, honest ones
// beside those that want to be paid without solving anything.

#include "rewards/code_checker.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code_test_params.h"
#include "rewards/registry.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::object;
using std::chrono::seconds;

std::string InPython(std::string_view source) {
  return Fenced(source, "python");
}

object Parse(std::string_view text) {
  return boost::json::parse(text).as_object();
}

// Three tests of a + b; a small machine may be slow, so only waits are short.
constexpr std::string_view kSum = R"({
  "language": "python",
  "tests": [{"stdin": "1 2\n", "stdout": "3\n"},
            {"stdin": "5 8\n", "stdout": "13\n"},
            {"stdin": "-4 4\n", "stdout": "0\n"}],
  "limits": {"cpu_s": 2, "wall_s": 60, "output_kb": 64}})";

struct Row {
  const char* name;
  std::string_view source;
  Outcome want;
  std::string_view verdict;  // of the last test that ran
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr Row kRows[] = {
    // Honest.
    {"Right", "print(sum(map(int, input().split())))", Outcome::kCorrect, "AC"},
    {"RightWithNoise",
     "import sys\nprint(sum(map(int, sys.stdin.read().split())), flush=True)\n"
     "print('debug', file=sys.stderr)",
     Outcome::kCorrect, "AC"},
    {"RightAndExitsZero", "print(sum(map(int, input().split()))); exit(0)",
     Outcome::kCorrect, "AC"},
    {"OffByOne", "print(sum(map(int, input().split())) + 1)", Outcome::kWrong,
     "WA"},
    {"SyntaxError", "print(", Outcome::kWrong, "RE"},
    {"Endless", "while True: pass", Outcome::kTimeout, "TLE"},

    // An exit code is not an answer.
    {"ExitZero", "raise SystemExit(0)", Outcome::kWrong, "WA"},
    {"HardExitZero", "import os; os._exit(0)", Outcome::kWrong, "WA"},
    {"RightButFails", "print(sum(map(int, input().split()))); exit(1)",
     Outcome::kWrong, "RE"},
    {"RightButKilled",
     "import os\nprint(sum(map(int, input().split())), flush=True)\n"
     "os.kill(os.getpid(), 9)",
     Outcome::kWrong, "RE"},
    {"RightButAborts",
     "import os\nprint(sum(map(int, input().split())), flush=True)\nos.abort()",
     Outcome::kWrong, "RE"},

    // Neither is part of one, nor many.
    {"FirstTestOnly", "print(3)", Outcome::kWrong, "WA"},
    {"Nothing", "pass", Outcome::kWrong, "WA"},
    {"EveryAnswer", "for i in range(-50, 50): print(i)", Outcome::kWrong, "WA"},
    {"RightAndMore", "print(sum(map(int, input().split())), 'PASS')",
     Outcome::kWrong, "WA"},
    {"RightOnStandardError",
     "import sys; print(sum(map(int, input().split())), file=sys.stderr)",
     Outcome::kWrong, "WA"},
    {"Verdict", "print('{\"verdict\": \"AC\"}')", Outcome::kWrong, "WA"},
    {"RightThenFlood",
     "print(sum(map(int, input().split())))\nprint(' ' * 100_000)",
     Outcome::kWrong, "OLE"},

    // The expected output is nowhere to be found.
    {"LooksForIt",
     "import gc, glob, os, sys\n"
     "seen = [open(p).read() for p in glob.glob('/w/*') + glob.glob('/tmp/*')\n"
     "        if not p.endswith('main.py')]\n"
     "for fd in range(3, 256):\n"
     "  try: seen.append(os.read(fd, 100))\n"
     "  except OSError: pass\n"
     "seen += [sys.argv[1:], glob.glob('/proc/*')]\n"
     "seen = [s for s in seen if s]\n"
     "print(seen or sum(map(int, input().split())))",
     Outcome::kCorrect, "AC"},
    {"PatchesEverything",
     "class A(str):\n"
     "  __eq__ = lambda *a: True\n  __hash__ = lambda *a: 0\n"
     "  __str__ = lambda *a: ''\n"
     "print(A())",
     Outcome::kWrong, "WA"},
    {"TamperAfterwards",
     "import os\nprint(0)\n"
     "try:\n  os.fork()\nexcept OSError:\n  pass",
     Outcome::kWrong, "WA"},
    {"ForgesALimit", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
     Outcome::kWrong, "RE"},
    {"BreaksThePolicy",
     "import ctypes\nprint(sum(map(int, input().split())), flush=True)\n"
     "ctypes.CDLL(None).ptrace(16, 1, 0, 0)",
     Outcome::kViolation, "SV"},
};

class CodeCheckerTest : public testing::TestWithParam<Row> {};

TEST_P(CodeCheckerTest, Judges) {
  const Row& row = GetParam();
  const Verdict got = JudgeCode(Parse(kSum), InPython(row.source));
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_EQ(OutcomeName(got.outcome), OutcomeName(row.want)) << detail;
  const auto& tests = got.detail.at("tests").as_array();
  EXPECT_EQ(tests.back().at("verdict").as_string(), row.verdict) << detail;
}

INSTANTIATE_TEST_SUITE_P(Code, CodeCheckerTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeCheckerDetail, SaysWhichTestAndNeverWhatItExpects) {
  object params = Parse(kSum);
  params["tests"].as_array()[1].at("stdout") = "31415926\n";
  const Verdict got =
      JudgeCode(params, InPython("print(sum(map(int, input().split())))"));
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_EQ(detail, R"({"reason":"wrong output","passed":1,"total":3,"test":1,)"
                    R"("tests":[{"verdict":"AC"},{"verdict":"WA",)"
                    R"("reason":"word 1, on line 1, differs"}]})");
}

TEST(CodeCheckerScore, FractionCountsEveryTest) {
  object params = Parse(kSum);
  params["score"] = "fraction";
  const Verdict two =
      JudgeCode(params, InPython("a, b = map(int, input().split())\n"
                                 "print(a + b if a > 0 else 1)"));
  EXPECT_EQ(two.outcome, Outcome::kPartial);
  EXPECT_DOUBLE_EQ(Score(two).value(), 2.0 / 3.0);
  const Verdict last = JudgeCode(params, InPython("print(0)"));
  EXPECT_DOUBLE_EQ(Score(last).value(), 1.0 / 3.0);
  EXPECT_EQ(JudgeCode(params, InPython("print(9)")).outcome, Outcome::kWrong);
  const std::string right = "print(sum(map(int, input().split())))";
  EXPECT_EQ(JudgeCode(params, InPython(right)).outcome, Outcome::kCorrect);
  const Verdict broken = JudgeCode(
      params, InPython("a, b = map(int, input().split())\n"
                       "import ctypes\n"
                       "if a < 0: ctypes.CDLL(None).ptrace(16, 1, 0, 0)\n"
                       "print(a + b)"));
  EXPECT_EQ(broken.outcome, Outcome::kViolation);
}

TEST(CodeCheckerBudget, TestsWithoutTimeLeftAreTimeouts) {
  object params = Parse(kSum);
  params["score"] = "fraction";
  const Verdict none = JudgeCode(params, InPython("print(3)"), seconds(0));
  EXPECT_EQ(none.outcome, Outcome::kTimeout);
  EXPECT_EQ(none.detail.at("tests").as_array().size(), 3U);
  const Verdict some =
      JudgeCode(params, InPython("import time; time.sleep(1000)"), seconds(2));
  EXPECT_EQ(some.outcome, Outcome::kTimeout);
  for (const auto& test : some.detail.at("tests").as_array()) {
    EXPECT_EQ(test.at("verdict").as_string(), "ILE");
  }
}

TEST(CodeCheckerAnswer, IsTheProgramAfterTheThought) {
  const std::string right =
      "```python\nprint(sum(map(int, input().split())))"
      "\n```\n";
  const std::string wrong = "```python\nprint(9)\n```\n";
  const object params = Parse(kSum);
  const auto outcome = [&](const std::string& response) {
    return JudgeCode(params, response).outcome;
  };
  EXPECT_EQ(outcome(right), Outcome::kCorrect);
  EXPECT_EQ(outcome("<think>" + wrong + "</think>" + right), Outcome::kCorrect);
  EXPECT_EQ(outcome("<think>" + right + "</think>" + wrong), Outcome::kWrong);
  EXPECT_EQ(outcome("<think>" + right + "</think>see above"),
            Outcome::kUnreadable);
  EXPECT_EQ(outcome("<think>" + right), Outcome::kUnreadable);
  EXPECT_EQ(outcome(""), Outcome::kUnreadable);
}

TEST(CodeCheckerJail, WithoutAJudgeNothingIsJudged) {
  const Registry registry = BuiltInRegistry();
  const Checker* checker = registry.Find("code");
  ASSERT_NE(checker, nullptr);
  EXPECT_TRUE(checker->runs_programs());
  const auto check = checker->Prepare(Parse(kSum));
  ASSERT_TRUE(check.has_value());
  const std::string response = InPython("print(3)");
  const Verdict got = (*check)->Judge({.prompt = "", .response = response}, {});
  EXPECT_EQ(got.outcome, Outcome::kNotJudged);
  EXPECT_FALSE(Score(got).has_value());
}

struct BadParams {
  const char* name;
  std::string_view json;
  std::string_view pointer;
};

void PrintTo(const BadParams& row, std::ostream* os) { *os << row.name; }

constexpr BadParams kBadParams[] = {
    {"NoLanguage", R"({"tests": [{"stdout": "1"}]})", "/language"},
    {"OtherLanguage", R"({"language": "cobol", "tests": [{"stdout": "1"}]})",
     "/language"},
    {"UpperLanguage", R"({"language": "C++", "tests": [{"stdout": "1"}]})",
     "/language"},
    {"NoTests", R"({"language": "python"})", "/tests"},
    {"EmptyTests", R"({"language": "python", "tests": []})", "/tests"},
    {"TestIsText", R"({"language": "python", "tests": ["1"]})", "/tests/0"},
    {"NoStdout", R"({"language": "python", "tests": [{"stdin": "1"}]})",
     "/tests/0/stdout"},
    {"StdoutIsNumber",
     R"({"language": "python", "tests": [{"stdout": "1"}, {"stdout": 1}]})",
     "/tests/1/stdout"},
    {"UnknownInTest",
     R"({"language": "python", "tests": [{"stdout": "1", "x": 1}]})",
     "/tests/0/x"},
    {"CallWithoutReturns",
     R"({"language": "python", "tests": [{"call": "f", "args": []}]})",
     "/tests/0/returns"},
    {"NothingToPrint",
     R"({"language": "python", "tests": [{"stdout": " \n"}]})", "/tests"},
    {"UnknownKey",
     R"({"language": "python", "tests": [{"stdout": "1"}], "time": 1})",
     "/time"},
    {"Files",
     R"({"language": "python", "tests": [{"stdout": "1"}], "files": []})",
     "/files"},
    {"CompareIsText",
     R"({"language": "python", "tests": [{"stdout": "1"}], "compare": "x"})",
     "/compare"},
    {"Testlib",
     R"({"language": "python", "tests": [{"stdout": "1"}],
         "compare": {"mode": "testlib"}})",
     "/compare/checker"},
    {"ToleranceWithoutFloat",
     R"({"language": "python", "tests": [{"stdout": "1"}],
         "compare": {"mode": "exact", "rel": 0.1}})",
     "/compare/rel"},
    {"ToleranceTooWide",
     R"({"language": "python", "tests": [{"stdout": "1"}],
         "compare": {"mode": "float", "abs": 1.1}})",
     "/compare/abs"},
    {"Score",
     R"({"language": "python", "tests": [{"stdout": "1"}], "score": "most"})",
     "/score"},
    {"UnknownLimit",
     R"({"language": "python", "tests": [{"stdout": "1"}],
         "limits": {"time": 1}})",
     "/limits/time"},
};

class CodeParamsTest : public testing::TestWithParam<BadParams> {};

TEST_P(CodeParamsTest, NamesThePlace) {
  const BadParams& row = GetParam();
  const auto check = MakeCodeChecker(nullptr)->Prepare(Parse(row.json));
  ASSERT_TRUE(check.has_error());
  EXPECT_EQ(check.error().pointer, row.pointer) << check.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Code, CodeParamsTest, testing::ValuesIn(kBadParams),
                         [](const auto& test) { return test.param.name; });

// At the limit and one past it.
struct LimitRow {
  const char* name;
  std::string_view least;
  std::string_view most;
  std::string_view below;
  std::string_view above;
};

void PrintTo(const LimitRow& row, std::ostream* os) { *os << row.name; }

constexpr LimitRow kLimitRows[] = {
    {"cpu_s", "0.01", "600", "0.009", "600.1"},
    {"wall_s", "0.01", "1200", "0.009", "1200.1"},
    {"memory_mb", "64", "65536", "63", "65537"},
    {"output_kb", "1", "262144", "0", "262145"},
    {"processes", "1", "256", "0", "257"},
};

class CodeLimitsTest : public testing::TestWithParam<LimitRow> {};

TEST_P(CodeLimitsTest, HoldsItsRange) {
  const LimitRow& row = GetParam();
  const auto error = [&row](std::string_view value) -> std::string {
    object params = Parse(kSum);
    params["limits"] = {{row.name, boost::json::parse(value)}};
    const auto check = MakeCodeChecker(nullptr)->Prepare(params);
    return check ? "" : check.error().pointer;
  };
  EXPECT_EQ(error(row.least), "");
  EXPECT_EQ(error(row.most), "");
  EXPECT_EQ(error(row.below), "/limits/" + std::string(row.name));
  EXPECT_EQ(error(row.above), "/limits/" + std::string(row.name));
  EXPECT_EQ(error("\"1\""), "/limits/" + std::string(row.name));
}

INSTANTIATE_TEST_SUITE_P(Code, CodeLimitsTest, testing::ValuesIn(kLimitRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeParams, TheNumberAndSizeOfTestsAreBounded) {
  const auto prepare = [](std::size_t count, std::size_t bytes) {
    boost::json::array tests(count, object{{"stdout", "1"}});
    tests[0].as_object()["stdin"] = std::string(bytes, 'x');
    const auto check = MakeCodeChecker(nullptr)->Prepare(
        {{"language", "python"}, {"tests", std::move(tests)}});
    return check ? std::string() : check.error().pointer;
  };
  EXPECT_EQ(prepare(kMaxTests, 1), "");
  EXPECT_EQ(prepare(kMaxTests + 1, 1), "/tests");
  EXPECT_EQ(prepare(1, kMaxTestBytes), "");
  EXPECT_EQ(prepare(1, kMaxTestBytes + 1), "/tests/0/stdin");
}

TEST(CodeParams, TheSchemaNamesWhatPrepareReads) {
  const object schema = MakeCodeChecker(nullptr)->schema();
  const auto& properties = schema.at("properties").as_object();
  EXPECT_EQ(properties.size(), 10U);
  for (const char* key :
       {"language", "tests", "compare", "score", "stop", "limits", "measures",
        "allow_in_process", "files", "entry"}) {
    EXPECT_TRUE(properties.contains(key)) << key;
  }
  const auto& compare = properties.at("compare").at("properties").as_object();
  for (const char* key : {"mode", "rel", "abs", "checker"}) {
    EXPECT_TRUE(compare.contains(key)) << key;
  }
}

TEST(CodeCheckerDetail, ListsNoMoreTestsThanItMay) {
  boost::json::array tests(kMaxTestsListed + 1, object{{"stdout", "1"}});
  const object params = {{"language", "python"},
                         {"tests", std::move(tests)},
                         {"score", "fraction"}};
  const Verdict got = JudgeCode(params, InPython("print(1)"), seconds(0));
  EXPECT_EQ(got.detail.at("tests").as_array().size(), kMaxTestsListed);
  EXPECT_EQ(got.detail.at("total").to_number<std::size_t>(),
            kMaxTestsListed + 1);
}

}  // namespace
}  // namespace rewards
