// Statement: one answer's text to a Value. Takes off what stands around an
// answer (delimiters, boxes, bold, a full stop), then reads `x = a = b` as a
// chain whose parts must agree, and each part as a number with a unit.
// Thread-safe; time and memory linear in the text, within Limits.

#ifndef REWARDS_MATH_STATEMENT_H_
#define REWARDS_MATH_STATEMENT_H_

#include <string_view>

#include "rewards/math/syntax/limits.h"
#include "rewards/math/parser.h"
#include "rewards/math/value.h"

namespace rewards::math {

// Reads all of `text` as one answer. ReadError where it is not in the grammar,
// has no value, or is over a limit; offsets count in the text after the marks
// around it are off.
[[nodiscard]] Read<Value> ReadStatement(std::string_view text,
                                        const Limits& limits);

}  // namespace rewards::math

#endif  // REWARDS_MATH_STATEMENT_H_
