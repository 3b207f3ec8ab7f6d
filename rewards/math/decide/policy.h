// Policy: conventions that a request may switch, on top of the symmetric core.
// Defaults are the contract's. A plain value.

#ifndef REWARDS_MATH_DECIDE_POLICY_H_
#define REWARDS_MATH_DECIDE_POLICY_H_

namespace rewards::math {

struct Policy {
  bool percent = true;     // an answer 50% meets a gold 50 that has no sign
  bool degrees = true;     // a degree sign may be missing on one side
  bool units = true;       // a unit may be missing on one side
  bool assignment = true;  // x = 5 for 5
  bool rounding = true;    // a decimal gold is met by what rounds to it
  bool labelled_tuples = true;    // w = 16, d = 3 for (16, 3)
  bool relation_interval = true;  // -2 <= x <= 7 for [-2, 7]
  bool equation_factor = true;    // 2x = 4y for x = 2y
  bool set_tuple = false;         // {1, 2} for (1, 2)
  bool renaming = false;          // other letters for the variables
  bool open_closed = false;       // (1, 2) for [1, 2]
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_POLICY_H_
