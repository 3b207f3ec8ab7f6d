// Data sets of programs, on small files of our own in the published shapes.

#include "datasets/suites/code_suites.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/suites/code_tests.h"
#include "datasets/suites/suite.h"
#include "datasets/suites/suite_prompt.h"
#include "tests/datasets/scratch.h"

namespace datasets {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Row {
  const char* name;
  std::string_view suite;
  std::string_view text;   // one record, or none that can be judged
  std::string_view check;  // without what all have; empty: left out
};
void PrintTo(const Row& c, std::ostream* os) { *os << c.name; }

class CodeSuites : public testing::TestWithParam<Row> {};

TEST_P(CodeSuites, GiveTests) {
  const Scratch scratch;
  const auto tasks =
      ReadSuite(*FindSuite(GetParam().suite), scratch.Write(GetParam().text));
  ASSERT_TRUE(tasks) << tasks.error().ToString();
  ASSERT_EQ(tasks->empty(), GetParam().check.empty());
  if (tasks->empty()) return;
  EXPECT_EQ(boost::json::serialize(tasks->front().checks),
            R"([{"checker":"code",)" + std::string(GetParam().check) + "}]");
}

constexpr Row kRows[] = {
    {"AppsStream", "apps",
     R"({"problem_id":7,"question":"q","starter_code":"","input_output":)"
     R"("{\"inputs\": [\"1\\n\"], \"outputs\": [\"2\\n\"]}"})",
     R"("language":"python","tests":[{"stdin":"1\n","stdout":"2\n"}])"},
    {"AppsLines", "apps",
     R"({"question":"q","input_output":{"inputs":[["1","2"]],)"
     R"("outputs":[["3",4]]}})",
     R"("language":"python","tests":[{"stdin":"1\n2\n","stdout":"3\n4\n"}])"},
    {"AppsCall", "apps",
     R"({"question":"q","starter_code":"def f(a):\n","input_output":)"
     R"({"fn_name":"f","inputs":[[[1],"x"],[null]],"outputs":[[2],[[3]]]}})",
     R"("language":"python","tests":[{"call":"f","args":[[1],"x"],)"
     R"("returns":2},{"call":"f","args":[null],"returns":[3]}])"},
    {"AppsCallNotWrapped", "apps",
     R"({"question":"q","starter_code":"class Solution:\n","input_output":)"
     R"({"fn_name":"f","inputs":[[1],[2]],"outputs":[[2],[2,3]]}})",
     R"("language":"python","tests":[{"call":"Solution().f","args":[1],)"
     R"("returns":[2]},{"call":"Solution().f","args":[2],"returns":[2,3]}])"},
    {"AppsCallLines", "apps",
     R"({"question":"q","starter_code":"","input_output":)"
     R"({"fn_name":"f","inputs":["[1]\n2"],"outputs":["true"]}})",
     R"("language":"python","tests":[{"call":"f","args":[[1],2],)"
     R"("returns":true}])"},
    {"AppsWithoutTests", "apps", R"({"question":"q","input_output":""})", ""},
    {"AppsAsksForNothing", "apps",
     R"({"question":"q","input_output":{"inputs":["1"],"outputs":[" \n"]}})",
     ""},
    {"TacoLimits", "taco",
     R"({"question":"q","time_limit":"2.5 seconds",)"
     R"("memory_limit":"256.0 megabytes","input_output":)"
     R"({"inputs":["1"],"outputs":["2"]}})",
     R"("language":"python","tests":[{"stdin":"1","stdout":"2"}],)"
     R"("limits":{"cpu_s":2.5E0,"memory_mb":256})"},
    {"TacoNoLimits", "taco",
     R"({"question":"q","time_limit":null,"memory_limit":null,)"
     R"("input_output":{"inputs":["1"],"outputs":["2"]}})",
     R"("language":"python","tests":[{"stdin":"1","stdout":"2"}])"},
    {"TacoSmallMemory", "taco",
     R"({"question":"q","memory_limit":"16 megabytes",)"
     R"("input_output":{"inputs":["1"],"outputs":["2"]}})",
     R"("language":"python","tests":[{"stdin":"1","stdout":"2"}],)"
     R"("limits":{"memory_mb":64})"},
    {"ContestLists", "code_contests",
     R"({"name":"n","description":"d","input_file":"","output_file":"",)"
     R"("public_tests":{"input":["1"],"output":["2"]},)"
     R"("private_tests":{"input":[],"output":[]},)"
     R"("generated_tests":{"input":["3"],"output":["4"]},)"
     R"("time_limit":{"seconds":1,"nanos":500000000},)"
     R"("memory_limit_bytes":256000000})",
     R"("language":"python","tests":[{"stdin":"1","stdout":"2","visible":true},)"
     R"({"stdin":"3","stdout":"4"}],)"
     R"("limits":{"cpu_s":1.5E0,"memory_mb":245})"},
    {"ContestObjects", "code_contests",
     R"({"name":"n","description":"d","time_limit":null,)"
     R"("public_tests":[{"input":"1","output":"2"}]})",
     R"("language":"python","tests":[{"stdin":"1","stdout":"2","visible":true}])"},
    {"ContestFiles", "code_contests",
     R"({"name":"n","description":"d","input_file":"in.txt",)"
     R"("public_tests":[{"input":"1","output":"2"}]})",
     ""},
    {"ContestWithoutTests", "code_contests",
     R"({"name":"n","description":"d"})", ""},
    {"HumanEvalX", "humaneval_x",
     R"({"task_id":"Python/0","prompt":"def f():\n","test":)"
     R"("def check(f):\n    assert f() == 1\n\ncheck(f)\n"})",
     R"("language":"python","tests":[{"harness":)"
     R"("def check(f):\n    assert f() == 1\n\n","entry_point":"f"}])"},
    {"MultiPlECpp", "multipl_e",
     R"({"name":"n","language":"cpp","prompt":"p","stop_tokens":["\n}"],)"
     R"("tests":"}\nint main() {\n    auto candidate = f;\n)"
     R"(    assert(candidate((\"x\"), (1)) == (0.5f));\n}\n"})",
     R"("language":"cpp","tests":[{"call":"f","args":["x",1],)"
     R"("returns":5E-1}])"},
    {"MultiPlEJava", "multipl_e",
     R"({"name":"n","language":"java","prompt":"p","stop_tokens":["\n}"],)"
     R"("tests":"    }\n    public static void main(String[] args) {\n)"
     R"(    assert(f((1l)) == (2l));\n    assert(f((2l)).equals((\"a\")));\n)"
     R"(    }\n\n}\n"})",
     R"("language":"java","tests":[{"call":"Problem.f","args":[1],)"
     R"("returns":2},{"call":"Problem.f","args":[2],"returns":"a"}])"},
    {"MultiPlEShell", "multipl_e",
     R"({"name":"n","language":"sh","prompt":"p","stop_tokens":["\n}"],)"
     R"("tests":"}\n\ncandidate() {\n    f \"$@\"\n}\n\nset -e\nrun_test() {\n)"
     R"(    [[ $(candidate \"a b\" \"1\") = \"2\" ]]\n}\n\nrun_test"})",
     R"("language":"bash","tests":[{"call":"f","args":["a b","1"],)"
     R"("returns":"2"}])"},
    {"MultiPlEPhp", "multipl_e",
     R"({"name":"n","language":"php","prompt":"p","stop_tokens":["\n}"],)"
     R"("tests":"function candidate(...$args) {\n    return f(...$args);\n}\n)"
     R"(\nfunction test(): void {\n    if (candidate(1) !== array(2)) )"
     R"({ throw new Exception(\"Test failed!\"); }\n}\n\ntest();"})",
     R"("language":"php","tests":[{"call":"f","args":[1],"returns":[2]}])"},
    {"MultiPlECppUnion", "multipl_e",
     R"({"name":"n","language":"cpp","stop_tokens":["\n}"],)"
     R"("prompt":"#include <string>\nunion U { long f0; };\n",)"
     R"("tests":"}\nint main() {\n    auto candidate = f;\n)"
     R"(    assert(candidate((\"x\"), (1)) == (0.5f));\n}\n"})",
     ""},
    {"MultiPlEPhpsOwn", "multipl_e",
     R"({"name":"n","language":"php","stop_tokens":["\n}"],)"
     R"("prompt":"<?php\nfunction strlen($string) {\n",)"
     R"("tests":"function candidate(...$args) {\n    return strlen(...$args);\n)"
     R"(}\n\nfunction test(): void {\n    if (candidate(1) !== 2) )"
     R"({ throw new Exception(\"Test failed!\"); }\n}\n\ntest();"})",
     ""},
    {"MultiPlELoop", "multipl_e",
     R"({"name":"n","language":"js","prompt":"p","stop_tokens":[],)"
     R"("tests":"function test() {\n  let candidate = f;\n)"
     R"(  assert.deepEqual(candidate(1),2);\n)"
     R"(  for (;;) assert.deepEqual(candidate(1),2);\n}\n"})",
     ""},
    {"MultiPlENoFunction", "multipl_e",
     R"({"name":"n","language":"js","prompt":"p","stop_tokens":[],)"
     R"("tests":"assert.deepEqual(candidate(1),2);\n"})",
     ""},
};
INSTANTIATE_TEST_SUITE_P(Records, CodeSuites, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

struct BadRow {
  const char* name;
  std::string_view suite;
  std::string_view text;
  std::string_view want;  // part of the error
};
void PrintTo(const BadRow& c, std::ostream* os) { *os << c.name; }

class BadCodeSuites : public testing::TestWithParam<BadRow> {};

TEST_P(BadCodeSuites, AreErrorsWithAPlace) {
  const Scratch scratch;
  const auto tasks =
      ReadSuite(*FindSuite(GetParam().suite),
                scratch.Write("\n" + std::string(GetParam().text)));
  ASSERT_FALSE(tasks);
  EXPECT_THAT(tasks.error().ToString(),
              HasSubstr("file:2: " + std::string(GetParam().want)));
}

constexpr BadRow kBadRows[] = {
    {"AppsNoQuestion", "apps", R"({"input_output":""})",
     "\"question\" must be a string"},
    {"AppsNoTests", "apps", R"({"question":"q"})",
     "\"input_output\" must be there"},
    {"AppsNotJson", "apps", R"({"question":"q","input_output":"{"})",
     "\"input_output\" must be the JSON of an object"},
    {"AppsLengths", "apps",
     R"({"question":"q","input_output":{"inputs":["1"],"outputs":[]}})",
     "\"input_output\" must have"},
    {"AppsNumber", "apps",
     R"({"question":"q","input_output":{"inputs":[1],"outputs":["1"]}})",
     "the input and the output of a test must be text"},
    {"AppsArguments", "apps",
     R"({"question":"q","input_output":)"
     R"({"fn_name":"f","inputs":[1],"outputs":[1]}})",
     "the input of a test of a function must be a list"},
    {"AppsRounded", "apps",
     R"({"question":"q","input_output":)"
     R"({"fn_name":"f","inputs":[[1]],"outputs":[123456789012345678901]}})",
     "a test has a number that needs more than 64 bits"},
    {"ContestNoDescription", "code_contests", R"({"name":"n"})",
     "\"description\" must be a string"},
    {"ContestLengths", "code_contests",
     R"({"description":"d","public_tests":{"input":["1"],"output":[]}})",
     "\"public_tests\" must have"},
    {"ContestPairs", "code_contests",
     R"({"description":"d","private_tests":[{"input":"1"}]})",
     "\"private_tests\" must hold objects"},
    {"HumanEvalXNoCall", "humaneval_x",
     R"({"prompt":"p","test":"def check(f):\n    pass\n"})",
     "\"test\" must end with a call of check"},
    {"HumanEvalXMore", "humaneval_x",
     R"({"prompt":"p","test":"def check(f):\n    pass\ncheck(f)\nx = 1\n"})",
     "\"test\" must end with a call of check"},
    {"MultiPlELanguage", "multipl_e",
     R"({"name":"n","language":"rkt","prompt":"p","stop_tokens":[],)"
     R"("tests":""})",
     "\"language\" must be one of"},
    {"MultiPlEStops", "multipl_e",
     R"({"name":"n","language":"js","prompt":"p","tests":""})",
     "\"stop_tokens\" must be an array"},
};
INSTANTIATE_TEST_SUITE_P(Records, BadCodeSuites, testing::ValuesIn(kBadRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeSuitesMore, SayWhatWasLeftOutAndWhereAnswersStop) {
  const Scratch scratch;
  const std::string path = scratch.Write(
      R"({"name":"a","language":"js","prompt":"p","stop_tokens":["\n//"],)"
      R"("tests":"let candidate = f;\nassert.deepEqual(candidate(),1);"})"
      "\n"
      R"({"name":"b","language":"js","prompt":"p","stop_tokens":[],)"
      R"("tests":"let candidate = f;\nassert.deepEqual(candidate(),g());"})");
  std::vector<std::string> left_out;
  const auto tasks = ReadMultiPlE(path, &left_out);
  ASSERT_TRUE(tasks) << tasks.error().ToString();
  ASSERT_EQ(tasks->size(), 1U);
  EXPECT_THAT(left_out, ElementsAre("b"));
  EXPECT_THAT(tasks->front().stops, ElementsAre("\n//"));
  EXPECT_THAT(AnswerInstruction(*FindSuite("multipl_e"), tasks->front()),
              HasSubstr("```javascript."));
}

TEST(CodeSuitesMore, KeepTheFirstTestsOfTooMany) {
  boost::json::array tests(kMaxSuiteTests + 1, boost::json::object());
  Task task;
  SetPythonCheck(tests, {}, &task);
  EXPECT_EQ(task.checks[0].as_object().at("tests").as_array().size(),
            kMaxSuiteTests);
}

}  // namespace
}  // namespace datasets
