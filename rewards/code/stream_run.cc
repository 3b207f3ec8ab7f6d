#include "rewards/code/stream_run.h"

#include <string>
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

TestReport Compared(const StreamTest& test, const std::string& output,
                    const CompareRule& rule) {
  Comparison comparison = Compare(test.expected, output, rule);
  return {.verdict = VerdictOf(comparison.result),
          .reason = std::move(comparison.reason)};
}

}  // namespace

TestReport RunStream(const Candidate& candidate, const StreamTest& test) {
  const Task& task = candidate.task;
  candidate.program.input = test.input;
  const sandbox::RunResult run =
      candidate.runner.Run(candidate.program, task.limits, candidate.until);
  TestReport report = ReportOf(run, task.limits);
  if (report.verdict != TestVerdict::kAccepted) return report;
  const TestReport judged =
      candidate.checker != nullptr
          ? candidate.checker->Check(test, run.out, candidate.until)
          : Compared(test, run.out, task.compare);
  report.verdict = judged.verdict;
  report.credit = judged.credit;
  report.reason = judged.reason;
  report.failure = judged.failure;
  return report;
}

}  // namespace rewards::code
