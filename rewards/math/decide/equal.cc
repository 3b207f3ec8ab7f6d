#include "rewards/math/decide/equal.h"

#include <string_view>

#include "rewards/math/decide/context.h"
#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/renaming.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

// The letter of a choice: of its content, or the whole answer; or 0.
char ChoiceOf(const Tree& tree) {
  if (tree.choice != 0) return tree.choice;
  const std::string_view name = tree.NameOf(tree.root());
  const bool letter =
      tree.at(tree.root()).kind == Kind::kText && name.size() == 1;
  return letter ? name[0] : '\0';
}

// "(C) 12" against C, 12, or another choice with its content.
Decision DecideChoices(const Tree& gold, const Tree& answer,
                       const Policy& policy, const Decision& content) {
  const char g = ChoiceOf(gold);
  const char a = ChoiceOf(answer);
  if (g != 0 && a != 0 && g != a) return Undecided("different choices");
  if (gold.choice != 0 && answer.choice != 0) return content;
  if (g != 0 && a != 0) {
    Decision decision = Proved("the same choice");
    decision.evidence = "text";
    return decision;
  }
  if (!policy.assignment) return Undecided("a choice's letter on one side");
  return IsEqual(content) ? Under("assignment", content) : content;
}

}  // namespace

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
  if (gold.choice != 0 || answer.choice != 0) {
    decision = DecideChoices(gold, answer, policy, decision);
  }
  if (IsEqual(decision) && gold.approximate != answer.approximate) {
    NeedPolicy(&decision, "approximate");
  }
  return decision;
}

}  // namespace rewards::math
