// ReadRecipe: RECIPE.toml to a Recipe. Thread-safe: no state.
//
//   name = "arithmetic"
//   stages = ["base", "rl"]     # in order; each is a table below
//   [base]
//   kind = "pretrain"           # left out: the table's name
//   steps = 2000
//   [rl]
//   kind = "grpo"
//   lr = 3e-4
//
// The other tables: kRecipeTables. A recipe may hold variants of itself, chosen
// by `profile = "NAME"` or `--set profile=NAME`:
//
//   [profiles.full.rl]
//   steps = 400

#ifndef TRAINER_RECIPES_RECIPE_READER_H_
#define TRAINER_RECIPES_RECIPE_READER_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/recipes/recipe.h"

namespace trainer {

// Every error of a recipe, in the order of the file, each
// "FILE:LINE:COL: what; did you mean ...?; allowed: ...". Never empty.
struct RecipeErrors {
  std::vector<std::string> lines;
};

// What result::value() does with an error: a defect of the caller. Throws
// std::logic_error.
[[noreturn]] void throw_exception_from_error(const RecipeErrors& errors,
                                             const boost::source_location&);

using RecipeResult = boost::system::result<Recipe, RecipeErrors>;

// Largest file, in bytes.
inline constexpr std::size_t kMaxRecipeBytes = std::size_t{1} << 20;

// `overrides`: "grpo.lr=3e-4" as `--set` has it. The value is TOML, or a bare
// word for a string; '-' in a key, not in a stage's name, reads as '_'. Later
// ones win over earlier ones and over the file.
[[nodiscard]] RecipeResult ReadRecipe(
    const std::string& path, std::span<const std::string> overrides = {});

// The same from text. `path` is for the errors.
[[nodiscard]] RecipeResult ParseRecipe(
    std::string_view text, const std::string& path,
    std::span<const std::string> overrides = {});

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_READER_H_
