// Matching: two collections without order, element against element. Pure;
// bounded by the square of the number of elements.

#ifndef REWARDS_MATH_DECIDE_MATCHING_H_
#define REWARDS_MATH_DECIDE_MATCHING_H_

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "rewards/math/exact/decision.h"
#include "rewards/math/exact/scalar.h"

namespace rewards::math {

// Decides whether `count` elements pair off with `count` others, each with one
// that is equal to it. `compare(i, j)` decides the i-th of the first against
// the j-th of the second; it is asked at most once for each pair. Equal: a full
// pairing of equal elements exists. Not equal: none exists even if every
// undecided pair were equal. `likely` says which j to try first for each i, and
// changes nothing but the time it takes; empty: the same.
[[nodiscard]] Decision MatchElements(
    std::size_t count,
    const std::function<Decision(std::size_t, std::size_t)>& compare,
    std::span<const std::size_t> likely = {});

// For each of `some` an index of `others` of its own, one that looks the same
// if there is one. Requires: equally many.
[[nodiscard]] std::vector<std::size_t> LikelyPairs(
    std::span<const TermRef> some, std::span<const TermRef> others);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_MATCHING_H_
