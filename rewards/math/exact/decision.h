// Decision: whether two answers say the same, and how that is known. A plain
// value; any thread.

#ifndef REWARDS_MATH_EXACT_DECISION_H_
#define REWARDS_MATH_EXACT_DECISION_H_

#include <string>
#include <string_view>
#include <vector>

namespace rewards::math {

enum class Equality { kUndecided, kEqual, kNotEqual };

struct Decision {
  // Fails closed: a default Decision is undecided and pays nothing.
  Equality equality = Equality::kUndecided;

  // "proved", "refuted", "consistent", "rounded", "text", "undecided".
  std::string_view evidence = "undecided";

  // One sentence for people. Never holds a value. A constant.
  std::string_view reason = "not decided";

  // The conventions that were needed, by name, in order, once each. Constants.
  std::vector<std::string_view> policies{};
};

// What was tried, for `assay explain`: one line a rung, in order. Values may
// stand in it, cut to 80 bytes.
using Proof = std::vector<std::string>;

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_DECISION_H_
