// Vectors: calculations with matrices and tuples, as one matrix, tuple or
// number. Thread-safe for distinct contexts; bounded by kMaxElements and Work.

#ifndef REWARDS_MATH_DECIDE_VECTORS_H_
#define REWARDS_MATH_DECIDE_VECTORS_H_

#include <optional>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Highest power of a matrix, and most rows of a determinant, that are written
// out. Over one: nothing.
inline constexpr long kMaxMatrixPower = 8;
inline constexpr std::size_t kMaxDeterminant = 3;

// True for a calculation that has a matrix or a tuple in it.
[[nodiscard]] bool IsVectorCalculation(TermRef a);

// `a` calculated: sums, multiples, products, powers and transposes (A^T) of
// matrices of numbers, multiples and sums of tuples, determinants. Nothing
// where shapes do not fit, or what is asked is none of these. Requires:
// IsVectorCalculation.
[[nodiscard]] std::optional<TermRef> CalculateVectors(Context* context,
                                                      TermRef a);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_VECTORS_H_
