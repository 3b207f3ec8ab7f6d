// Boxes: \boxed{...} and \fbox{...} in a response. One pass, linear time on
// megabytes, no recursion. Thread-safe.

#ifndef REWARDS_MATH_EXTRACT_BOXES_H_
#define REWARDS_MATH_EXTRACT_BOXES_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace rewards::math {

struct Box {
  std::size_t begin = 0;    // of the command
  std::size_t end = 0;      // just past its closing brace
  std::string_view inside;  // between the braces; borrows
  std::string_view label;   // y_1 before `y_1 = \boxed{3}`, or empty; borrows
};

struct Boxes {
  // The outermost closed boxes, in order.
  std::vector<Box> closed;
  // A box was opened after the last closed one and never closed: the response
  // was cut off inside its answer.
  bool cut_off = false;
};

[[nodiscard]] Boxes FindBoxes(std::string_view text);

// The boxes that stand together at the end: the last one, and those before it
// that only commas, "and", "or", delimiters, spacing or a label separate from
// it. In
// order; empty where there are none. At most `max + 1` are returned.
[[nodiscard]] std::vector<Box> LastGroup(std::string_view text,
                                         const std::vector<Box>& boxes,
                                         std::size_t max);

// True where a percent sign or word follows directly on `box`, but for a
// closing delimiter: `$\boxed{28}$ percent`.
[[nodiscard]] bool PercentFollows(std::string_view text, const Box& box);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_BOXES_H_
