// Phrases: what the words around an answer say of it. Pure; thread-safe; linear
// time.

#ifndef REWARDS_MATH_EXTRACT_PHRASES_H_
#define REWARDS_MATH_EXTRACT_PHRASES_H_

#include <cstddef>
#include <string_view>

namespace rewards::math {

// What follows an anchor, without the marks that are left over from around it:
// "**Answer:** 42" leaves "** 42". A mark that a space follows closes, and is
// left over; any other opens, and belongs to the answer.
[[nodiscard]] std::string_view SkipLeftovers(std::string_view rest);

// True where `gap`, the words after an answer, begins with one that gives a
// reason or a condition ("because", "where"), so that the mathematics after it
// is no other answer.
[[nodiscard]] bool GivesReason(std::string_view gap);

// True where `gap` joins two answers: only commas and marks, or, in at most
// `longest` bytes, a word for "or" or "and".
[[nodiscard]] bool IsAlternative(std::string_view gap, std::size_t longest);

// True where a command of LaTeX or an operator stands in `text`: mathematics
// without digits. Delimiters are none.
[[nodiscard]] bool HoldsMathematics(std::string_view text);

// True where `text` does not stop in the middle of a sentence.
[[nodiscard]] bool IsComplete(std::string_view text);

// What stands between two views into one text, the first before the second.
[[nodiscard]] std::string_view Between(std::string_view before,
                                       std::string_view after);

// What stands after `part`, a view into `text`.
[[nodiscard]] std::string_view After(std::string_view part,
                                     std::string_view text);

// From the first to the last of views into one text.
[[nodiscard]] std::string_view Hull(std::string_view first,
                                    std::string_view last);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_PHRASES_H_
