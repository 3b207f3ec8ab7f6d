#include "rewards/http/fault.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

namespace rewards::http {
namespace {

using Kind = HttpReply::Kind;

// Failures on one item before they are the answer's: once may be chance.
constexpr int kFailures = 2;

// Between two tries to reach a server that went away.
constexpr std::chrono::milliseconds kKnockPause{100};

}  // namespace

Verdict FaultFinder::NotJudged(const std::string& reason) const {
  return MakeVerdict(Outcome::kNotJudged, who_ + " " + reason);
}

Verdict FaultFinder::Provoked(const Asked& failed) const {
  const bool late = failed.kind == Kind::kTimedOut;
  return MakeVerdict(late ? Outcome::kTimeout : Outcome::kWrong,
                     who_ + " " + failed.reason +
                         ", on this answer each time and on none but it");
}

bool FaultFinder::IsHealthy(const Question& control) const {
  const auto until = Clock::now() + deadline_;
  while (true) {
    const Kind kind = control(Clock::now() + deadline_).kind;
    if (kind == Kind::kAnswered) return true;
    if (kind != Kind::kUnreachable || Clock::now() >= until) return false;
    std::this_thread::sleep_for(kKnockPause);
  }
}

Verdict FaultFinder::JudgeAlone(const Question& question,
                                const Question& control, Asked failed,
                                Clock::duration time) {
  for (int failures = 1;; ++failures) {
    if (!IsHealthy(control)) {
      rest_.NoteFailure(failed.reason);
      return NotJudged(failed.reason);
    }
    rest_.NoteSuccess();
    if (failures >= kFailures) return Provoked(failed);
    failed = question(Clock::now() + time);
    if (failed.kind == Kind::kAnswered) return std::move(failed.verdict);
    if (failed.kind == Kind::kTurnedAway || failed.kind == Kind::kUnreachable) {
      return NotJudged(failed.reason);
    }
  }
}

Verdict FaultFinder::Judge(const Question& question, const Question& control,
                           const Budget& budget) {
  if (const auto refusal = rest_.Refusal()) return NotJudged(*refusal);
  const auto time =
      std::min<Clock::duration>(budget.deadline - Clock::now(), deadline_);
  Asked asked;
  {
    std::unique_lock door(door_);
    const std::shared_lock among(inside_);
    door.unlock();
    asked = question(Clock::now() + time);
  }
  switch (asked.kind) {
    case Kind::kAnswered:
      rest_.NoteSuccess();
      return std::move(asked.verdict);
    case Kind::kTurnedAway:
      return NotJudged(asked.reason);
    case Kind::kUnreachable:
      rest_.NoteFailure(asked.reason);
      return NotJudged(asked.reason);
    case Kind::kFailed:
    case Kind::kTimedOut:
      break;
  }
  const std::lock_guard door(door_);
  const std::lock_guard alone(inside_);
  return JudgeAlone(question, control, std::move(asked), time);
}

}  // namespace rewards::http
