// Marks: what stands around an answer and says nothing: white space, math
// delimiters, boxes, bold, quotes, a full stop. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_MARKS_H_
#define REWARDS_MATH_SYNTAX_MARKS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace rewards::math::syntax {

// `text` without white space at either end.
[[nodiscard]] std::string_view Trim(std::string_view text);

// `text` without the marks around it. A mark is only taken off in pairs, with
// words or a percent sign at most after it: "**42** dollars" becomes
// "42 dollars". Nothing inside is touched.
[[nodiscard]] std::string StripMarks(std::string_view text);

// The offset just past the brace that closes the one at `open`, or npos.
// Escaped braces do not count. Requires: text[open] is '{'.
[[nodiscard]] std::size_t SkipBraces(std::string_view text, std::size_t open);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_MARKS_H_
