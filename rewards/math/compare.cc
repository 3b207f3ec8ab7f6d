#include "rewards/math/compare.h"

#include <optional>

namespace rewards::math {
namespace {

constexpr std::string_view kDegree = "degree";

Decision Undecided(std::string_view reason) {
  Decision decision;
  decision.reason = reason;
  return decision;
}

Decision Refuted(std::string_view reason) {
  Decision decision;
  decision.equality = Equality::kNotEqual;
  decision.evidence = "refuted";
  decision.reason = reason;
  return decision;
}

// The exact core: symmetric, no conventions.
bool SameNumber(const Value& a, const Value& b) { return a.number == b.number; }

// True where `exact` rounds to the decimal `gold`, as written.
bool RoundsTo(const Value& gold, const Value& exact) {
  constexpr std::size_t kFewestDigits = 2;
  if (!gold.last_place || gold.significant_digits < kFewestDigits) return false;
  if (exact.last_place || exact.number.is_terminating()) return false;
  const Rational half = Rational::PowerOfTen(*gold.last_place) / Rational(2);
  return (exact.number - gold.number).Absolute() <= half;
}

// How the numbers meet, or nothing.
std::optional<Decision> MeetNumbers(const Value& gold, const Value& answer,
                                    const Policy& policy) {
  Decision decision;
  decision.equality = Equality::kEqual;
  decision.evidence = "proved";
  if (SameNumber(gold, answer)) {
    decision.reason =
        gold.number.is_integer() ? "equal integers" : "equal rationals";
    return decision;
  }
  if (policy.percent && answer.percent && !gold.percent && gold.unit.empty() &&
      answer.number * Rational(100) == gold.number) {
    decision.reason = "equal in percent";
    decision.policies.emplace_back("percent");
    return decision;
  }
  if (policy.rounding && RoundsTo(gold, answer)) {
    decision.evidence = "rounded";
    decision.reason = "rounds to the digits stated";
    decision.policies.emplace_back("rounding");
    return decision;
  }
  return std::nullopt;
}

// Why what is written around equal numbers forbids to call them equal, or
// empty. Notes the conventions it needed.
std::string_view Obstacle(const Value& gold, const Value& answer,
                          const Policy& policy,
                          std::vector<std::string_view>* used) {
  if (gold.unit != answer.unit) {
    const std::string& unit = gold.unit.empty() ? answer.unit : gold.unit;
    if (!gold.unit.empty() && !answer.unit.empty()) return "different units";
    const bool degree = unit == kDegree;
    if (!(degree ? policy.degrees : policy.units)) return "a unit is missing";
    used->emplace_back(degree ? "degrees" : "units");
  }
  if (gold.name != answer.name) {
    const bool one_side = gold.name.empty() || answer.name.empty();
    if (!one_side && gold.name.size() == 1 && answer.name.size() == 1) {
      return "different variables";
    }
    if (!policy.assignment) return "an assignment on one side";
    used->emplace_back("assignment");
  }
  if (gold.approximate != answer.approximate) used->emplace_back("approximate");
  return {};
}

}  // namespace

Decision Compare(const Value& gold, const Value& answer, const Policy& policy) {
  if (gold.exactness != Exactness::kExact ||
      answer.exactness != Exactness::kExact) {
    return Undecided("a value too large or not rational");
  }
  std::optional<Decision> met = MeetNumbers(gold, answer, policy);
  if (!met) {
    if (!gold.unit.empty() && !answer.unit.empty() &&
        gold.unit != answer.unit) {
      return Undecided("different units");
    }
    return Refuted("different numbers");
  }
  const std::string_view obstacle =
      Obstacle(gold, answer, policy, &met->policies);
  if (!obstacle.empty()) return Undecided(obstacle);
  return *std::move(met);
}

}  // namespace rewards::math
