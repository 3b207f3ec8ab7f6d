// Anchors: the words that announce a final answer ("the answer is", "Answer:",
// "####", "答案") in some twenty languages. Linear time. Thread-safe.

#ifndef REWARDS_MATH_EXTRACT_ANCHORS_H_
#define REWARDS_MATH_EXTRACT_ANCHORS_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace rewards::math {

struct Anchor {
  std::size_t begin = 0;  // of the words
  std::size_t end = 0;    // just past them
};

// The anchors in `text`, in order, at most `max + 1` of them.
[[nodiscard]] std::vector<Anchor> FindAnchors(std::string_view text,
                                              std::size_t max);

// True where `sentence` holds a word that concludes ("therefore", "所以").
[[nodiscard]] bool Concludes(std::string_view sentence);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_ANCHORS_H_
