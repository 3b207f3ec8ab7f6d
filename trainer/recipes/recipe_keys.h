// RecipeKeys: every key of every table of a recipe, with its type, range, unit
// and meaning. The one place that lists them: reader, writer and schema go
// through it. Pure; any thread.

#ifndef TRAINER_RECIPES_RECIPE_KEYS_H_
#define TRAINER_RECIPES_RECIPE_KEYS_H_

#include <boost/json/array.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "trainer/recipes/recipe.h"

namespace trainer {

// Where a key's value lives.
using RecipeValue =
    std::variant<std::int64_t*, std::uint64_t*, double*, bool*, std::string*,
                 std::chrono::milliseconds*, std::vector<std::string>*,
                 boost::json::array*>;

struct RecipeKey {
  std::string_view name;
  RecipeValue value;
  std::string_view meaning;  // with its unit, for people
  // Of numbers, inclusive; of durations in milliseconds.
  double least = 0.0;
  double most = 1e6;
  bool above_least = false;               // `least` itself is out of range
  std::vector<std::string_view> words{};  // what a string may be; empty: any
};

// Tables of a recipe that are no stages, in the order of the file.
inline constexpr std::string_view kRecipeTables[] = {
    "model", "student",  "data",       "general",
    "eval",  "verifier", "checkpoint", "guard"};

// The keys of one of kRecipeTables, bound to `recipe`. Throws
// std::invalid_argument for another name.
[[nodiscard]] std::vector<RecipeKey> TableKeys(Recipe& recipe,
                                               std::string_view table);

// The keys of [eval] and of eval stages, bound to `settings`.
[[nodiscard]] std::vector<RecipeKey> EvalKeys(EvalSettings& settings);

// The keys of a stage beside `kind`, bound to it.
[[nodiscard]] std::vector<RecipeKey> StageKeys(Stage& stage);

// A stage of `kind` with its defaults. Throws std::invalid_argument for a kind
// that is none.
[[nodiscard]] Stage MakeStage(std::string_view kind, std::string name);
inline constexpr std::string_view kStageKinds[] = {
    "pretrain", "sft", "grpo", "eval", "sample", "reward-model"};

// What the value of `key` may be, for people: "a number > 0 and <= 1".
[[nodiscard]] std::string AllowedText(const RecipeKey& key);

// `key`'s value as TOML.
[[nodiscard]] std::string ValueText(const RecipeKey& key);

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_KEYS_H_
