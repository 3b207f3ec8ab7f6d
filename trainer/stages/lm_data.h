// LmData: the documents of a pretraining or fine-tuning stage, step by step.
// What a step gets follows from the recipe alone, so that a resumed run gets
// the same. Thread-safe.

#ifndef TRAINER_STAGES_LM_DATA_H_
#define TRAINER_STAGES_LM_DATA_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "trainer/recipes/recipe.h"
#include "trainer/stages/completion_batch.h"
#include "trainer/stages/document.h"

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

// `documents`, or where there are none stage.examples made ones; shuffled anew
// for each epoch. Memory: all of them.
[[nodiscard]] LmData SftData(const Recipe& recipe, const std::string& name,
                             const SftStage& stage,
                             const std::vector<Document>& documents,
                             const Tokenizer& tokenizer);

}  // namespace trainer

#endif  // TRAINER_STAGES_LM_DATA_H_
