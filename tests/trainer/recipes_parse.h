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

// A recipe that is read, whose last table is open for a line more.
inline constexpr const char* kGood =
    "stages = [\"base\", \"grpo\"]\n[base]\nkind = \"pretrain\"\n[grpo]\n";

inline std::string With(const std::string& line) { return kGood + line + '\n'; }

}  // namespace trainer

#endif  // TESTS_TRAINER_RECIPES_PARSE_H_
