// Evaluate: an expression to an exact rational. Bounded: sizes are estimated
// before an operation, so that a tower or 1e999999999 is refused at once.
// Thread-safe. No floating point anywhere.

#ifndef REWARDS_MATH_EVALUATE_H_
#define REWARDS_MATH_EVALUATE_H_

#include "rewards/math/parser.h"
#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

enum class Exactness {
  kUnknown,  // understood, but larger than the limits or not rational
  kExact,    // `number` is the value
};

struct Evaluation {
  Exactness exactness = Exactness::kUnknown;
  Rational number{};
};

// Returns the value; a ReadError where there is none (1/0, 0^0, sqrt(-1)) or a
// number has too many digits.
[[nodiscard]] Read<Evaluation> Evaluate(const Expression& expression,
                                        const Limits& limits);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EVALUATE_H_
