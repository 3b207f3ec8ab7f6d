// Tests what is known about each test (rewards/code/test_report.h,
// out_of_memory.h), and what of it the `code` checker reports.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code/out_of_memory.h"
#include "rewards/code/test_report.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::object;
using code::ReportOf;
using code::TestVerdictName;
using sandbox::Ending;

struct EndingRow {
  const char* name;
  Ending ending;
  int exit_code;
  int signal;
  std::int64_t peak_mb;  // of 100
  std::string_view errors;
  std::string_view verdict;
};

void PrintTo(const EndingRow& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kPythonNotice =
    "Traceback (most recent call last):\n  File \"/w/main.py\", line 1, in "
    "<module>\nMemoryError\n";
constexpr std::string_view kCppNotice =
    "terminate called after throwing an instance of 'std::bad_alloc'\n"
    "  what():  std::bad_alloc\n";

constexpr EndingRow kEndings[] = {
    {"Exits", Ending::kExited, 0, 0, 1, "", "AC"},
    {"ExitsNearTheLimit", Ending::kExited, 0, 0, 100, kPythonNotice, "AC"},
    {"Fails", Ending::kExited, 1, 0, 1, "", "RE"},
    {"FailsBelow", Ending::kExited, 1, 0, 89, "", "RE"},
    {"FailsNearTheLimit", Ending::kExited, 1, 0, 90, "", "MLE"},
    {"Killed", Ending::kSignalled, 0, 9, 1, "", "RE"},
    {"KilledNearTheLimit", Ending::kSignalled, 0, 9, 95, "", "MLE"},
    {"PythonSaysSo", Ending::kExited, 1, 0, 1, kPythonNotice, "MLE"},
    {"CppSaysSo", Ending::kSignalled, 0, 6, 1, kCppNotice, "MLE"},
    {"CppAborts", Ending::kSignalled, 0, 6, 1, "  what():  nothing", "RE"},
    {"NotAtTheStartOfALine", Ending::kExited, 1, 0, 1, "no MemoryError", "RE"},
    {"Busy", Ending::kCpuLimit, 0, 0, 100, kCppNotice, "TLE"},
    {"Waits", Ending::kWallLimit, 0, 0, 1, "", "ILE"},
    {"Talks", Ending::kOutputLimit, 0, 0, 1, "", "OLE"},
    {"TogetherTooMuch", Ending::kMemoryLimit, 0, 0, 1, "", "MLE"},
    {"Attacks", Ending::kViolation, 0, 31, 100, kCppNotice, "SV"},
    {"OurFailure", Ending::kFailed, 0, 0, 100, kCppNotice, "IE"},
};

class CodeEndingTest : public testing::TestWithParam<EndingRow> {};

TEST_P(CodeEndingTest, HasAVerdict) {
  const EndingRow& row = GetParam();
  sandbox::RunResult run;
  run.ending = row.ending;
  run.exit_code = row.exit_code;
  run.signal = row.signal;
  run.max_rss_kb = row.peak_mb * sandbox::kKiB;
  run.err = row.errors;
  sandbox::RunLimits limits;
  limits.memory_bytes = 100 * sandbox::kMiB;
  const code::TestReport report = ReportOf(run, limits);
  EXPECT_EQ(TestVerdictName(report.verdict), row.verdict);
  const bool failed = row.verdict == "RE" || row.verdict == "MLE";
  EXPECT_EQ(report.exit_code, failed ? row.exit_code : 0);
  EXPECT_EQ(report.signal, failed ? row.signal : 0);
}

INSTANTIATE_TEST_SUITE_P(Code, CodeEndingTest, testing::ValuesIn(kEndings),
                         [](const auto& test) { return test.param.name; });

TEST(CodeReport, ADefaultReportIsAFailureOfOurs) {
  EXPECT_EQ(TestVerdictName(code::TestReport{}.verdict), "IE");
}

object Params(std::string_view tests) {
  object params = {{"language", "python"}};
  params["tests"] = boost::json::parse(tests);
  params["limits"] =
      boost::json::parse(R"({"wall_s": 60, "memory_mb": 64, "output_kb": 1})");
  return params;
}

std::string TestsOf(const Verdict& verdict) {
  return boost::json::serialize(verdict.detail.at("tests"));
}

struct DetailRow {
  const char* name;
  std::string_view source;
  std::string_view compare;
  std::string_view outcome;
  std::string_view test;  // of the detail
};

void PrintTo(const DetailRow& row, std::ostream* os) { *os << row.name; }

// The test expects "a\nb\n".
constexpr DetailRow kDetails[] = {
    {"Right", "print('a\\nb')", "lines", "correct", R"({"verdict":"AC"})"},
    {"JoinedLines", "print('a b')", "lines", "wrong",
     R"({"verdict":"PE","reason":"line 1 differs"})"},
    {"NoNewLine", "print('a\\nb', end='')", "exact", "wrong",
     R"({"verdict":"PE","reason":"the output ends after 3 bytes"})"},
    {"JoinedWords", "print('a b')", "tokens", "correct", R"({"verdict":"AC"})"},
    {"Wrong", "print('a c')", "lines", "wrong",
     R"({"verdict":"WA","reason":"line 1 differs"})"},
    {"Memory", "x = bytearray(1 << 30)", "lines", "wrong",
     R"({"verdict":"MLE","exit_code":1})"},
    {"Fills", "x = []\nwhile True: x.append(bytearray(1 << 20))", "lines",
     "wrong", R"({"verdict":"MLE","exit_code":1})"},
    {"Exit", "exit(3)", "lines", "wrong", R"({"verdict":"RE","exit_code":3})"},
    {"Signal", "import os; os.kill(os.getpid(), 15)", "lines", "wrong",
     R"({"verdict":"RE","signal":15})"},
    {"OutputAtTheLimit", "print('a\\nb' + ' ' * 1020)", "lines", "correct",
     R"({"verdict":"AC"})"},
    {"OutputOneByteOver", "print('a\\nb' + ' ' * 1021)", "lines", "wrong",
     R"({"verdict":"OLE","stdout_truncated":true})"},
    {"ErrorsOneByteOver",
     "import sys; print('a\\nb'); print('x' * 1024, file=sys.stderr)", "lines",
     "wrong", R"({"verdict":"OLE"})"},
};

class CodeDetailTest : public testing::TestWithParam<DetailRow> {};

TEST_P(CodeDetailTest, SaysHowTheTestEnded) {
  const DetailRow& row = GetParam();
  object params = Params(R"([{"stdout": "a\nb\n"}])");
  params["compare"] = {{"mode", row.compare}};
  const Verdict got = JudgeCode(params, Fenced(row.source, "python"));
  EXPECT_EQ(OutcomeName(got.outcome), row.outcome);
  EXPECT_EQ(TestsOf(got), "[" + std::string(row.test) + "]");
}

INSTANTIATE_TEST_SUITE_P(Code, CodeDetailTest, testing::ValuesIn(kDetails),
                         [](const auto& test) { return test.param.name; });

TEST(CodeReport, MeasuresAreThereWhereTheyAreAskedFor) {
  object params = Params(R"([{"stdout": "1"}])");
  params["measures"] = true;
  const Verdict got = JudgeCode(params, Fenced("print(1)", "python"));
  const auto& test = got.detail.at("tests").at(0).as_object();
  EXPECT_EQ(test.size(), 4U) << TestsOf(got);
  EXPECT_GE(test.at("cpu_ms").to_number<double>(), 0);
  EXPECT_GT(test.at("wall_ms").to_number<double>(), 0);
  EXPECT_GT(test.at("memory_kb").to_number<double>(), 0);
}

// What an answer that knows the prompt's example by heart looks like.
TEST(CodeReport, VisibleTestsAreCountedApart) {
  object params = Params(
      R"([{"stdin": "1", "stdout": "2", "visible": true},
          {"stdin": "3", "stdout": "6"},
          {"stdin": "4", "stdout": "8", "visible": false}])");
  params["stop"] = "never";
  const auto split = [&params](std::string_view program) {
    const Verdict got = JudgeCode(params, Fenced(program, "python"));
    return boost::json::serialize(got.detail.at("visible")) +
           boost::json::serialize(got.detail.at("hidden"));
  };
  EXPECT_EQ(split("print(2)"),
            R"({"passed":1,"total":1}{"passed":0,"total":2})");
  EXPECT_EQ(split("print(2 * int(input()))"),
            R"({"passed":1,"total":1}{"passed":2,"total":2})");
  EXPECT_EQ(split("print(8)"),
            R"({"passed":0,"total":1}{"passed":1,"total":2})");
  params["language"] = "cpp";
  const Verdict broken = JudgeCode(params, Fenced("int main( {}", "cpp"));
  EXPECT_EQ(boost::json::serialize(broken.detail.at("hidden")),
            R"({"passed":0,"total":2})");
}

TEST(CodeReport, WithoutAVisibleTestThereIsNoSplit) {
  const object params = Params(R"([{"stdout": "1", "visible": false}])");
  const Verdict got = JudgeCode(params, Fenced("print(1)", "python"));
  EXPECT_FALSE(got.detail.contains("visible"));
  EXPECT_FALSE(got.detail.contains("hidden"));
}

TEST(CodeReport, VisibleIsABoolean) {
  const auto check = MakeCodeChecker(nullptr)->Prepare(
      Params(R"([{"stdout": "1"}, {"stdout": "1", "visible": 1}])"));
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().pointer, "/tests/1/visible");
}

// Who stops where is worth what: three tests, the program passes the last two.
TEST(CodeReport, StopAndScoreAreApart) {
  struct Row {
    const char* score;
    const char* stop;
    std::size_t ran;
    double want;
  };
  for (const Row& row :
       {Row{"all", "first_failure", 1, 0}, Row{"all", "never", 3, 0},
        Row{"fraction", "first_failure", 1, 0},
        Row{"fraction", "never", 3, 2.0 / 3}}) {
    SCOPED_TRACE(testing::Message() << row.score << " " << row.stop);
    object params = Params(
        R"([{"stdin": "1", "stdout": "2"}, {"stdin": "3", "stdout": "3"},
            {"stdin": "4", "stdout": "4"}])");
    params["score"] = row.score;
    params["stop"] = row.stop;
    const Verdict got = JudgeCode(params, Fenced("print(input())", "python"));
    EXPECT_EQ(got.detail.at("tests").as_array().size(), row.ran);
    EXPECT_DOUBLE_EQ(Score(got).value_or(-1), row.want);
  }
}

// Honest outputs as large as they come, in full.
TEST(CodeReport, LargeOutputsPass) {
  for (const std::size_t bytes :
       {std::size_t{100'000}, std::size_t{1} << 20, std::size_t{16} << 20}) {
    SCOPED_TRACE(bytes);
    std::string expected(bytes, ' ');
    for (std::size_t at = 0; at < bytes; at += 8) expected[at] = '7';
    expected.back() = '\n';
    object params = {{"language", "python"}};
    params["tests"] = {object{{"stdin", std::to_string(bytes)}}};
    params["tests"].at(0).as_object()["stdout"] = std::move(expected);
    params["compare"] = {{"mode", "exact"}};
    params["limits"] = {
        {"wall_s", 60},
        {"output_kb", static_cast<std::int64_t>((bytes + 1023) / 1024)}};
    const std::string source =
        "n = int(input())\n"
        "print(('7       ' * (n // 8 + 1))[:n - 1])";
    const Verdict right = JudgeCode(params, Fenced(source, "python"));
    EXPECT_EQ(Score(right), 1.0) << TestsOf(right);
    const Verdict over =
        JudgeCode(params, Fenced(source + "\nprint(' ' * 1024)", "python"));
    EXPECT_EQ(TestsOf(over), R"([{"verdict":"OLE","stdout_truncated":true}])");
  }
}

}  // namespace
}  // namespace rewards
