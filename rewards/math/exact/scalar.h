// Scalar: whether two expressions that stand for numbers (or functions of their
// symbols) are equal. The decision ladder: the same normal form; exact
// rationals; exact constants; rational functions over kernels; rigorous balls
// at random points, which refute and never prove. Thread-safe; bounded by Work.

#ifndef REWARDS_MATH_EXACT_SCALAR_H_
#define REWARDS_MATH_EXACT_SCALAR_H_

#include <optional>

#include "rewards/math/exact/decision.h"
#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/rational.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// A term of a tree, by reference. Borrows the tree.
struct TermRef {
  const Tree* tree = nullptr;
  TermId id = 0;
};

// Decides a = b, symmetric and exact: no convention, no tolerance. Both have a
// scalar kind (IsScalarKind) with scalar children all the way down, without
// kPlusMinus, kMinusPlus and kQuantity; anything else is undecided. kPercent
// counts as its child over 100, kDegrees as its child times pi / 180.
// `proof` may be null.
[[nodiscard]] Decision EqualScalars(TermRef a, TermRef b, Work* work,
                                    Proof* proof);

// Decides whether a = c b for a constant c that is not zero: two equations
// a = 0 and b = 0 that say the same. Both zero: kEqual.
[[nodiscard]] Decision ProportionalScalars(TermRef a, TermRef b, Work* work,
                                           Proof* proof);

// The certified sign of a real constant: -1, 0, 1; nothing where it is not
// constant, not real or not decided. Infinity has a sign.
[[nodiscard]] std::optional<int> SignOf(TermRef a, Work* work);

// The certified order of two real constants: the sign of a - b.
[[nodiscard]] std::optional<int> CompareReals(TermRef a, TermRef b, Work* work);

// The value where it is rational and small enough to hold; else nothing.
[[nodiscard]] std::optional<Rational> RationalValue(TermRef a, Work* work);

// Whether `exact` rounds to the decimal `stated`, half either way, at the place
// of the decimal's last digit: |exact - stated| <= 10^last_place / 2,
// certified. Nothing where it is not decided.
[[nodiscard]] std::optional<bool> RoundsTo(TermRef exact, const Literal& stated,
                                           Work* work);

// True where `a` holds a symbol (a variable, or a function that is not known).
[[nodiscard]] bool HasSymbols(TermRef a);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_SCALAR_H_
