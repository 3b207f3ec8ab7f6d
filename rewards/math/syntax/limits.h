// Limits: how much one answer may ask of the checker. Every one is finite; an
// answer over one is unreadable or undecided, never slow. A plain value.

#ifndef REWARDS_MATH_SYNTAX_LIMITS_H_
#define REWARDS_MATH_SYNTAX_LIMITS_H_

#include <cstddef>

namespace rewards::math {

struct Limits {
  // Longest text that is read as one answer, in bytes. Over it: unreadable.
  std::size_t answer_bytes = 16 * 1024;

  // Most decimal digits in all numbers of one answer, where 1e300 counts for
  // 300. Over it: unreadable.
  std::size_t digits = 10'000;

  // Largest decimal exponent of a number in scientific form, as in 1e300, and
  // of its negative. Over it: unreadable.
  long decimal_exponent = 5'000;

  // Most numbers and operators in one expression. Over it: unreadable.
  std::size_t nodes = 2'000;

  // Deepest nesting of brackets, in brackets. Over it: unreadable.
  std::size_t depth = 200;

  // Most answer anchors ("the answer is") in one response. Over it: hedged.
  std::size_t anchors = 32;

  // Most boxes in the final list of boxes. Over it: unreadable.
  std::size_t boxes = 32;

  // Most mathematical spans read in one sentence. Over it: hedged.
  std::size_t spans = 64;

  // A response without box and anchor, all of words: its longest that is an
  // answer, in bytes.
  std::size_t words_bytes = 64;

  // A response without box and anchor: how far back from its end a concluding
  // sentence is looked for, in bytes. A longer one has no "only span".
  std::size_t tail_bytes = 16 * 1024;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_SYNTAX_LIMITS_H_
