#include "rewards/math/decide/verdicts.h"

#include <algorithm>
#include <iterator>

namespace rewards::math {
namespace {

// From strong to weak. What is not here is weaker than all.
constexpr std::string_view kStrength[] = {"proved", "rounded", "consistent",
                                          "text"};

std::ptrdiff_t Weakness(std::string_view evidence) {
  return std::find(std::begin(kStrength), std::end(kStrength), evidence) -
         std::begin(kStrength);
}

Decision Make(Equality equality, std::string_view evidence,
              std::string_view reason) {
  Decision decision;
  decision.equality = equality;
  decision.evidence = evidence;
  decision.reason = reason;
  return decision;
}

}  // namespace

Decision Proved(std::string_view reason) {
  return Make(Equality::kEqual, "proved", reason);
}

Decision Refuted(std::string_view reason) {
  return Make(Equality::kNotEqual, "refuted", reason);
}

Decision Undecided(std::string_view reason) {
  return Make(Equality::kUndecided, "undecided", reason);
}

void NeedPolicy(Decision* decision, std::string_view policy) {
  auto& policies = decision->policies;
  if (std::find(policies.begin(), policies.end(), policy) == policies.end()) {
    policies.push_back(policy);
  }
}

Decision Under(std::string_view policy, Decision decision) {
  if (!IsEqual(decision)) return Undecided(decision.reason);
  NeedPolicy(&decision, policy);
  return decision;
}

void Join(Decision* whole, const Decision& part) {
  if (IsNotEqual(*whole)) return;
  if (IsNotEqual(part)) {
    *whole = part;
    return;
  }
  if (IsUndecided(*whole)) return;
  if (IsUndecided(part)) {
    *whole = part;
    return;
  }
  if (Weakness(part.evidence) > Weakness(whole->evidence)) {
    whole->evidence = part.evidence;
  }
  for (const std::string_view policy : part.policies) {
    NeedPolicy(whole, policy);
  }
}

Decision Because(std::string_view reason, Decision decision) {
  if (IsEqual(decision)) decision.reason = reason;
  return decision;
}

}  // namespace rewards::math
