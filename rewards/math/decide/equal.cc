#include "rewards/math/decide/equal.h"

#include "rewards/math/decide/context.h"
#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/renaming.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {

Decision Equal(const Tree& gold, const Tree& answer, const Policy& policy,
               Work* work, Proof* proof) {
  if (gold.empty() || answer.empty()) return Undecided("no answer");
  Context context;
  context.policy = policy;
  context.work = work;
  context.proof = proof;
  const TermRef g{&gold, gold.root()};
  const TermRef a{&answer, answer.root()};
  Decision decision = EqualTerms(&context, g, a);
  if (!IsEqual(decision) && policy.renaming) {
    const Decision renamed = DecideRenamed(&context, g, a);
    if (IsEqual(renamed)) decision = renamed;
  }
  if (IsEqual(decision) && gold.approximate != answer.approximate) {
    NeedPolicy(&decision, "approximate");
  }
  return decision;
}

}  // namespace rewards::math
