// Repetition: how many of a text's word n-grams are another one over again.
// Pure; any thread. The penalty of "Demystifying Long Chain-of-Thought
// Reasoning in LLMs" (arXiv 2502.03373), as open-r1 and TRL compute it, over
// ICU's words instead of what stands between spaces.

#ifndef REWARDS_RULES_REPETITION_H_
#define REWARDS_RULES_REPETITION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rewards::rules {

struct Repetition {
  std::size_t grams = 0;     // all of them: words - n + 1, or none
  std::size_t distinct = 0;  // those that differ

  // 1 where no n-gram comes twice, also where there is none; the least is near
  // 0.
  [[nodiscard]] double share() const noexcept {
    return grams == 0
               ? 1.0
               : static_cast<double>(distinct) / static_cast<double>(grams);
  }
};

// Of words by number (NumberWords). Exact: nothing is hashed. Requires: n >= 1.
// Time n log n of the words, times log of `n`.
[[nodiscard]] Repetition MeasureRepetition(
    const std::vector<std::uint32_t>& words, std::size_t n);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_REPETITION_H_
