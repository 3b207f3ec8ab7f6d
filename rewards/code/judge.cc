#include "rewards/code/judge.h"

#include <algorithm>
#include <utility>

#include "sandbox/program.h"

namespace rewards::code {
namespace {

using Clock = std::chrono::steady_clock;
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

// `limits` with the wall time that `deadline` leaves; false if it leaves none.
bool FitTo(Clock::time_point deadline, sandbox::RunLimits* limits) {
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
      deadline - Clock::now());
  limits->wall = std::min(limits->wall, left);
  return limits->wall >= sandbox::kLeastLimits.wall;
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
  }
  return "IE";
}

Judge::Judge(std::shared_ptr<const sandbox::Jail> jail)
    : jail_(std::move(jail)) {}

boost::system::result<std::shared_ptr<const Judge>, sandbox::JailError>
Judge::Create(sandbox::Level least) {
  auto jail = sandbox::Jail::Create(least);
  if (!jail) return jail.error();
  return std::make_shared<const Judge>(std::move(*jail));
}

Report Judge::RunPython(const std::string& source, const Task& task,
                        Clock::time_point deadline) const {
  Report report;
  for (const Test& test : task.tests) {
    TestReport result{TestVerdict::kWallTime};
    const sandbox::Program program = sandbox::PythonProgram(source, test.input);
    sandbox::RunLimits limits = task.limits;
    constexpr int kTries = 2;
    for (int i = 0; i < kTries && FitTo(deadline, &limits); ++i) {
      const sandbox::RunResult run = jail_->Run(program, limits);
      result = FromRun(run, test, task.compare);
      if (result.verdict != TestVerdict::kInternalError) break;
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
