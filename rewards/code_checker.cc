#include "rewards/code_checker.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/answer_part.h"
#include "rewards/code/extract.h"
#include "rewards/code_params.h"

namespace rewards {
namespace {

using code::TestVerdict;

Outcome OutcomeOf(TestVerdict verdict) {
  switch (verdict) {
    case TestVerdict::kAccepted:
      return Outcome::kCorrect;
    case TestVerdict::kWrongAnswer:
    case TestVerdict::kPresentation:
    case TestVerdict::kRuntimeError:
    case TestVerdict::kMemory:
    case TestVerdict::kOutput:
    case TestVerdict::kCompileError:
      return Outcome::kWrong;
    case TestVerdict::kCpuTime:
    case TestVerdict::kWallTime:
    case TestVerdict::kCompileTime:
      return Outcome::kTimeout;
    case TestVerdict::kViolation:
      return Outcome::kViolation;
    case TestVerdict::kJudgeFailure:
    case TestVerdict::kInternalError:
      break;
  }
  return Outcome::kNotJudged;
}

std::string_view ReasonOf(TestVerdict verdict) {
  switch (verdict) {
    case TestVerdict::kAccepted:
      return "every test passed";
    case TestVerdict::kWrongAnswer:
      return "wrong output";
    case TestVerdict::kPresentation:
      return "the right words, but not as they should stand";
    case TestVerdict::kRuntimeError:
      return "the program failed";
    case TestVerdict::kMemory:
      return "out of memory";
    case TestVerdict::kOutput:
      return "too much output";
    case TestVerdict::kCpuTime:
      return "out of processor time";
    case TestVerdict::kWallTime:
      return "out of time";
    case TestVerdict::kViolation:
      return "the program broke the jail's policy";
    case TestVerdict::kJudgeFailure:
      return "the test itself failed";
    case TestVerdict::kCompileError:
      return "does not compile";
    case TestVerdict::kCompileTime:
      return "takes too long to compile";
    case TestVerdict::kInternalError:
      break;
  }
  return "the program could not be run";
}

bool IsOurs(TestVerdict verdict) {
  return OutcomeOf(verdict) == Outcome::kNotJudged;
}

// The test that says most about the whole: one that broke the policy; where the
// share of passed tests counts, one that was not judged, else the first that
// was not passed, one that was judged before one that was not: it is 0 anyway.
std::size_t Deciding(const code::Report& report, const code::Task& task) {
  const auto& tests = report.tests;
  const auto first = [&tests](auto matches) {
    return static_cast<std::size_t>(
        std::find_if(tests.begin(), tests.end(),
                     [matches](const code::TestReport& test) {
                       return test.verdict != TestVerdict::kAccepted &&
                              matches(test.verdict);
                     }) -
        tests.begin());
  };
  const std::size_t violation = first(
      [](TestVerdict verdict) { return verdict == TestVerdict::kViolation; });
  if (violation < tests.size()) return violation;
  const std::size_t before = first(
      [&task](TestVerdict verdict) { return IsOurs(verdict) == task.graded; });
  if (before < tests.size()) return before;
  return first([](TestVerdict) { return true; });
}

double Milliseconds(std::chrono::microseconds time) {
  return static_cast<double>(time.count()) / 1000;
}

boost::json::array Listed(const code::Report& report, bool measures) {
  boost::json::array list;
  for (const code::TestReport& test : report.tests) {
    if (list.size() == kMaxTestsListed) break;
    boost::json::object entry = {
        {"verdict", code::TestVerdictName(test.verdict)}};
    if (test.signal != 0) entry["signal"] = test.signal;
    if (test.exit_code != 0) entry["exit_code"] = test.exit_code;
    if (test.stdout_truncated) entry["stdout_truncated"] = true;
    if (test.credit > 0) entry["credit"] = test.credit;
    if (!test.reason.empty()) entry["reason"] = test.reason;
    if (measures) {
      entry["cpu_ms"] = Milliseconds(test.cpu);
      entry["wall_ms"] = Milliseconds(test.wall);
      entry["memory_kb"] = test.memory_kb;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

// How many of the tests that the prompt shows are passed, and how many of the
// others: an answer that knows by heart what it was shown differs there.
void AddSplit(const code::Report& report, const code::Task& task,
              boost::json::object& detail) {
  if (task.visible.empty()) return;
  for (const bool visible : {true, false}) {
    std::size_t passed = 0;
    for (std::size_t i = 0; i < report.tests.size(); ++i) {
      const bool accepted = report.tests[i].verdict == TestVerdict::kAccepted;
      passed += accepted && task.visible[i] == visible ? 1 : 0;
    }
    const auto total =
        std::count(task.visible.begin(), task.visible.end(), visible);
    detail[visible ? "visible" : "hidden"] = {{"passed", passed},
                                              {"total", total}};
  }
}

// No test ran.
Verdict FromBuild(const code::Report& report, const code::Task& task) {
  Verdict verdict =
      MakeVerdict(OutcomeOf(report.build), ReasonOf(report.build));
  verdict.detail["passed"] = 0;
  verdict.detail["total"] = task.tests.size();
  AddSplit(report, task, verdict.detail);
  if (!report.failure.empty()) verdict.detail["failure"] = report.failure;
  if (report.build == TestVerdict::kJudgeFailure) return verdict;
  boost::json::object compile = {
      {"verdict", code::TestVerdictName(report.build)}};
  if (!report.diagnostics.empty()) {
    compile["diagnostics"] = report.diagnostics.substr(0, kMaxDiagnosticBytes);
  }
  verdict.detail["compile"] = std::move(compile);
  return verdict;
}

// `credit` / `total`, never rounded to what is none or all of it.
double PartOf(double credit, std::size_t total) {
  using Limits = std::numeric_limits<double>;
  return std::clamp(credit / static_cast<double>(total), Limits::min(),
                    1 - Limits::epsilon());
}

Verdict FromReport(const code::Report& report, const code::Task& task) {
  if (report.build != TestVerdict::kAccepted) return FromBuild(report, task);
  const std::size_t total = task.tests.size();
  const std::size_t at = Deciding(report, task);
  // All of the tests, not only all that ran.
  const bool all = report.passed == total && at == report.tests.size();
  const TestVerdict deciding =
      all ? TestVerdict::kAccepted
          : (at < report.tests.size() ? report.tests[at].verdict
                                      : TestVerdict::kInternalError);
  Verdict verdict = MakeVerdict(OutcomeOf(deciding), ReasonOf(deciding));
  const bool graded = task.graded && report.credit > 0 && !all;
  if (graded && (verdict.outcome == Outcome::kWrong ||
                 verdict.outcome == Outcome::kTimeout)) {
    verdict.outcome = Outcome::kPartial;
    verdict.partial_score = PartOf(report.credit, total);
  }
  if (IsOurs(deciding) && at < report.tests.size()) {
    verdict.detail["failure"] = report.tests[at].failure;
  }
  verdict.detail["passed"] = report.passed;
  verdict.detail["total"] = total;
  AddSplit(report, task, verdict.detail);
  if (!all) verdict.detail["test"] = at;
  verdict.detail["tests"] = Listed(report, task.measures);
  return verdict;
}

class CodeCheck : public Check {
 public:
  CodeCheck(std::shared_ptr<const code::Judge> judge, code::Task task)
      : judge_(std::move(judge)), task_(std::move(task)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget& budget) const override {
    if (judge_ == nullptr) {
      return MakeVerdict(Outcome::kNotJudged, "this process has no jail");
    }
    const std::string_view answer = AnswerPart(submission);
    const code::Extraction program =
        code::ExtractProgram(*task_.language, answer);
    if (!program.found) {
      return MakeVerdict(Outcome::kUnreadable, program.reason);
    }
    Verdict verdict =
        FromReport(judge_->Run(program.source, task_, budget.deadline), task_);
    if (task_.in_process) verdict.evidence = "in_process";
    return verdict;
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget& budget) const override {
    const std::string_view response = submission.response;
    const std::string_view answer = AnswerPart(submission);
    Explanation steps;
    steps.emplace_back("answer", "what follows the reasoning",
                       PlaceOf(answer, response));
    const code::Extraction program =
        code::ExtractProgram(*task_.language, answer);
    if (!program.found) {
      steps.emplace_back("extraction", std::string(program.reason));
      return steps;
    }
    const std::size_t begin = answer.rfind(program.source);
    steps.emplace_back(
        "extraction",
        std::string(program.fenced ? "the last block that counts"
                                   : "the whole answer") +
            " is the program, in " + std::string(task_.language->name()),
        begin == std::string_view::npos
            ? std::nullopt
            : std::optional(PlaceOf(answer.substr(begin, program.source.size()),
                                    response)));
    if (judge_ == nullptr) {
      steps.emplace_back("run", "this process has no jail");
      return steps;
    }
    AddRun(judge_->Run(program.source, task_, budget.deadline), steps);
    return steps;
  }

 private:
  static void AddRun(const code::Report& report, Explanation& steps) {
    if (report.build != TestVerdict::kAccepted) {
      steps.emplace_back("compilation", std::string(ReasonOf(report.build)));
      return;
    }
    for (std::size_t i = 0;
         i < std::min<std::size_t>(report.tests.size(), kMaxTestsListed); ++i) {
      const code::TestReport& test = report.tests[i];
      std::string how = test.verdict == TestVerdict::kAccepted
                            ? "passed"
                            : std::string(ReasonOf(test.verdict));
      for (const std::string* why : {&test.reason, &test.failure}) {
        if (!why->empty()) how += ": " + *why;
      }
      steps.emplace_back("test " + std::to_string(i), std::move(how));
    }
  }

  std::shared_ptr<const code::Judge> judge_;
  code::Task task_;
};

class CodeChecker : public Checker {
 public:
  explicit CodeChecker(std::shared_ptr<const code::Judge> judge)
      : judge_(std::move(judge)) {}

  [[nodiscard]] std::string_view name() const noexcept override {
    return "code";
  }

  [[nodiscard]] std::string_view version() const noexcept override {
    return "2";
  }

  [[nodiscard]] std::string_view summary() const noexcept override {
    return "The program in the answer passes the tests.";
  }

  [[nodiscard]] bool runs_programs() const noexcept override { return true; }

  [[nodiscard]] boost::json::object schema() const override {
    return CodeSchema();
  }

  [[nodiscard]] ParamResult<std::unique_ptr<const Check>> Prepare(
      const boost::json::object& params) const override {
    auto task = CodeTask(params);
    if (!task) return task.error();
    return std::make_unique<const CodeCheck>(judge_, *std::move(task));
  }

 private:
  std::shared_ptr<const code::Judge> judge_;
};

}  // namespace

std::string CodeLanguageProblem(const sandbox::Language& language) {
  const std::string opening = code::OpeningProblem(language.opening);
  if (!opening.empty()) return "opening: " + opening;
  return sandbox::LanguageProblem(language);
}

std::unique_ptr<const Checker> MakeCodeChecker(
    std::shared_ptr<const code::Judge> judge) {
  return std::make_unique<CodeChecker>(std::move(judge));
}

}  // namespace rewards
