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
  void operator()(std::vector<std::string>* v) const { v->push_back("sample"); }
  void operator()(boost::json::array* v) const {
    v->push_back(boost::json::object{{"checker", "other"}});
  }
};

Recipe EveryKind() {
  return Parse(
      "stages = [\"pretrain\", \"sample\", \"helpful\", \"sft\", \"grpo\", "
      "\"last\"]\n[pretrain]\n[sample]\nsamples = 8\nprompt = \"r1-zero\"\n"
      "least_tokens = 1\nleast_pass_rate = 0.1\nmost_pass_rate = 0.9\n"
      "[helpful]\nkind = \"reward-model\"\n[sft]\n[grpo]\n[last]\n"
      "kind = \"eval\"\n");
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

// A recipe in which only `path` has another value, or what hangs on it.
Recipe Changed(std::size_t index, std::string* path) {
  Recipe changed = EveryKind();
  const auto [name, key] = AllKeys(changed)[index];
  *path = name;
  for (auto [table, sizes] : {std::pair{"model", &changed.model},
                              std::pair{"student", &changed.student}}) {
    if (name == std::string(table) + ".heads") sizes->hidden_size *= 2;
    if (name == std::string(table) + ".kv_heads") sizes->heads = 4;
  }
  if (name.ends_with(".model")) {
    for (Stage& stage : changed.stages) {
      if (name == stage.name + ".model") stage.from = "new";
    }
  }
  std::visit(Change{key}, key.value);
  if (name.ends_with(".from")) {
    for (Stage& stage : changed.stages) {
      if (name == stage.name + ".from") stage.from = "pretrain";
    }
    if (name == "pretrain.from") changed.stages[0].from = "new";
  }
  return changed;
}

TEST(Recipe, EveryKeyIsWrittenAndReadBack) {
  Recipe plain = EveryKind();
  const std::size_t count = AllKeys(plain).size();
  EXPECT_GT(count, 150U);
  for (std::size_t i = 0; i < count; ++i) {
    std::string path;
    const Recipe changed = Changed(i, &path);
    const std::string text = ToToml(changed);
    EXPECT_NE(text, ToToml(plain)) << path;
    EXPECT_EQ(ToToml(Parse(text)), text) << path;
  }
}

// What a stage hangs on: its keys, its sizes, the world, and what is held out
// where that matters. Nothing else, or more would be done again than has to be.
TEST(Recipe, AStageIsDoneAgainForWhatItHangsOnAlone) {
  const Recipe plain = EveryKind();
  Recipe counted = plain;
  for (std::size_t i = 0; i < AllKeys(counted).size(); ++i) {
    std::string path;
    const Recipe changed = Changed(i, &path);
    const std::string table = path.substr(0, path.find('.'));
    for (std::size_t stage = 0; stage < plain.stages.size(); ++stage) {
      const std::string& name = plain.stages[stage].name;
      const bool evaluates =
          name == "sft" || name == "grpo" || name == "last" || name == "sample";
      bool hangs = table == name || table == "data" || table == "general" ||
                   (table == "eval" && evaluates);
      hangs |= table == "model";
      const auto difference =
          TextDifference(StageText(plain, stage), StageText(changed, stage));
      // Sizes go on to all that begin with it.
      if (path.ends_with(".model")) continue;
      EXPECT_EQ(difference.has_value(), hangs) << path << " and " << name;
      if (hangs && path.starts_with("data.")) {
        EXPECT_THAT(*difference, testing::StartsWith(path + " was "));
      }
    }
  }
}

TEST(Recipe, ADifferenceNamesTheFirstKey) {
  EXPECT_EQ(TextDifference("a = 1\nb = 2\n", "a = 1\nb = 3\n"),
            "b was 2 and is 3");
  EXPECT_EQ(TextDifference("a = 1\n", "a = 1\n"), std::nullopt);
  EXPECT_EQ(TextDifference("a = 1\n", "a = 1\nb = 2\n"), "its keys are others");
  EXPECT_EQ(TextDifference("", "b = 2\n"), "its keys are others");
}

TEST(Recipe, TheSchemaNamesEveryKeyWithItsDefault) {
  Recipe recipe = Parse(
      "stages = [\"pretrain\", \"sample\", \"helpful\", \"sft\", \"grpo\", "
      "\"eval_\"]\n[pretrain]\n[sample]\n[helpful]\nkind = "
      "\"reward-model\"\n[sft]\n[grpo]\n[eval_]\nkind = \"eval\"\n");
  const std::string schema = RecipeSchema();
  for (const auto& [path, key] : AllKeys(recipe)) {
    EXPECT_THAT(schema, testing::HasSubstr('\n' + std::string(key.name) +
                                           " = " + ValueText(key) + "  # "));
  }
}

}  // namespace
}  // namespace trainer
