// Tuples: values in order: tuples, vectors, matrices, ratios. Thread-safe for
// distinct contexts; bounded by kMaxElements and Work.

#ifndef REWARDS_MATH_DECIDE_TUPLES_H_
#define REWARDS_MATH_DECIDE_TUPLES_H_

#include <optional>
#include <span>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// The parts of a tuple, of square brackets, or of a matrix of one row or
// column; nothing for other kinds.
[[nodiscard]] std::optional<std::vector<TermRef>> SequenceOf(TermRef a);

// Element by element.
[[nodiscard]] Decision DecideSequences(Context* context,
                                       std::span<const TermRef> gold,
                                       std::span<const TermRef> answer);

// Decides where each side is a tuple, square brackets or a matrix. Two tuples,
// two brackets, two matrices of the same shape: element by element. A tuple
// against a vector (a matrix of one row or column) is the same vector; a tuple
// of tuples against a matrix is its rows. Round against square brackets: the
// same from three elements on; of two, one may be an open and the other a
// closed interval: undecided, but for `open_closed`.
[[nodiscard]] Decision DecideTuples(Context* context, TermRef gold,
                                    TermRef answer);

// Decides two times of day. One may be written like a ratio, 20:34.
[[nodiscard]] Decision DecideTimes(TermRef gold, TermRef answer);

// Decides where one side is a ratio: up to a factor, all parts shown not to be
// zero; a ratio of two is the quotient too. 20:34 and 20:34:00 are times.
[[nodiscard]] Decision DecideRatios(Context* context, TermRef gold,
                                    TermRef answer);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_TUPLES_H_
