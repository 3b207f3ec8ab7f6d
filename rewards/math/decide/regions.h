// Regions: terms that stand for a set of real numbers (intervals, unions, named
// sets, set-builder notation, conditions on one variable), as RealSets.
// Thread-safe for distinct contexts; bounded by kMaxNesting and Work.

#ifndef REWARDS_MATH_DECIDE_REGIONS_H_
#define REWARDS_MATH_DECIDE_REGIONS_H_

#include <optional>
#include <span>
#include <string_view>

#include "rewards/math/decide/real_set.h"

namespace rewards::math {

// True for the kinds that can only be a set of numbers: half-open intervals,
// unions and the like, named sets, set-builder notation.
[[nodiscard]] bool IsRegionKind(Kind kind);

// `a` as a set of numbers. A pair in round brackets is an open interval, in
// square ones a closed interval. Where `a` is a condition, its variable is put
// in `variable`, or must be that one if it is not empty. Nothing: it is no such
// set, or was not decided.
[[nodiscard]] std::optional<RealSet> RegionOf(Context* context, TermRef a,
                                              std::string_view* variable);

// The numbers `elements`, and both of each plus-minus. Nothing where one is no
// real constant.
[[nodiscard]] std::optional<RealSet> PointsOf(
    Context* context, std::span<const TermRef> elements);

// RealSet::Union and the like.
using RealSetJoin = std::optional<RealSet> (*)(Context*, const RealSet&,
                                               const RealSet&);

// Every one of `of` as by RegionOf, joined. Requires: `join` is associative, or
// there are two.
[[nodiscard]] std::optional<RealSet> JoinRegions(Context* context,
                                                 std::span<const TermRef> of,
                                                 std::string_view* variable,
                                                 RealSetJoin join);

// Decides two terms as sets of real numbers; at least one is a region or a
// condition. A condition against a set needs the policy `relation_interval`.
[[nodiscard]] Decision DecideRegions(Context* context, TermRef gold,
                                     TermRef answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_REGIONS_H_
