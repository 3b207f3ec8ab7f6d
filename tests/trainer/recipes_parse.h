// Parse and Errors: a recipe from its text, for tests.

#ifndef TESTS_TRAINER_RECIPES_PARSE_H_
#define TESTS_TRAINER_RECIPES_PARSE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "trainer/recipes/recipe_reader.h"

namespace trainer {

using Lines = std::vector<std::string>;

inline Recipe Parse(const std::string& text, const Lines& overrides = {}) {
  const RecipeResult recipe = ParseRecipe(text, "r.toml", overrides);
  if (recipe.has_error()) {
    ADD_FAILURE() << recipe.error().lines[0];
    return {};
  }
  return *recipe;
}

inline Lines Errors(const std::string& text, const Lines& overrides = {}) {
  const RecipeResult recipe = ParseRecipe(text, "r.toml", overrides);
  return recipe.has_error() ? recipe.error().lines : Lines{};
}

}  // namespace trainer

#endif  // TESTS_TRAINER_RECIPES_PARSE_H_
