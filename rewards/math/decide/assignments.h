// Assignments: statements that give one thing a value, `x = 5`, `f(x) = x + 1`,
// `(p, q) = (3, 2)`, `m + n = 17`, `x = 1 + 1 = 2`. Thread-safe for distinct
// contexts; bounded by Work.

#ifndef REWARDS_MATH_DECIDE_ASSIGNMENTS_H_
#define REWARDS_MATH_DECIDE_ASSIGNMENTS_H_

#include <optional>

#include "rewards/math/decide/context.h"

namespace rewards::math {

struct Assignment {
  // What is given a value; no tree for a bare chain such as 1/2 = 0.5.
  TermRef label{};
  TermRef value{};
  bool approximate = false;  // only an approximation is given
  // The label is a name, not an expression such as m + n, which may be one side
  // of an equation.
  bool named = false;

  [[nodiscard]] bool has_label() const { return label.tree != nullptr; }
};

// `relation`, a chain of = and \approx, as an assignment, if it is one and the
// parts of the chain agree: exact parts are proved equal, approximations are
// correct roundings. A false chain is no assignment, and neither is an equation
// such as 2x + 4 = 0.
[[nodiscard]] std::optional<Assignment> AssignmentOf(Context* context,
                                                     TermRef relation);

// How the labels of two assignments go together.
enum class Labels { kSame, kDifferent, kCompatible };

// kSame: the same variable, function or words. kCompatible: one may stand for
// the other by the policy `assignment`: y for f(x), `answer` for a letter. The
// arguments of f(x) and f(t) are bound: the same.
[[nodiscard]] Labels CompareLabels(Context* context, TermRef a, TermRef b);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_ASSIGNMENTS_H_
