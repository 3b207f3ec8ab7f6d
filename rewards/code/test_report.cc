#include "rewards/code/test_report.h"

#include "rewards/code/out_of_memory.h"

namespace rewards::code {
namespace {

using sandbox::Ending;

TestVerdict VerdictOf(const sandbox::RunResult& run,
                      const sandbox::RunLimits& limits) {
  switch (run.ending) {
    case Ending::kFailed:
      return TestVerdict::kInternalError;
    case Ending::kCpuLimit:
      return TestVerdict::kCpuTime;
    case Ending::kWallLimit:
      return TestVerdict::kWallTime;
    case Ending::kOutputLimit:
      return TestVerdict::kOutput;
    case Ending::kMemoryLimit:
      return TestVerdict::kMemory;
    case Ending::kViolation:
      return TestVerdict::kViolation;
    case Ending::kExited:
      if (run.exit_code == 0) return TestVerdict::kAccepted;
      break;
    case Ending::kSignalled:
      break;
  }
  return RanOutOfMemory(run, limits) ? TestVerdict::kMemory
                                     : TestVerdict::kRuntimeError;
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
    case TestVerdict::kPresentation:
      return "PE";
    case TestVerdict::kRuntimeError:
      return "RE";
    case TestVerdict::kCpuTime:
      return "TLE";
    case TestVerdict::kWallTime:
      return "ILE";
    case TestVerdict::kMemory:
      return "MLE";
    case TestVerdict::kOutput:
      return "OLE";
    case TestVerdict::kViolation:
      return "SV";
    case TestVerdict::kJudgeFailure:
      return "JF";
    case TestVerdict::kCompileError:
      return "CE";
    case TestVerdict::kCompileTime:
      return "CTLE";
  }
  return "IE";
}

TestReport ReportOf(const sandbox::RunResult& run,
                    const sandbox::RunLimits& limits) {
  TestReport report{.verdict = VerdictOf(run, limits)};
  if (report.verdict == TestVerdict::kRuntimeError ||
      report.verdict == TestVerdict::kMemory) {
    report.exit_code = run.exit_code;
    report.signal = run.signal;
  }
  report.stdout_truncated = run.out_truncated;
  report.failure = run.failure;
  report.cpu = run.cpu;
  report.wall = run.wall;
  report.memory_kb = run.max_rss_kb;
  return report;
}

}  // namespace rewards::code
