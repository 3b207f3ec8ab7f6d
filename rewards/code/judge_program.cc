#include "rewards/code/judge_program.h"

#include <algorithm>
#include <array>
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

// Run times exit with 1 too where nobody catches an exception or where the
// source cannot be read, and say so in a line that begins like this: Python
// (the last three: what cannot be read), Node, Java.
bool IsException(std::string_view text) {
  constexpr std::array<std::string_view, 6> kNotices = {
      "Traceback (most recent call last):",
      "node:internal/",
      "Exception in thread \"",
      "SyntaxError: ",
      "IndentationError: ",
      "TabError: "};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    for (const std::string_view notice : kNotices) {
      if (line.starts_with(notice)) return true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

Opinion OpinionOfExit(int code, std::string_view text,
                      const JudgeProgram& judge) {
  if (code == kAccepts) return {.verdict = TestVerdict::kAccepted};
  const bool testlib = judge.protocol == JudgeProtocol::kTestlib;
  if (code == kRejects && !(testlib && IsException(text))) {
    return {.verdict = TestVerdict::kWrongAnswer};
  }
  if (testlib) {
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
  return Failure(code == kRejects ? "an exception that nobody catches"
                                  : "exit code " + std::to_string(code));
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

TestedJudge ForTest(const JudgeProgram& judge, const sandbox::Program& ready,
                    std::string_view input, std::string_view answer,
                    const std::string* output) {
  TestedJudge tested{.program = ready, .limits = judge.limits};
  auto& files = tested.program.files;
  files.push_back(
      {.name = std::string(kInputFile), .content = std::string(input)});
  if (output != nullptr) {
    files.push_back({.name = std::string(kOutputFile), .content = *output});
  }
  files.push_back(
      {.name = std::string(kAnswerFile), .content = std::string(answer)});
  for (const std::string_view name : {kInputFile, kOutputFile, kAnswerFile}) {
    tested.program.argv.emplace_back(name);
  }
  tested.limits.file_bytes += sandbox::TotalBytes(files);
  return tested;
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
    case Ending::kMemoryLimit:
      return Failure("out of memory");
    case Ending::kViolation:
      return Failure("broke the jail's policy");
  }
  return {};
}

}  // namespace rewards::code
