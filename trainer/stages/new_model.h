// NewModel: the model of a recipe before it has learnt anything.

#ifndef TRAINER_STAGES_NEW_MODEL_H_
#define TRAINER_STAGES_NEW_MODEL_H_

#include <cstdint>

#include "trainer/recipes/recipe.h"
#include "trainer/stages/model_files.h"

namespace trainer {

// A model of `sizes`, its initial weights drawn from `seed`: equal on every
// rank and machine. Throws RunError (kUsage) for sizes that make no model.
[[nodiscard]] Model NewModel(const ModelSettings& sizes, std::uint64_t seed,
                             at::Device device);

// `model`'s trunk under a head of one row, which is 0: what a reward model is
// before it has learnt anything. Shares nothing with `model`.
[[nodiscard]] Model ScoringModel(const Model& model);

}  // namespace trainer

#endif  // TRAINER_STAGES_NEW_MODEL_H_
