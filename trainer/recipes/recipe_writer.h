// The written forms of a Recipe. Thread-safe: no state.

#ifndef TRAINER_RECIPES_RECIPE_WRITER_H_
#define TRAINER_RECIPES_RECIPE_WRITER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "trainer/recipes/recipe.h"

namespace trainer {

// recipe.resolved.toml: every key. ParseRecipe reads it back equal.
[[nodiscard]] std::string ToToml(const Recipe& recipe);

// What the result of stage `index` hangs on, as lines of "key = value": the
// seed, its own keys and those of the tables it reads. [verifier], [checkpoint]
// and [guard] move no weight.
[[nodiscard]] std::string StageText(const Recipe& recipe, std::size_t index);

// The first line of StageText that differs: "rl.lr was 0.0003 and is 0.001".
// None: they are equal.
[[nodiscard]] std::optional<std::string> TextDifference(std::string_view old,
                                                        std::string_view now);

// Every key, its default, what it may be and what it means, for people.
[[nodiscard]] std::string RecipeSchema();

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_WRITER_H_
