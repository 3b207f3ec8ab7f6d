#include "rewards/code/asked.h"

#include <algorithm>
#include <utility>

#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

using std::chrono::microseconds;

// The program's time on the clock is held here, question by question; its
// jail's is what all of the test may take.
sandbox::RunLimits JailLimits(sandbox::RunLimits limits) {
  limits.wall =
      std::min(limits.wall + kDriverLimits.wall, sandbox::kMostLimits.wall);
  return limits;
}

bool IsAnswer(std::string_view question, std::string_view answer) {
  const char tag = answer[0];
  const auto values = Scan(answer.substr(1), "B");
  if (!values) return false;
  const std::string roots = Roots(*values);
  switch (tag) {
    case 'v':
      return roots.size() == 2 && (roots[1] == 'N' || roots[1] == 'l');
    case 'e':
      return roots == "sss";
    case 'k':
      return roots == "itD";
    case 'z':
      return roots.empty() &&
             (question[0] == 'n' || question[0] == 'r' || question[0] == 'x');
    default:
      return false;
  }
}

}  // namespace

Asked::Asked(const Candidate& candidate, const CallHost& host)
    : candidate_(candidate),
      left_(candidate.task.limits.wall),
      sends_source_(host.file.empty()),
      talk_(candidate.runner, host.program(host, candidate),
            JailLimits(candidate.task.limits), candidate.until.deadline) {}

template <typename Step>
auto Asked::Timed(const Step& step) {
  const auto start = std::chrono::steady_clock::now();
  auto result = step();
  left_ -= std::chrono::duration_cast<microseconds>(
      std::chrono::steady_clock::now() - start);
  return result;
}

std::optional<std::string> Asked::Answer() {
  return Timed([this] { return talk_.Receive(left_); });
}

bool Asked::Load() {
  // The jail's time is not the program's: it says when it starts.
  const auto wait = sandbox::kSetUpTime + left_;
  if (!talk_.Send(sends_source_ ? "m" + candidate_.source : "m", wait)) {
    return false;
  }
  const auto hello = talk_.Receive(wait);
  if (!hello) return false;
  const auto loaded = Answer();
  if (!loaded) return false;
  if (*hello == "h" && *loaded == "l") return true;
  refused_ = "the program raises while it is loaded";
  return false;
}

std::optional<std::string> Asked::Ask(std::string_view question) {
  if (!Timed([&] { return talk_.Send(question, left_); })) return std::nullopt;
  auto answer = Answer();
  if (answer && !IsAnswer(question, *answer)) {
    refused_ = "the program's answer is none";
    return std::nullopt;
  }
  return answer;
}

TestReport Asked::Failure() {
  if (!refused_.empty()) {
    TestReport report = Judged(TestVerdict::kRuntimeError, refused_);
    report.exit_code = 1;
    return report;
  }
  switch (talk_.silence()) {
    case Silence::kLate:
      return Judged(TestVerdict::kWallTime);
    case Silence::kBroken:
      return Judged(TestVerdict::kWrongAnswer, "the program's answer is none");
    case Silence::kEnded:
      break;
  }
  const sandbox::RunResult* run = talk_.Ended();
  if (run == nullptr) {
    return Judged(TestVerdict::kWrongAnswer, "the program closed the stream");
  }
  TestReport report = ReportOf(*run, candidate_.task.limits);
  if (report.verdict == TestVerdict::kAccepted) {
    report.verdict = TestVerdict::kRuntimeError;
    report.reason = "the program ended before it had answered";
  }
  return report;
}

TestReport Asked::Judged(TestVerdict verdict, std::string reason) {
  const sandbox::RunResult& run = talk_.End();
  return {.verdict = verdict,
          .reason = std::move(reason),
          .cpu = run.cpu,
          .wall = run.wall,
          .memory_kb = run.max_rss_kb};
}

}  // namespace rewards::code
