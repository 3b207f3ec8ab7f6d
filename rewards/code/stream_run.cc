#include "rewards/code/stream_run.h"

namespace rewards::code {

using sandbox::Ending;

TestReport ReportOf(const sandbox::RunResult& run) {
  switch (run.ending) {
    case Ending::kFailed:
      return {.failure = run.failure};
    case Ending::kSignalled:
      return {.verdict = TestVerdict::kRuntimeError, .signal = run.signal};
    case Ending::kCpuLimit:
      return {.verdict = TestVerdict::kCpuTime};
    case Ending::kWallLimit:
      return {.verdict = TestVerdict::kWallTime};
    case Ending::kOutputLimit:
      return {.verdict = TestVerdict::kOutput};
    case Ending::kViolation:
      return {.verdict = TestVerdict::kViolation};
    case Ending::kExited:
      break;
  }
  if (run.exit_code != 0) {
    return {.verdict = TestVerdict::kRuntimeError, .exit_code = run.exit_code};
  }
  return {.verdict = TestVerdict::kAccepted};
}

TestReport RunStream(const Candidate& candidate, const StreamTest& test) {
  sandbox::Program program = candidate.program;
  program.input = test.input;
  const sandbox::RunResult run =
      candidate.runner.Run(program, candidate.task.limits, candidate.until);
  TestReport report = ReportOf(run);
  const bool ended = report.verdict == TestVerdict::kAccepted;
  if (ended && !Matches(test.expected, run.out, candidate.task.compare)) {
    report.verdict = TestVerdict::kWrongAnswer;
  }
  return report;
}

}  // namespace rewards::code
