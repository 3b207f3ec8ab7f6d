// NewModel: the model of a recipe before it has learnt anything.

#ifndef TRAINER_STAGES_NEW_MODEL_H_
#define TRAINER_STAGES_NEW_MODEL_H_

#include "trainer/recipes/recipe.h"
#include "trainer/stages/model_files.h"

namespace trainer {

// [model] of `recipe`, its initial weights drawn from the recipe's seed: equal
// on every rank and machine. Throws RunError (kUsage) for sizes that make no
// model.
[[nodiscard]] Model NewModel(const Recipe& recipe, at::Device device);

}  // namespace trainer

#endif  // TRAINER_STAGES_NEW_MODEL_H_
