// Tests trainer/recipes/recipe_writer.h: every key is written, read back, and
// held when a run goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/trainer/recipes_parse.h"
#include "trainer/recipes/recipe_keys.h"
#include "trainer/recipes/recipe_reader.h"
#include "trainer/recipes/recipe_writer.h"

namespace trainer {
namespace {

// Another value that `key` may have.
struct Change {
  const RecipeKey& key;
  void operator()(std::int64_t* v) const {
    *v = static_cast<double>(*v) * 2 <= key.most && *v != 0 ? *v * 2 : *v + 1;
  }
  void operator()(std::uint64_t* v) const { *v += 1; }
  void operator()(double* v) const { *v = *v == 0.0 ? key.most / 2 : *v / 2; }
  void operator()(bool* v) const { *v = !*v; }
  void operator()(std::string* v) const {
    if (key.words.empty()) {
      *v += "x";
    } else {
      *v = *v == key.words[0] ? key.words[1] : key.words[0];
    }
  }
  void operator()(std::chrono::milliseconds* v) const {
    *v += std::chrono::milliseconds(1);
  }
  void operator()(boost::json::array* v) const {
    v->push_back(boost::json::object{{"checker", "other"}});
  }
};

Recipe EveryKind() {
  return Parse(
      "stages = [\"pretrain\", \"sft\", \"grpo\", \"last\"]\n[pretrain]\n"
      "[sft]\n[grpo]\n[last]\nkind = \"eval\"\n");
}

// All keys of `recipe`, with the path of each.
std::vector<std::pair<std::string, RecipeKey>> AllKeys(Recipe& recipe) {
  std::vector<std::pair<std::string, RecipeKey>> all;
  const auto add = [&](const std::string& table, std::vector<RecipeKey> keys) {
    for (RecipeKey& key : keys) {
      all.emplace_back(table + '.' + std::string(key.name), key);
    }
  };
  for (Stage& stage : recipe.stages) add(stage.name, StageKeys(stage));
  for (const std::string_view table : kRecipeTables) {
    add(std::string(table), TableKeys(recipe, table));
  }
  return all;
}

TEST(Recipe, DefaultsAreWrittenAndReadBack) {
  const std::string text = ToToml(EveryKind());
  EXPECT_EQ(ToToml(Parse(text)), text);
}

TEST(Recipe, EveryKeyIsWrittenReadBackAndHeldOnResume) {
  Recipe plain = EveryKind();
  const std::size_t count = AllKeys(plain).size();
  EXPECT_GT(count, 70U);
  for (std::size_t i = 0; i < count; ++i) {
    Recipe changed = EveryKind();
    const auto [path, key] = AllKeys(changed)[i];
    // Keys that others hang on move with them.
    if (path == "model.heads") changed.model.hidden_size *= 2;
    if (path == "model.kv_heads") changed.model.heads = 4;
    std::visit(Change{key}, key.value);
    const std::string text = ToToml(changed);
    EXPECT_NE(text, ToToml(plain)) << path;
    EXPECT_EQ(ToToml(Parse(text)), text) << path;
    const bool moves_weights = !path.starts_with("verifier.") &&
                               !path.starts_with("checkpoint.") &&
                               !path.starts_with("guard.");
    EXPECT_EQ(ResumeConflict(plain, changed).has_value(), moves_weights)
        << path;
  }
  EXPECT_FALSE(ResumeConflict(plain, plain));
}

TEST(Recipe, OtherStagesCannotResume) {
  Recipe one = EveryKind();
  Recipe other = one;
  other.stages.pop_back();
  EXPECT_TRUE(ResumeConflict(one, other));
  EXPECT_TRUE(ResumeConflict(other, one));
  other = one;
  other.seed = 7;
  EXPECT_EQ(ResumeConflict(one, other), "seed was 0 and is 7");
}

TEST(Recipe, TheSchemaNamesEveryKey) {
  Recipe recipe = EveryKind();
  const std::string schema = RecipeSchema();
  for (const auto& [path, key] : AllKeys(recipe)) {
    EXPECT_THAT(schema, testing::HasSubstr('\n' + std::string(key.name) +
                                           " = " + ValueText(key) + "  # "));
  }
}

}  // namespace
}  // namespace trainer
