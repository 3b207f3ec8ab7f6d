// Residue: the remainder of a whole number that may be too large to write out,
// such as 7^(10^9). Thread-safe.

#ifndef REWARDS_MATH_EXACT_RESIDUE_H_
#define REWARDS_MATH_EXACT_RESIDUE_H_

#include <optional>

#include "rewards/math/exact/graph.h"
#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

// The remainder in [0, modulus); nothing where the node is not certainly a
// whole number, or the modulus not a positive one.
[[nodiscard]] std::optional<Rational> ResidueOf(const Graph& graph, NodeId node,
                                                const Rational& modulus,
                                                Work* work);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_RESIDUE_H_
