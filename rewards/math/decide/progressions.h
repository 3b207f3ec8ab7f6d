// Progressions: families of numbers that are linear in an integer parameter,
// and whether two unions of them are the same set. Thread-safe for distinct
// contexts; bounded by kMaxResidues and Work.

#ifndef REWARDS_MATH_DECIDE_PROGRESSIONS_H_
#define REWARDS_MATH_DECIDE_PROGRESSIONS_H_

#include <optional>
#include <span>
#include <string_view>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Most families in one answer. Over it: undecided.
inline constexpr std::size_t kMaxMembers = 8;

struct Family {
  TermRef body;
  std::string_view index;   // the parameter
  std::string_view domain;  // "Z", or another named set
};

// Most members that families are split into to compare them. Over it:
// undecided.
inline constexpr std::size_t kMaxResidues = 16;

// Decides whether two unions hold the same numbers: the members of both are
// compared modulo a common multiple of all steps. Nothing where a body is not
// linear in its parameter, or a parameter not any integer. Requires: both hold
// a member.
[[nodiscard]] std::optional<Decision> DecideProgressions(
    Context* context, std::span<const Family> gold,
    std::span<const Family> answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_PROGRESSIONS_H_
