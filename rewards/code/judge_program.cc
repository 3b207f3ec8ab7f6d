#include "rewards/code/judge_program.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace rewards::code {
namespace {

using sandbox::BuildVerdict;
using sandbox::Ending;

constexpr int kAccepts = 0;
constexpr int kRejects = 1;
// Of testlib.
constexpr int kBadPresentation = 2;
constexpr int kDirt = 4;
constexpr int kPoints = 7;
constexpr int kUnexpectedEnd = 8;

Opinion Failure(std::string why) {
  return {.verdict = TestVerdict::kJudgeFailure, .failure = std::move(why)};
}

// The number in "points 0.5 and what else there is to say".
std::optional<double> PointsIn(std::string_view text) {
  constexpr std::string_view kWord = "points ";
  if (!text.starts_with(kWord)) return std::nullopt;
  text.remove_prefix(kWord.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  text = text.substr(0, text.find_first_of(" \t\r\n"));
  double points = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, points);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(points)) {
    return std::nullopt;
  }
  return points;
}

Opinion OpinionOfPoints(std::string_view text, double whole) {
  const std::optional<double> points = PointsIn(text);
  if (!points || *points < 0 || *points > whole) {
    return Failure("its points are no number from 0 to " +
                   std::to_string(whole));
  }
  if (*points == whole) return {.verdict = TestVerdict::kAccepted};
  return {.verdict = TestVerdict::kWrongAnswer, .credit = *points / whole};
}

Opinion OpinionOfExit(int code, std::string_view text,
                      const JudgeProgram& judge) {
  if (code == kAccepts) return {.verdict = TestVerdict::kAccepted};
  if (code == kRejects) return {.verdict = TestVerdict::kWrongAnswer};
  if (judge.protocol == JudgeProtocol::kTestlib) {
    switch (code) {
      case kUnexpectedEnd:
        return {.verdict = TestVerdict::kWrongAnswer};
      case kBadPresentation:
      case kDirt:
        return {.verdict = TestVerdict::kPresentation};
      case kPoints:
        return OpinionOfPoints(text, judge.points);
      default:
        break;
    }
  }
  return Failure("exit code " + std::to_string(code));
}

// The first line of `text` that names an error, else the first.
std::string FirstError(std::string_view text) {
  constexpr std::size_t kMost = 200;
  const std::size_t error = std::min(text.find("error:"), text.size());
  const bool named = error < text.size();
  if (named) text.remove_prefix(text.rfind('\n', error) + 1);
  return std::string(text.substr(0, std::min(text.find('\n'), kMost)));
}

}  // namespace

ReadyJudge MakeReady(const sandbox::Runner& runner, const JudgeProgram& judge,
                     std::string_view what, const sandbox::Until& until) {
  sandbox::Build build = runner.Compile(*judge.language, judge.files, until);
  ReadyJudge ready{.program = std::move(build.program)};
  if (build.verdict == BuildVerdict::kReady) return ready;
  ready.failure = std::string(what) + ": ";
  if (build.verdict == BuildVerdict::kFailed) {
    ready.failure += build.failure;
  } else {
    ready.failure += build.verdict == BuildVerdict::kTime
                         ? "takes too long to compile"
                         : "does not compile: " + FirstError(build.compile.err);
  }
  return ready;
}

Opinion OpinionOf(const sandbox::RunResult& run, const JudgeProgram& judge) {
  switch (run.ending) {
    case Ending::kFailed:
      return {.failure = run.failure};
    case Ending::kExited:
      return OpinionOfExit(run.exit_code, run.err, judge);
    case Ending::kSignalled:
      return Failure("signal " + std::to_string(run.signal));
    case Ending::kCpuLimit:
      return Failure("out of processor time");
    case Ending::kWallLimit:
      return Failure("out of time");
    case Ending::kOutputLimit:
      return Failure("too much output");
    case Ending::kViolation:
      return Failure("broke the jail's policy");
  }
  return {};
}

}  // namespace rewards::code
