// The written forms of a Recipe. Thread-safe: no state.

#ifndef TRAINER_RECIPES_RECIPE_WRITER_H_
#define TRAINER_RECIPES_RECIPE_WRITER_H_

#include <optional>
#include <string>

#include "trainer/recipes/recipe.h"

namespace trainer {

// recipe.resolved.toml: every key. ParseRecipe reads it back equal.
[[nodiscard]] std::string ToToml(const Recipe& recipe);

// Why a run begun as `old` cannot go on as `now`: names the first key that
// differs. [verifier], [checkpoint] and [guard] may: they move no weight.
[[nodiscard]] std::optional<std::string> ResumeConflict(const Recipe& old,
                                                        const Recipe& now);

// Every key, its default, what it may be and what it means, for people.
[[nodiscard]] std::string RecipeSchema();

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_WRITER_H_
