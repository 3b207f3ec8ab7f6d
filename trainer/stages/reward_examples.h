// RewardExamples: what a reward model learns from or is measured by: responses
// with the one that is worse, or with a label. Plain values; any thread.

#ifndef TRAINER_STAGES_REWARD_EXAMPLES_H_
#define TRAINER_STAGES_REWARD_EXAMPLES_H_

#include <cstdint>
#include <vector>

#include "datasets/split.h"
#include "trainer/recipes/recipe.h"
#include "trainer/stages/completion_batch.h"

namespace trainer {

struct RewardExamples {
  std::vector<Example> texts{};
  // "helpful": of texts[i], the worse response. Empty for "safety".
  std::vector<Example> rejected{};
  // "safety": 1 where texts[i] is safe, else 0. Empty for "helpful".
  std::vector<float> labels{};

  [[nodiscard]] std::size_t size() const { return texts.size(); }
};

// `count` examples of `preference` from the recipe's world. The same for equal
// arguments.
[[nodiscard]] RewardExamples MakeRewardExamples(
    const Recipe& recipe, const std::string& preference, datasets::Split split,
    std::uint64_t seed, std::int64_t count, const Tokenizer& tokenizer);

}  // namespace trainer

#endif  // TRAINER_STAGES_REWARD_EXAMPLES_H_
