// Plan: what a recipe asks for, before anything runs. Pure; any thread.

#ifndef TRAINER_CLI_PLAN_H_
#define TRAINER_CLI_PLAN_H_

#include <cstdint>
#include <string>

#include "trainer/recipes/recipe.h"

namespace trainer::cli {

// Of the recipe's model.
[[nodiscard]] std::int64_t ParametersOf(const Recipe& recipe);

// A table: stages with their steps, tokens and completions; the model's size,
// memory and disk.
[[nodiscard]] std::string PlanText(const Recipe& recipe);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_PLAN_H_
