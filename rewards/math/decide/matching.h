// Matching: two collections without order, element against element. Pure;
// bounded by the square of the number of elements.

#ifndef REWARDS_MATH_DECIDE_MATCHING_H_
#define REWARDS_MATH_DECIDE_MATCHING_H_

#include <cstddef>
#include <functional>

#include "rewards/math/exact/decision.h"

namespace rewards::math {

// Decides whether `count` elements pair off with `count` others, each with one
// that is equal to it. `compare(i, j)` decides the i-th of the first against
// the j-th of the second; it is asked at most once for each pair. Equal: a full
// pairing of equal elements exists. Not equal: none exists even if every
// undecided pair were equal.
[[nodiscard]] Decision MatchElements(
    std::size_t count,
    const std::function<Decision(std::size_t, std::size_t)>& compare);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_MATCHING_H_
