#include "rewards/code/judge.h"

#include <utility>

namespace rewards::code {
namespace {

using sandbox::Ending;

TestReport FromRun(const sandbox::RunResult& run, const Test& test,
                   const CompareRule& compare) {
  switch (run.ending) {
    case Ending::kFailed:
      return {TestVerdict::kInternalError};
    case Ending::kSignalled:
      return {TestVerdict::kRuntimeError, 0, run.signal};
    case Ending::kCpuLimit:
      return {TestVerdict::kCpuTime};
    case Ending::kWallLimit:
      return {TestVerdict::kWallTime};
    case Ending::kOutputLimit:
      return {TestVerdict::kOutput};
    case Ending::kViolation:
      return {TestVerdict::kViolation};
    case Ending::kExited:
      break;
  }
  if (run.exit_code != 0) return {TestVerdict::kRuntimeError, run.exit_code};
  return {Matches(test.expected, run.out, compare) ? TestVerdict::kAccepted
                                                   : TestVerdict::kWrongAnswer};
}

TestVerdict FromBuild(sandbox::BuildVerdict verdict) {
  using sandbox::BuildVerdict;
  switch (verdict) {
    case BuildVerdict::kReady:
      return TestVerdict::kAccepted;
    case BuildVerdict::kError:
      return TestVerdict::kCompileError;
    case BuildVerdict::kTime:
      return TestVerdict::kCompileTime;
    case BuildVerdict::kViolation:
      return TestVerdict::kViolation;
    case BuildVerdict::kFailed:
      break;
  }
  return TestVerdict::kInternalError;
}

}  // namespace

std::string_view TestVerdictName(TestVerdict verdict) noexcept {
  switch (verdict) {
    case TestVerdict::kInternalError:
      return "IE";
    case TestVerdict::kAccepted:
      return "AC";
    case TestVerdict::kWrongAnswer:
      return "WA";
    case TestVerdict::kRuntimeError:
      return "RE";
    case TestVerdict::kCpuTime:
      return "TLE";
    case TestVerdict::kWallTime:
      return "ILE";
    case TestVerdict::kOutput:
      return "OLE";
    case TestVerdict::kViolation:
      return "SV";
    case TestVerdict::kCompileError:
      return "CE";
    case TestVerdict::kCompileTime:
      return "CTLE";
  }
  return "IE";
}

Judge::Judge(std::shared_ptr<const sandbox::Runner> runner)
    : runner_(std::move(runner)) {}

boost::system::result<std::shared_ptr<const Judge>, sandbox::JailError>
Judge::Create(sandbox::Level least) {
  auto jail = sandbox::Jail::Create(least);
  if (!jail) return jail.error();
  return std::make_shared<const Judge>(
      std::make_shared<const sandbox::Runner>(std::move(*jail)));
}

Report Judge::Run(const std::string& source, const Task& task,
                  std::chrono::steady_clock::time_point deadline) const {
  const sandbox::Language& language = *task.language;
  const sandbox::Until until{.deadline = deadline};
  Report report;
  sandbox::Build build = runner_->Compile(
      language, {{.name = language.main, .content = source}}, until);
  report.build = FromBuild(build.verdict);
  report.failure = std::move(build.failure);
  report.diagnostics = std::move(build.compile.err);
  if (report.build != TestVerdict::kAccepted) return report;
  for (const Test& test : task.tests) {
    build.program.input = test.input;
    const sandbox::RunResult run =
        runner_->Run(build.program, task.limits, until);
    const TestReport result = FromRun(run, test, task.compare);
    if (result.verdict == TestVerdict::kInternalError) {
      report.failure = run.failure;
    }
    report.tests.push_back(result);
    if (result.verdict == TestVerdict::kAccepted) {
      ++report.passed;
    } else if (task.until_failure) {
      break;
    }
  }
  return report;
}

}  // namespace rewards::code
