// Collections: several values without order: sets, lists, alternatives, and the
// two values of a plus-minus. Thread-safe for distinct contexts; bounded by
// kMaxElements and Work.

#ifndef REWARDS_MATH_DECIDE_COLLECTIONS_H_
#define REWARDS_MATH_DECIDE_COLLECTIONS_H_

#include <optional>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

struct Collection {
  // What has these values, where they are written as `x = 1 or x = 2`; else no
  // tree.
  TermRef label{};
  std::vector<TermRef> elements{};
  bool braces = false;    // written as a set
  bool numbered = false;  // the label has numbers: x_1 = 2, x_2 = 3

  [[nodiscard]] bool has_label() const { return label.tree != nullptr; }
};

// `a` as a collection: a set, a list, alternatives, assignments of one label,
// an expression with one plus-minus. Plus-minus is expanded. Nothing: it is
// none, or over a limit.
[[nodiscard]] std::optional<Collection> CollectionOf(Context* context,
                                                     TermRef a);

// Decides two collections: each element has its own equal one on the other
// side. A label on one side needs the policy `assignment`, against a set in
// braces `relation_interval`.
[[nodiscard]] Decision DecideCollections(Context* context,
                                         const Collection& gold,
                                         const Collection& answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_COLLECTIONS_H_
