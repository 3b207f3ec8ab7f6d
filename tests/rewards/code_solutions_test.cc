// Programs that compute what MultiPL-E's problems ask for, each beside one that
// differs in a place and is wrong.

#include "tests/rewards/code_solutions.h"

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/suites/suite.h"
#include "sandbox/language.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

struct Solved {
  std::string_view language;  // of the check
  std::string_view file;
  const std::vector<CodeSolution>* solutions;
  // Of them this many-th, where it takes seconds to compile one; with
  // ASSAY_EVERY_PROBLEM all.
  std::size_t every = 1;
};

void PrintTo(const Solved& row, std::ostream* os) { *os << row.language; }

constexpr Solved kSolved[] = {
    {"bash", "sh", &kBashSolutions},
    {"cpp", "cpp", &kCppSolutions, 3},
    {"csharp", "cs", &kCSharpSolutions, 3},
    {"java", "java", &kJavaSolutions, 3},
    {"javascript", "js", &kJavaScriptSolutions},
    {"php", "php", &kPhpSolutions},
    {"typescript", "ts", &kTypeScriptSolutions},
};

class CodeSolutions : public testing::TestWithParam<Solved> {};

TEST_P(CodeSolutions, ArePaid) {
  const Solved& row = GetParam();
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  if (const auto missing =
          sandbox::MissingTool(*sandbox::FindLanguage(row.language));
      !missing.empty()) {
    std::cout << "off: " << missing << " is not there\n";
    return;
  }
  const auto tasks = datasets::ReadSuite(
      *datasets::FindSuite("multipl_e"),
      std::string(data) + "/data/code/humaneval_mul/humaneval-" +
          std::string(row.file) + ".jsonl.gz");
  ASSERT_TRUE(tasks) << tasks.error().ToString();
  std::map<std::string_view, const datasets::Task*> problems;
  for (const datasets::Task& task : *tasks) problems[task.id] = &task;
  const std::size_t step =
      std::getenv("ASSAY_EVERY_PROBLEM") != nullptr ? 1 : row.every;
  for (std::size_t i = 0; i < row.solutions->size(); i += step) {
    const CodeSolution& solution = (*row.solutions)[i];
    SCOPED_TRACE(solution.problem);
    const auto problem = problems.find(solution.problem);
    ASSERT_NE(problem, problems.end());
    const std::string& question = problem->second->question;
    boost::json::object check = problem->second->checks.at(0).as_object();
    check.erase("checker");
    check["limits"] = {{"cpu_s", 10}, {"wall_s", 60}};
    const std::string right(solution.body);
    const std::size_t at = right.find(solution.right);
    ASSERT_NE(at, std::string::npos);
    ASSERT_EQ(right.find(solution.right, at + 1), std::string::npos);
    std::string wrong = right;
    wrong.replace(at, solution.right.size(), solution.wrong);
    const Verdict refused =
        JudgeCode(check, Fenced(question + wrong, row.language));
    EXPECT_EQ(refused.outcome, Outcome::kWrong)
        << boost::json::serialize(refused.detail);
    EXPECT_TRUE(refused.detail.contains("tests"))
        << boost::json::serialize(refused.detail);
    TheJudge()->runner().WaitForHeaders();
    const Verdict paid =
        JudgeCode(check, Fenced(question + right, row.language));
    EXPECT_EQ(paid.outcome, Outcome::kCorrect)
        << boost::json::serialize(paid.detail);
  }
}

INSTANTIATE_TEST_SUITE_P(Published, CodeSolutions, testing::ValuesIn(kSolved),
                         [](const auto& test) {
                           return std::string(test.param.language);
                         });

}  // namespace
}  // namespace rewards
