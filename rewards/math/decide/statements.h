// Statements: answers that say something of a variable: assignments, labelled
// tuples, alternatives, conditions, systems, families. Thread-safe for distinct
// contexts; bounded by Work.

#ifndef REWARDS_MATH_DECIDE_STATEMENTS_H_
#define REWARDS_MATH_DECIDE_STATEMENTS_H_

#include "rewards/math/decide/context.h"

namespace rewards::math {

// True for a relation, a system, a family, or a collection that holds one.
[[nodiscard]] bool IsStatement(TermRef a);

// Decides where at least one side is a statement. Tries each way to read both,
// in order; the first that finds them equal holds.
[[nodiscard]] Decision DecideStatements(Context* context, TermRef gold,
                                        TermRef answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_STATEMENTS_H_
