// Labelled tuples: several things with a value each, `w = 16, d = 3`,
// `(p, q) = (3, 2)` or `x = y = 1`. Thread-safe for distinct contexts; bounded
// by Work.

#ifndef REWARDS_MATH_DECIDE_LABELLED_H_
#define REWARDS_MATH_DECIDE_LABELLED_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "rewards/math/decide/assignments.h"

namespace rewards::math {

// Most labels of one tuple. Over it: nothing.
inline constexpr std::size_t kMaxLabels = 16;

struct Labelled {
  std::vector<Assignment> parts;  // two or more, labels all different
  bool ordered = false;           // the labels are a tuple themselves
};

[[nodiscard]] std::optional<Labelled> LabelledOf(Context* context, TermRef a);

// Decides two labelled tuples, label by label in any order.
[[nodiscard]] Decision DecideLabelled(Context* context, const Labelled& gold,
                                      const Labelled& answer);

// The values in the order that a tuple without labels has: as the labels stand
// where they are a tuple; by name where they are neighbours in the alphabet (x,
// y, z; p, q; x_1, x_2); else as written.
[[nodiscard]] std::vector<TermRef> ValuesInOrder(const Labelled& labelled);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_LABELLED_H_
