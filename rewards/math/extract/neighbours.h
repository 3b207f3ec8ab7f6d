// Neighbours: words beside a number in prose that change it, so that no
// fragment of an answer is read: "negative 5", "5 million". Pure; thread-safe.

#ifndef REWARDS_MATH_EXTRACT_NEIGHBOURS_H_
#define REWARDS_MATH_EXTRACT_NEIGHBOURS_H_

#include <string_view>

namespace rewards::math {

// True for the words that change the value of a number after them: "negative",
// "not", "sqrt", "than", or with what stands `before` the word: "multiple of",
// "not equal to". Case does not matter.
[[nodiscard]] bool ChangesNext(std::string_view before, std::string_view word);

// True for the words that change the value of a number before them: "million",
// "percent", "squared", "more" with `next` "than", and for single letters that
// may be variables.
[[nodiscard]] bool ChangesPrevious(std::string_view word,
                                   std::string_view next);

// True for those of them that do so behind a formula: "$7$ squared", but not
// "$7$ k".
[[nodiscard]] bool ScalesPrevious(std::string_view word);

// True for "percent", "pct" and the like.
[[nodiscard]] bool IsPercentWord(std::string_view word);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_NEIGHBOURS_H_
