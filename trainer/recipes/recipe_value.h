// One value of a recipe's file. Internal to recipes/.

#ifndef TRAINER_RECIPES_RECIPE_VALUE_H_
#define TRAINER_RECIPES_RECIPE_VALUE_H_

#include <toml++/toml.h>

#include <string>

#include "trainer/recipes/recipe_keys.h"

namespace trainer {

// Stores `node` where `key` is bound. False: it has another type or is out of
// the key's range; nothing is stored.
[[nodiscard]] bool TakeValue(const toml::node& node, const RecipeKey& key);

// What stands there, for an error: "the string 'x'", "a table", "1.5".
[[nodiscard]] std::string Got(const toml::node& node);

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_VALUE_H_
