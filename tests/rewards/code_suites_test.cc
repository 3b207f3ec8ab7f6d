// The checks that readers of data sets give, before the checker that judges by
// them, and what they let a program earn.

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <ostream>
#include <string>
#include <string_view>

#include "datasets/suites/suite.h"
#include "tests/datasets/scratch.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

// The parameters of the first check of the only task in `text`.
boost::json::object CheckOf(std::string_view suite, std::string_view text) {
  const datasets::Scratch scratch;
  const auto tasks =
      datasets::ReadSuite(*datasets::FindSuite(suite), scratch.Write(text));
  if (!tasks || tasks->size() != 1) {
    ADD_FAILURE() << suite;
    return {};
  }
  boost::json::object check = tasks->front().checks.at(0).as_object();
  EXPECT_EQ(check.at("checker"), "code");
  check.erase("checker");
  return check;
}

struct Row {
  const char* name;
  std::string_view suite;
  std::string_view text;
  std::string_view right;
  std::string_view wrong;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class CodeSuiteChecks : public testing::TestWithParam<Row> {};

TEST_P(CodeSuiteChecks, PayForWhatIsRight) {
  const auto check = CheckOf(GetParam().suite, GetParam().text);
  for (const bool right : {true, false}) {
    const std::string_view source = right ? GetParam().right : GetParam().wrong;
    const Verdict verdict = JudgeCode(check, Fenced(source, "python"));
    EXPECT_EQ(verdict.outcome, right ? Outcome::kCorrect : Outcome::kWrong)
        << boost::json::serialize(verdict.detail);
  }
}

constexpr Row kRows[] = {
    {"HumanEval", "humaneval",
     R"({"prompt":"def f(a):\n","entry_point":"f",)"
     R"("test":"def check(candidate):\n    assert candidate(2) == 3\n"})",
     "def f(a):\n    return a + 1\n", "def f(a):\n    return a\n"},
    // A program that writes the helper which its test compares by.
    {"HumanEvalHelper", "humaneval",
     R"({"prompt":"def twice(a):\n    return 2 * a\n\n\ndef half(a):\n",)"
     R"("entry_point":"half","test":"def check(candidate):\n)"
     R"(    assert candidate(twice(21)) == 21\n"})",
     "def twice(a):\n    return 2 * a\n\n\ndef half(a):\n    return a // 2\n",
     "def twice(a):\n    return a\n\n\ndef half(a):\n    return a\n"},
    {"HumanEvalXHelper", "humaneval_x",
     R"({"prompt":"def twice(a):\n    return 2 * a\n\n\ndef half(a):\n",)"
     R"("test":"def check(half):\n    assert half(twice(21)) == 21\n)"
     R"(\ncheck(half)\n"})",
     "def twice(a):\n    return 2 * a\n\n\ndef half(a):\n    return a // 2\n",
     "def twice(a):\n    return a\n\n\ndef half(a):\n    return a\n"},
    {"Mbpp", "mbpp",
     R"({"text":"t","task_id":1,"test_list":["assert f(2) == 3"],)"
     R"("test_setup_code":""})",
     "def f(a):\n    return a + 1\n", "def f(a):\n    return a\n"},
    {"AppsStream", "apps",
     R"({"question":"q","input_output":{"inputs":[["2"]],"outputs":[["3"]]}})",
     "print(int(input()) + 1)", "print(input())"},
    {"AppsCall", "apps",
     R"({"question":"q","starter_code":"class Solution:\n","input_output":)"
     R"({"fn_name":"f","inputs":[[2, {"a": 1.5}]],"outputs":[[[3, "a"]]]}})",
     "class Solution:\n    def f(self, a, b):\n        return a + 1, *b\n",
     "class Solution:\n    def f(self, a, b):\n        return [a, *b]\n"},
    {"Taco", "taco",
     R"({"question":"q","time_limit":"2.0 seconds",)"
     R"("memory_limit":"256.0 megabytes",)"
     R"("input_output":{"inputs":["2"],"outputs":["3"]}})",
     "print(int(input()) + 1)", "print(input())"},
    {"CodeContests", "code_contests",
     R"({"description":"d","time_limit":{"seconds":2,"nanos":0},)"
     R"("memory_limit_bytes":256000000,)"
     R"("public_tests":{"input":["2"],"output":["3"]}})",
     "print(int(input()) + 1)", "print(input())"},
    {"LiveCodeBench", "livecodebench",
     R"({"question_content":"q","starter_code":"class Solution:",)"
     R"("metadata":"{\"func_name\": \"f\"}","private_test_cases":"[]",)"
     R"("public_test_cases":"[{\"input\":\"2\\n[1]\",\"output\":\"[1, 2]\",)"
     R"(\"testtype\":\"functional\"}]"})",
     "class Solution:\n    def f(self, a, b):\n        return b + [a]\n",
     "class Solution:\n    def f(self, a, b):\n        return b\n"},
};
INSTANTIATE_TEST_SUITE_P(Suites, CodeSuiteChecks, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

// Every check of the published files can be prepared.
TEST(CodeSuiteFiles, CanBePrepared) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  const auto checker = MakeCodeChecker(nullptr);
  for (const auto& [suite, file] :
       {std::pair("humaneval", "HumanEval.jsonl.gz"),
        std::pair("humaneval_x", "humaneval_mul/humaneval-python.jsonl.gz"),
        std::pair("mbpp", "mbpp.jsonl")}) {
    const auto tasks = datasets::ReadSuite(
        *datasets::FindSuite(suite), std::string(data) + "/data/code/" + file);
    ASSERT_TRUE(tasks) << tasks.error().ToString();
    for (const datasets::Task& task : *tasks) {
      boost::json::object check = task.checks.at(0).as_object();
      check.erase("checker");
      const auto prepared = checker->Prepare(check);
      EXPECT_TRUE(prepared) << task.id << ' ' << prepared.error().detail;
    }
  }
}

}  // namespace
}  // namespace rewards
