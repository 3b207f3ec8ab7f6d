// CheckRecipe: what no single key of a recipe shows: keys that do not go
// together, edges between stages that lead nowhere. Pure; any thread.

#ifndef TRAINER_RECIPES_RECIPE_CHECK_H_
#define TRAINER_RECIPES_RECIPE_CHECK_H_

#include <string>
#include <vector>

#include "trainer/recipes/recipe.h"

namespace trainer {

struct RecipeFault {
  std::string table{};
  std::string key{};
  std::string what{};  // "rl.from: expected ...", for people
};

// Every fault of a recipe whose single values are good.
[[nodiscard]] std::vector<RecipeFault> CheckRecipe(const Recipe& recipe);

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_CHECK_H_
