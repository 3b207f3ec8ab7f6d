// Marks: white space and braces. Pure; thread-safe; linear time.

#ifndef REWARDS_MATH_EXTRACT_MARKS_H_
#define REWARDS_MATH_EXTRACT_MARKS_H_

#include <cstddef>
#include <string_view>

namespace rewards::math {

// `text` without white space at either end.
[[nodiscard]] std::string_view Trim(std::string_view text);

// The offset just past the brace that closes the one at `open`, or npos. A
// backslash takes the sign after it along. Requires: a brace at `open`.
[[nodiscard]] std::size_t SkipBraces(std::string_view text, std::size_t open);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_MARKS_H_
