// Vectors: calculations with matrices and tuples, as one matrix, tuple or
// number. Thread-safe for distinct contexts; bounded by kMaxElements and Work.

#ifndef REWARDS_MATH_DECIDE_VECTORS_H_
#define REWARDS_MATH_DECIDE_VECTORS_H_

#include <cstddef>
#include <optional>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Highest power of a matrix, and most rows of a determinant, that are written
// out. Over one: nothing.
inline constexpr long kMaxMatrixPower = 8;
inline constexpr std::size_t kMaxDeterminant = 3;

// True for a calculation that has a matrix, a tuple or a unit vector in it.
[[nodiscard]] bool IsVectorCalculation(TermRef a);

// True for a calculation with the unit vectors i, j, k, in bold or with a sign
// above.
[[nodiscard]] bool HoldsUnitVectors(TermRef a);

// `a` with the unit vectors as tuples of `count` numbers. Nothing: out of work,
// or one of them has no place there (k in two numbers). Requires:
// HoldsUnitVectors.
[[nodiscard]] std::optional<TermRef> WithUnitTuples(Context* context, TermRef a,
                                                    std::size_t count);

// `a` calculated: sums, multiples, products, powers and transposes (A^T) of
// matrices of numbers, multiples and sums of tuples, determinants. Nothing
// where shapes do not fit, or what is asked is none of these. Requires:
// IsVectorCalculation.
[[nodiscard]] std::optional<TermRef> CalculateVectors(Context* context,
                                                      TermRef a);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_VECTORS_H_
