#include "trainer/stages/reward_examples.h"

#include <utility>

#include "datasets/preference_pairs.h"
#include "datasets/safety_examples.h"
#include "trainer/stages/world.h"

namespace trainer {

RewardExamples MakeRewardExamples(const Recipe& recipe,
                                  const std::string& preference,
                                  datasets::Split split, std::uint64_t seed,
                                  std::int64_t count,
                                  const Tokenizer& tokenizer) {
  TaskOptions of;
  of.seed = seed;
  of.split = split;
  const datasets::GeneralOptions options = GeneralOf(recipe, of);
  RewardExamples all;
  if (preference == "helpful") {
    datasets::PreferencePairs pairs(options);
    for (std::int64_t i = 0; i < count; ++i) {
      const datasets::PreferencePair pair = pairs.Next();
      all.texts.push_back(ExampleOf(tokenizer, pair.prompt, pair.chosen));
      all.rejected.push_back(ExampleOf(tokenizer, pair.prompt, pair.rejected));
    }
    return all;
  }
  datasets::SafetyExamples examples(options);
  for (std::int64_t i = 0; i < count; ++i) {
    const datasets::SafetyExample one = examples.Next();
    all.texts.push_back(ExampleOf(tokenizer, one.prompt, one.response));
    all.labels.push_back(one.safe ? 1.0F : 0.0F);
  }
  return all;
}

}  // namespace trainer
