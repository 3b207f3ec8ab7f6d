#include "rewards/verdict.h"

namespace rewards {

std::string_view OutcomeName(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kNotJudged:
      return "not_judged";
    case Outcome::kCorrect:
      return "correct";
    case Outcome::kPartial:
      return "partial";
    case Outcome::kWrong:
      return "wrong";
    case Outcome::kUnreadable:
      return "unreadable";
    case Outcome::kTimeout:
      return "timeout";
    case Outcome::kViolation:
      return "violation";
  }
  return "not_judged";
}

std::optional<double> Score(const Verdict& verdict) noexcept {
  switch (verdict.outcome) {
    case Outcome::kCorrect:
      return 1.0;
    case Outcome::kPartial:
      if (verdict.partial_score > 0.0 && verdict.partial_score < 1.0) {
        return verdict.partial_score;
      }
      return std::nullopt;
    case Outcome::kWrong:
    case Outcome::kUnreadable:
    case Outcome::kTimeout:
    case Outcome::kViolation:
      return 0.0;
    case Outcome::kNotJudged:
      break;
  }
  return std::nullopt;
}

Verdict MakeVerdict(Outcome outcome, std::string_view reason,
                    std::string_view evidence) {
  Verdict verdict;
  verdict.outcome = outcome;
  verdict.evidence = evidence;
  verdict.detail["reason"] = reason;
  return verdict;
}

Verdict MakeGradedVerdict(double score, std::string_view reason) {
  Verdict verdict = MakeVerdict(Outcome::kNotJudged, reason);
  if (score == 1.0) verdict.outcome = Outcome::kCorrect;
  if (score == 0.0) verdict.outcome = Outcome::kWrong;
  if (score > 0.0 && score < 1.0) verdict.outcome = Outcome::kPartial;
  verdict.partial_score = score;
  return verdict;
}

}  // namespace rewards
