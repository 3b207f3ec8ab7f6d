// Compare: an answer against a gold. A symmetric exact core, and on top a layer
// of named conventions (Policy), each use of which is reported. Thread-safe.

#ifndef REWARDS_MATH_COMPARE_H_
#define REWARDS_MATH_COMPARE_H_

#include <string_view>
#include <vector>

#include "rewards/math/value.h"

namespace rewards::math {

// Conventions that a request may switch. Defaults are the contract's.
struct Policy {
  bool percent = true;     // an answer 50% meets a gold 50 that has no sign
  bool degrees = true;     // a degree sign may be missing on one side
  bool units = true;       // a unit may be missing on one side
  bool assignment = true;  // x = 5 for 5
  bool rounding = true;    // a decimal gold is met by what rounds to it
  // Of values that this grammar does not read yet: no effect.
  bool labelled_tuples = true;
  bool relation_interval = true;
  bool equation_factor = true;
  bool set_tuple = false;
  bool renaming = false;
  bool open_closed = false;
};

enum class Equality { kUndecided, kEqual, kNotEqual };

struct Decision {
  // Fails closed: a default Decision is undecided and pays nothing.
  Equality equality = Equality::kUndecided;

  // "proved", "refuted", "rounded", "undecided".
  std::string_view evidence = "undecided";

  // One sentence for people. Never holds a value.
  std::string_view reason = "not decided";

  // The conventions that were needed, by name.
  std::vector<std::string_view> policies{};
};

// Decides whether `answer` says what `gold` says. Exact: no floating point.
//
// Rounding: a gold written as a decimal with at least two significant digits is
// met by an exact answer without a finite decimal form (1/3 for 0.33) that
// rounds to it, half either way. A decimal answer to an exact gold is not: the
// gold states no digits. Two decimals are equal or they are not.
[[nodiscard]] Decision Compare(const Value& gold, const Value& answer,
                               const Policy& policy);

}  // namespace rewards::math

#endif  // REWARDS_MATH_COMPARE_H_
