// LmData: the documents of a pretraining or fine-tuning stage, step by step.
// What a step gets follows from the recipe alone, so that a resumed run gets
// the same. Thread-safe.

#ifndef TRAINER_STAGES_LM_DATA_H_
#define TRAINER_STAGES_LM_DATA_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/arithmetic.h"
#include "datasets/prompt_template.h"
#include "trainer/recipes/recipe.h"
#include "trainer/stages/completion_batch.h"

namespace trainer {

struct LmData {
  std::int64_t steps = 0;
  // The examples of step 1..steps, of all ranks.
  std::function<std::vector<Example>(std::int64_t step)> batch{};
};

// Documents that are never seen again: each step draws its own.
[[nodiscard]] LmData PretrainData(const Recipe& recipe, const std::string& name,
                                  const PretrainStage& stage,
                                  const Tokenizer& tokenizer);

// `examples` documents, shuffled anew for each epoch. Memory: all of them.
[[nodiscard]] LmData SftData(const Recipe& recipe, const std::string& name,
                             const SftStage& stage, const Tokenizer& tokenizer);

// Arithmetic as [data] says it, on the training split.
[[nodiscard]] datasets::ArithmeticOptions TasksOf(const DataSettings& data,
                                                  std::uint64_t seed);

// "chat" or "r1-zero"; throws std::invalid_argument for another name.
[[nodiscard]] datasets::PromptStyle PromptStyleFromName(std::string_view name);

}  // namespace trainer

#endif  // TRAINER_STAGES_LM_DATA_H_
