// Verdict: what a checker says about one answer. A plain value; any thread.
//
// A Verdict is a value, not an error. "The answer is wrong" and "the answer
// could not be judged" are both ordinary outcomes that travel to the caller;
// neither is thrown, logged or turned into a bare 0.0 on the way.

#ifndef REWARDS_VERDICT_H_
#define REWARDS_VERDICT_H_

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace rewards {

// The names (OutcomeName) go over the wire; add new ones, never rename one.
enum class Outcome {
  kNotJudged,   // nothing ran yet, or we or the gold failed; never the answer
  kCorrect,     // score 1
  kPartial,     // graded checkers only: 0 < score < 1
  kWrong,       // judged, and not right: 0
  kUnreadable,  // no answer, not in the grammar, over a length limit: 0
  kTimeout,     // the answer used up its budget: 0
  kViolation,   // the submitted program broke the jail's policy: 0
};

struct Verdict {
  // Fails closed: a default Verdict earns nothing.
  Outcome outcome = Outcome::kNotJudged;

  // Read only where `outcome` is kPartial; in (0, 1).
  double partial_score = 0.0;

  // How the outcome is known, e.g. "proved", "refuted", "rounded", "undecided".
  // Empty: the checker has no kinds of evidence.
  std::string_view evidence{};

  // For people and logs: `reason` and what the checker saw. Goes over the wire
  // as it is. Never holds a gold or an expected output.
  boost::json::object detail{};
};

// Stable lower-case name, e.g. "not_judged". Never an empty view.
[[nodiscard]] std::string_view OutcomeName(Outcome outcome) noexcept;

// The number that a trainer may use: 1, 0, the partial score, or no number at
// all for kNotJudged. A partial score outside (0, 1), or NaN, is no number.
[[nodiscard]] std::optional<double> Score(const Verdict& verdict) noexcept;

// A verdict with `detail` = {"reason": reason}.
[[nodiscard]] Verdict MakeVerdict(Outcome outcome, std::string_view reason,
                                  std::string_view evidence = {});

// The same for a score in [0, 1]: correct at 1, wrong at 0, else partial. A
// score outside, or NaN, is not judged.
[[nodiscard]] Verdict MakeGradedVerdict(double score, std::string_view reason);

}  // namespace rewards

#endif  // REWARDS_VERDICT_H_
