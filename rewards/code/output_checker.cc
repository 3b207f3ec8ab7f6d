#include "rewards/code/output_checker.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "rewards/code/compare.h"

namespace rewards::code {
namespace {

TestReport NotJudged(TestVerdict verdict, std::string failure) {
  return {.verdict = verdict, .failure = "the checker: " + std::move(failure)};
}

std::string ReasonOf(const Opinion& opinion) {
  switch (opinion.verdict) {
    case TestVerdict::kWrongAnswer:
      return opinion.credit > 0 ? "the checker gives a part of the points"
                                : "the checker rejects the output";
    case TestVerdict::kPresentation:
      return "the checker rejects the form of the output";
    default:
      return "";
  }
}

}  // namespace

OutputChecker::OutputChecker(const sandbox::Runner& runner,
                             const JudgeProgram& judge,
                             const sandbox::Program& ready,
                             const std::vector<Test>& tests)
    : runner_(runner), judge_(judge), ready_(ready) {
  for (const Test& test : tests) {
    const auto* stream = std::get_if<StreamTest>(&test);
    if (stream == nullptr || IsBlank(stream->expected)) continue;
    control_ = stream;
    break;
  }
}

Opinion OutputChecker::Ask(const StreamTest& test, const std::string& output,
                           const sandbox::Until& until) const {
  const TestedJudge tested =
      ForTest(judge_, ready_, test.input, test.expected, &output);
  return OpinionOf(runner_.Run(tested.program, tested.limits, until), judge_);
}

Opinion OutputChecker::AskTwice(const StreamTest& test,
                                const std::string& output,
                                const sandbox::Until& until) const {
  Opinion opinion = Ask(test, output, until);
  if (opinion.verdict == TestVerdict::kJudgeFailure) {
    opinion = Ask(test, output, until);
  }
  return opinion;
}

TestReport OutputChecker::Check(const StreamTest& test,
                                const std::string& output,
                                const sandbox::Until& until) const {
  const Opinion opinion = AskTwice(test, output, until);
  if (opinion.verdict == TestVerdict::kInternalError) {
    return NotJudged(opinion.verdict, opinion.failure);
  }
  const bool failed = opinion.verdict == TestVerdict::kJudgeFailure;
  const TestReport over{.verdict = TestVerdict::kWallTime,
                        .reason = "no time is left to check the output"};
  if (failed && until.is_over()) return over;
  const bool doubted = judge_.protocol == JudgeProtocol::kExit &&
                       opinion.verdict == TestVerdict::kWrongAnswer;
  const StreamTest* const known = IsBlank(test.expected) ? control_ : &test;
  if ((failed || doubted) && known != nullptr) {
    const Opinion control = AskTwice(*known, known->expected, until);
    if (control.verdict == TestVerdict::kInternalError) {
      return NotJudged(control.verdict, control.failure);
    }
    if (control.verdict == TestVerdict::kJudgeFailure) {
      return until.is_over() ? over
                             : NotJudged(control.verdict, control.failure);
    }
    if (doubted && control.verdict != TestVerdict::kAccepted) {
      return NotJudged(TestVerdict::kJudgeFailure,
                       "rejects what the test expects");
    }
  }
  if (failed) {
    return {.verdict = TestVerdict::kWrongAnswer,
            .reason = "the checker fails on this output alone"};
  }
  return {.verdict = opinion.verdict,
          .credit = opinion.credit,
          .reason = ReasonOf(opinion)};
}

}  // namespace rewards::code
