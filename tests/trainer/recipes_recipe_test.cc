// Tests trainer/recipes/recipe_reader.h: what is read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/trainer/recipes_parse.h"
#include "trainer/recipes/recipe_reader.h"
#include "trainer/recipes/recipe_writer.h"

namespace trainer {
namespace {

TEST(Recipe, DefaultsAndOrder) {
  const Recipe recipe = Parse(kGood);
  ASSERT_EQ(recipe.stages.size(), 2U);
  EXPECT_EQ(recipe.stages[0].name, "base");
  EXPECT_STREQ(StageKind(recipe.stages[0]), "pretrain");
  EXPECT_FALSE(recipe.stages[0].evaluate);
  EXPECT_STREQ(StageKind(recipe.stages[1]), "grpo");
  EXPECT_TRUE(recipe.stages[1].evaluate);
  EXPECT_EQ(recipe.name, "run");
}

TEST(Recipe, AnEvaluationIsAStageWithSettingsOfItsOwn) {
  const Recipe recipe = Parse(
      "stages = [\"before\"]\n[before]\nkind = \"eval\"\nsamples = 64\n"
      "temperature = 0.6\n");
  ASSERT_EQ(recipe.stages.size(), 1U);
  EXPECT_STREQ(StageKind(recipe.stages[0]), "eval");
  EXPECT_TRUE(recipe.stages[0].evaluate);
  const auto& eval = std::get<EvalStage>(recipe.stages[0].options);
  EXPECT_EQ(eval.settings.samples, 64);
  EXPECT_EQ(eval.settings.temperature, 0.6);
  EXPECT_EQ(eval.settings.items, EvalSettings().items);
  EXPECT_EQ(recipe.eval.samples, EvalSettings().samples);
}

TEST(Recipe, FurtherChecksAreOpaqueAndSurviveWriting) {
  const char* kTwo =
      "stages = [\"grpo\"]\n[grpo]\nlr = 1e-3\n[[grpo.checks]]\n"
      "checker = \"word_limit\"\nmost = 40\nweight = 0.5\n[[grpo.checks]]\n"
      "checker = \"odd\"\ndeep = {\"a \\\"b\\\"\" = [1, 2.0, true, "
      "\"l\\n\\u007f\"]}\n";
  const Recipe recipe = Parse(kTwo);
  const auto& grpo = std::get<GrpoStage>(recipe.stages[0].options);
  ASSERT_EQ(grpo.checks.size(), 2U);
  EXPECT_EQ(grpo.checks[0].at("checker"), "word_limit");
  EXPECT_EQ(grpo.checks[0].at("most"), 40);
  EXPECT_EQ(grpo.checks[1].at("deep").at("a \"b\"").at(3), "l\n\x7f");

  const std::string written = ToToml(recipe);
  const Recipe again = Parse(written);
  EXPECT_EQ(std::get<GrpoStage>(again.stages[0].options).checks, grpo.checks);
  EXPECT_EQ(ToToml(again), written);
}

TEST(Recipe, FurtherChecksNeedAChecker) {
  const std::string wanted =
      "expected a list of tables with a checker, an optional weight and the "
      "checker's parameters, got ";
  for (const auto& [value, got] : std::map<std::string, std::string>{
           {"[{most = 4}]", "a list"},
           {"[{checker = 3}]", "a list"},
           {"[{checker = \"a\", weight = \"1\"}]", "a list"},
           {"[{checker = \"a\", most = inf}]", "a list"},
           {"[{checker = \"a\", day = 2026-01-01}]", "a list"},
           {"[\"a\"]", "a list"},
           {"{checker = \"a\"}", "a table"},
           {"7", "7"}}) {
    EXPECT_EQ(Errors(std::string(kGood) + "checks = " + value + "\n"),
              Lines{"r.toml:5:10: grpo.checks: " + wanted + got})
        << value;
  }
}

TEST(Recipe, OverridesWin) {
  const Recipe recipe =
      Parse(kGood, {"grpo.group-size=4", "grpo.lr=1e-6", "name=other",
                    "verifier.wait_limit=4s", "grpo.group_size=16",
                    "data.chinese_fraction=1"});
  const auto& grpo = std::get<GrpoStage>(recipe.stages[1].options);
  EXPECT_EQ(grpo.group_size, 16);
  EXPECT_EQ(grpo.optimizer.lr, 1e-6);
  EXPECT_EQ(recipe.name, "other");
  EXPECT_EQ(recipe.verifier.wait_limit, std::chrono::seconds(4));
  EXPECT_EQ(recipe.data.chinese_fraction, 1.0);
}

TEST(Recipe, AtTheLimits) {
  EXPECT_TRUE(Errors(With("lr = 1")).empty());
  EXPECT_TRUE(Errors(With("group_size = 2")).empty());
  EXPECT_TRUE(Errors(With("group_size = 4096")).empty());
  EXPECT_EQ(Errors(With("group_size = 4097")).size(), 1U);
  EXPECT_TRUE(Errors(With("max_new_tokens = 511")).empty());
  EXPECT_TRUE(
      Errors("name = \"" + std::string(64, 'a') + "\"\n" + kGood).empty());
  EXPECT_EQ(Errors("name = \"" + std::string(65, 'a') + "\"\n" + kGood).size(),
            1U);
}

TEST(Recipe, AFileThatIsNotThere) {
  const RecipeResult recipe = ReadRecipe("/nonexistent/r.toml");
  ASSERT_TRUE(recipe.has_error());
  EXPECT_EQ(recipe.error().lines, Lines{"/nonexistent/r.toml: cannot be read"});
}

TEST(Recipe, TheExamplesRead) {
  for (const auto& [name, stages] :
       std::map<std::string, std::size_t>{{"arithmetic", 5}, {"r1", 16}}) {
    const std::string path = EXAMPLES "/" + name + ".toml";
    for (const Lines& overrides : {Lines{}, Lines{"profile=full"}}) {
      if (name == "arithmetic" && !overrides.empty()) continue;
      const RecipeResult recipe = ReadRecipe(path, overrides);
      ASSERT_TRUE(recipe.has_value()) << recipe.error().lines[0];
      EXPECT_EQ(recipe->stages.size(), stages);
    }
  }
}

TEST(Recipe, AProfileLiesOverTheFileAndUnderTheOverrides) {
  const std::string text =
      "stages = [\"a-b\"]\n[a-b]\nkind = \"grpo\"\n"
      "steps = 1\nlr = 1e-3\n[profiles.full]\nseed = 4\n"
      "[profiles.full.a-b]\nsteps = 2\nlr = 2e-3\n"
      "[profiles.full.data]\nmul = 0\n";
  const auto grpo = [](const Recipe& recipe) {
    return std::get<GrpoStage>(recipe.stages.at(0).options);
  };
  EXPECT_EQ(grpo(Parse(text)).steps, 1);
  EXPECT_EQ(Parse(text).data.mul, DataSettings().mul);
  const Recipe full = Parse(text, {"profile=full", "a-b.lr=3e-3"});
  EXPECT_EQ(grpo(full).steps, 2);
  EXPECT_EQ(grpo(full).optimizer.lr, 3e-3);
  EXPECT_EQ(full.data.mul, 0.0);
  EXPECT_EQ(full.seed, 4U);
  EXPECT_EQ(grpo(Parse("profile = \"full\"\n" + text)).steps, 2);
}

TEST(Recipe, EdgesLeadToTheNearestModelOrTheNamedOne) {
  const Recipe recipe = Parse(
      "stages = [\"base\", \"look\", \"rl\", \"other\", \"more\", "
      "\"small\", \"taught\"]\n"
      "[base]\nkind = \"pretrain\"\n[look]\nkind = \"eval\"\n"
      "[rl]\nkind = \"grpo\"\n[other]\nkind = \"sft\"\nfrom = \"base\"\n"
      "[more]\nkind = \"sft\"\n"
      "[small]\nkind = \"pretrain\"\nfrom = \"new\"\nmodel = \"student\"\n"
      "[taught]\nkind = \"sft\"\n");
  EXPECT_EQ(FromOf(recipe, 0), std::nullopt);
  EXPECT_EQ(FromOf(recipe, 1), 0U);
  EXPECT_EQ(FromOf(recipe, 2), 0U);  // an evaluation leaves no model
  EXPECT_EQ(FromOf(recipe, 3), 0U);
  EXPECT_EQ(FromOf(recipe, 4), 3U);
  EXPECT_EQ(FromOf(recipe, 5), std::nullopt);
  EXPECT_EQ(FromOf(recipe, 6), 5U);
  EXPECT_EQ(&SizesOf(recipe, 4), &recipe.model);
  EXPECT_EQ(&SizesOf(recipe, 6), &recipe.student);
}

}  // namespace
}  // namespace trainer
