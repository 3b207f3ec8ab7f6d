#include "rewards/code/stream_run.h"

#include <utility>

#include "rewards/code/compare.h"

namespace rewards::code {
namespace {

TestVerdict VerdictOf(Comparison::Result result) {
  switch (result) {
    case Comparison::Result::kMatches:
      return TestVerdict::kAccepted;
    case Comparison::Result::kPresentation:
      return TestVerdict::kPresentation;
    case Comparison::Result::kDiffers:
      break;
  }
  return TestVerdict::kWrongAnswer;
}

}  // namespace

TestReport RunStream(const Candidate& candidate, const StreamTest& test) {
  const Task& task = candidate.task;
  sandbox::Program program = candidate.program;
  program.input = test.input;
  const sandbox::RunResult run =
      candidate.runner.Run(program, task.limits, candidate.until);
  TestReport report = ReportOf(run, task.limits);
  if (report.verdict != TestVerdict::kAccepted) return report;
  Comparison comparison = Compare(test.expected, run.out, task.compare);
  report.verdict = VerdictOf(comparison.result);
  report.reason = std::move(comparison.reason);
  return report;
}

}  // namespace rewards::code
