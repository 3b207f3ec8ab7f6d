// Reader: finds the final answer in a response and reads it. The order of the
// places it looks in is the contract's; every place is searched in linear time.
// Never looks at a gold. Thread-safe.

#ifndef REWARDS_MATH_EXTRACT_READER_H_
#define REWARDS_MATH_EXTRACT_READER_H_

#include <string>
#include <string_view>

#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// Where an answer may stand.
enum class Extract {
  kAuto,    // the last box; else an anchor; else the whole text where it is one
            // answer; else the only mathematical span; else the last one of a
            // concluding sentence
  kStrict,  // box or anchor
  kBoxed,   // box
  kBare,    // the whole response is the answer
};

// A final answer, or why there is none.
struct Reading {
  // Fails closed: a default Reading has an empty tree, and is none.
  Tree tree{};

  std::string_view extracted{};  // what was read; borrows from the response
  std::string_view found{};  // the place it stood in, e.g. "box"; a constant
  std::string reason{};      // where not readable: why, for people

  [[nodiscard]] bool readable() const { return !tree.empty(); }
};

// Reads the final answer of `response` (untrusted, any bytes). Different boxes
// side by side are a list of answers; equal ones are one. Several anchors that
// announce different answers are hedged, which is not readable.
[[nodiscard]] Reading ReadAnswer(std::string_view response, Extract extract,
                                 const Limits& limits);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_READER_H_
