#include "rewards/code/interactive_run.h"

#include <errno.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/code/relay.h"
#include "rewards/code/talker.h"

namespace rewards::code {
namespace {

using sandbox::Ending;
using sandbox::Program;
using sandbox::RunLimits;
using sandbox::RunResult;

// What came of one talk.
struct Exchange {
  RunResult candidate{};
  RunResult interactor{};
  bool candidate_stopped = false;  // by us
  bool candidate_over = false;     // its bytes
  bool interactor_over = false;
  bool candidate_first = false;  // it ended while the interactor had not
};

bool IsRejected(const Talker& interactor, const JudgeProgram& judge) {
  return interactor.done() && OpinionOf(interactor.result(), judge).verdict !=
                                  TestVerdict::kAccepted;
}

// In a way that decides, whatever the interactor has to say.
bool IsStoppedForGood(const Talker& candidate) {
  if (!candidate.done()) return false;
  const Ending ending = candidate.result().ending;
  return ending == Ending::kCpuLimit || ending == Ending::kOutputLimit ||
         ending == Ending::kMemoryLimit || ending == Ending::kViolation;
}

// Passes on what they say until both have ended.
void Converse(const JudgeProgram& judge, Relay* relay, Talker* candidate,
              Talker* interactor, Exchange* talk) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kLook{50};
  std::optional<Clock::time_point> grace;
  int timeout_ms = -1;
  while (relay->Step(timeout_ms)) {
    if (relay->ended(0) && IsStoppedForGood(*candidate)) interactor->Cancel();
    if (!grace && relay->ended(1) && IsRejected(*interactor, judge)) {
      grace = Clock::now() + kGraceTime;
      timeout_ms = static_cast<int>(kLook.count());
    }
    if (grace && Clock::now() >= *grace) candidate->Cancel();
  }
  talk->candidate_first = relay->first() == 0;
  talk->candidate_over = relay->over(0);
  talk->interactor_over = relay->over(1);
  if (talk->candidate_over || talk->interactor_over) {
    candidate->Cancel();
    interactor->Cancel();
  }
}

Exchange TalkOnce(const Candidate& candidate, const StreamTest& test,
                  const JudgeProgram& judge, const Program& ready) {
  const RunLimits& limits = candidate.task.limits;
  TestedJudge asked = ForTest(judge, ready, test.input, test.expected);
  // So that where both wait it is the candidate that is out of time first.
  asked.limits.wall =
      std::min(asked.limits.wall + limits.wall, sandbox::kMostLimits.wall);
  asked.program.answers_on_stream = true;
  Talker interactor(candidate.runner, std::move(asked.program), asked.limits,
                    candidate.until);
  Program talks = candidate.program;
  talks.answers_on_stream = true;
  Talker program(candidate.runner, std::move(talks), limits, candidate.until);
  Exchange talk;
  if (!interactor.Start() || !program.Start()) {
    talk.candidate.failure = kNoTalk;
    return talk;
  }
  Relay relay(
      {.stream = program.stream(), .most_bytes = limits.output_bytes},
      {.stream = interactor.stream(), .most_bytes = judge.limits.output_bytes});
  Converse(judge, &relay, &program, &interactor, &talk);
  program.Join();
  interactor.Join();
  talk.candidate = program.result();
  talk.interactor = interactor.result();
  talk.candidate_stopped = program.cancelled();
  return talk;
}

// The candidate ran out of time while the interactor computed.
bool IsKeptWaiting(const Exchange& talk) {
  return talk.candidate.ending == Ending::kWallLimit &&
         talk.interactor.cpu > talk.candidate.wall / 2;
}

// In a way that the interactor has no part in.
bool IsDecidedByCandidate(const Exchange& talk, const TestReport& report) {
  if (report.verdict == TestVerdict::kViolation) return true;
  if (report.verdict == TestVerdict::kOutput) return true;
  return talk.candidate_first && !talk.candidate_stopped &&
         report.verdict != TestVerdict::kAccepted && !IsKeptWaiting(talk);
}

Opinion TooMuch() {
  return {.verdict = TestVerdict::kJudgeFailure, .failure = "too much output"};
}

Opinion OpinionOn(const Exchange& talk, const JudgeProgram& judge) {
  if (talk.interactor_over) return TooMuch();
  if (IsKeptWaiting(talk)) {
    return {.verdict = TestVerdict::kJudgeFailure,
            .failure = "computes for too long"};
  }
  return OpinionOf(talk.interactor, judge);
}

TestReport WithOpinion(TestReport report, const Opinion& opinion) {
  // An RE of a candidate that was told no, or stopped, says nothing.
  report.exit_code = 0;
  report.signal = 0;
  report.verdict = opinion.verdict;
  report.credit = opinion.credit;
  report.failure =
      opinion.failure.empty() ? "" : "the interactor: " + opinion.failure;
  if (opinion.verdict == TestVerdict::kWrongAnswer) {
    report.reason = opinion.credit > 0
                        ? "the interactor gives a part of the points"
                        : "the interactor says no";
  } else if (opinion.verdict == TestVerdict::kPresentation) {
    report.reason = "the interactor cannot read what the program says";
  }
  return report;
}

// kAccepted: it works. Nobody says anything to it, nor that nobody will.
Opinion Alone(const Candidate& candidate, const StreamTest& test,
              const JudgeProgram& judge, const Program& ready) {
  TestedJudge asked = ForTest(judge, ready, test.input, test.expected);
  asked.limits.wall =
      std::min<std::chrono::microseconds>(asked.limits.wall, kAloneTime);
  asked.program.answers_on_stream = true;
  Talker interactor(candidate.runner, std::move(asked.program), asked.limits,
                    candidate.until);
  if (!interactor.Start()) return {.failure = kNoTalk};
  std::array<char, 4096> buffer;
  std::int64_t left = judge.limits.output_bytes;
  while (left >= 0) {
    const ssize_t got =
        recv(interactor.stream(), buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    left -= got;
  }
  if (left < 0) interactor.Cancel();
  interactor.Join();
  if (left < 0) return TooMuch();
  const RunResult& run = interactor.result();
  // On a busy machine too, one that computes uses up more than this.
  constexpr int kIdleShare = 10;
  const bool waits =
      run.ending == Ending::kWallLimit && run.cpu <= run.wall / kIdleShare;
  const Opinion opinion = OpinionOf(run, judge);
  const bool failed = opinion.verdict == TestVerdict::kJudgeFailure ||
                      opinion.verdict == TestVerdict::kInternalError;
  return failed && !waits ? opinion
                          : Opinion{.verdict = TestVerdict::kAccepted};
}

// Of one talk: what it decides; kJudgeFailure where the interactor failed.
TestReport Judged(const Exchange& talk, const Candidate& candidate,
                  const JudgeProgram& judge) {
  TestReport report = ReportOf(talk.candidate, candidate.task.limits);
  const bool ours =
      talk.candidate.ending == Ending::kFailed && !talk.candidate_stopped;
  if (ours) return report;
  if (talk.candidate_over) {
    report.verdict = TestVerdict::kOutput;
    report.stdout_truncated = true;
  }
  if (IsDecidedByCandidate(talk, report)) {
    report.failure.clear();
    return report;
  }
  const Opinion opinion = OpinionOn(talk, judge);
  if (opinion.verdict != TestVerdict::kAccepted) {
    return WithOpinion(std::move(report), opinion);
  }
  return report;
}

TestReport WithoutTime(TestReport report) {
  report.failure.clear();
  report.verdict = TestVerdict::kWallTime;
  report.reason = "no time is left for the interactor";
  return report;
}

}  // namespace

TestReport RunInteractive(const Candidate& candidate, const StreamTest& test,
                          const JudgeProgram& interactor,
                          const sandbox::Program& ready) {
  TestReport report;
  for (int i = 0; i < 2; ++i) {
    const Exchange talk = TalkOnce(candidate, test, interactor, ready);
    report = Judged(talk, candidate, interactor);
    if (report.verdict != TestVerdict::kInternalError &&
        report.verdict != TestVerdict::kJudgeFailure) {
      return report;
    }
  }
  if (report.verdict == TestVerdict::kInternalError) return report;
  // Before and after: what the candidate used up is never the interactor's.
  if (candidate.until.is_over()) return WithoutTime(std::move(report));
  const Opinion alone = Alone(candidate, test, interactor, ready);
  if (candidate.until.is_over()) return WithoutTime(std::move(report));
  if (alone.verdict != TestVerdict::kAccepted) {
    return WithOpinion(std::move(report), alone);
  }
  report.failure.clear();
  report.verdict = TestVerdict::kWrongAnswer;
  report.reason = "the interactor fails on what the program says alone";
  return report;
}

}  // namespace rewards::code
