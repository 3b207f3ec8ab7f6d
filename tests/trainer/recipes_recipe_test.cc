// Tests trainer/recipes/recipe_reader.h: what is read, what is refused and
// where.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "tests/trainer/recipes_parse.h"
#include "trainer/recipes/recipe_reader.h"
#include "trainer/recipes/recipe_writer.h"

namespace trainer {
namespace {

constexpr const char* kGood =
    "stages = [\"base\", \"grpo\"]\n[base]\nkind = \"pretrain\"\n[grpo]\n";

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

struct Broken {
  const char* name;
  std::string text;
  Lines overrides;
  Lines errors;
};

void PrintTo(const Broken& c, std::ostream* os) { *os << c.name; }

std::string With(const std::string& line) { return kGood + line + '\n'; }

class BrokenRecipe : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenRecipe, NamesThePlaces) {
  EXPECT_EQ(Errors(GetParam().text, GetParam().overrides), GetParam().errors);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BrokenRecipe,
    testing::Values(
        Broken{"Key",
               With("group_szie = 4"),
               {},
               {"r.toml:5:1: unknown key grpo.group_szie; did you mean "
                "group_size?"}},
        Broken{"FarKey",
               With("zzz = 4"),
               {},
               {"r.toml:5:1: unknown key grpo.zzz"}},
        Broken{"Quotes",
               With("lr = \"1e-6\""),
               {},
               {"r.toml:5:6: grpo.lr: expected a number > 0 and <= 1, got the "
                "string '1e-6' (remove the quotes)"}},
        Broken{"String",
               With("lr = \"high\""),
               {},
               {"r.toml:5:6: grpo.lr: expected a number > 0 and <= 1, got the "
                "string 'high'"}},
        Broken{"AtTheOpenEnd",
               With("lr = 0.0"),
               {},
               {"r.toml:5:6: grpo.lr: expected a number > 0 and <= 1, got "
                "0.0"}},
        Broken{"OverTheEnd",
               With("lr = 1.01"),
               {},
               {"r.toml:5:6: grpo.lr: expected a number > 0 and <= 1, got "
                "1.01"}},
        Broken{"NotFinite",
               With("lr = nan"),
               {},
               {"r.toml:5:6: grpo.lr: expected a number > 0 and <= 1, got "
                "nan"}},
        Broken{"Infinite",
               With("clip_high = inf"),
               {},
               {"r.toml:5:13: grpo.clip_high: expected a number >= 0 and <= "
                "1000, got inf"}},
        Broken{"TooSmall",
               With("group_size = 1"),
               {},
               {"r.toml:5:14: grpo.group_size: expected a whole number >= 2 "
                "and <= 4096, got 1"}},
        Broken{"NotWhole",
               With("group_size = 2.0"),
               {},
               {"r.toml:5:14: grpo.group_size: expected a whole number >= 2 "
                "and <= 4096, got 2.0"}},
        Broken{"Word",
               With("loss_norm = \"token-mean\""),
               {},
               {"r.toml:5:13: grpo.loss_norm: expected \"token_mean\", "
                "\"sequence_mean\", \"constant\", got the string 'token-mean'; "
                "did you mean token_mean?"}},
        Broken{"NoBool",
               With("evaluate = 1"),
               {},
               {"r.toml:5:12: grpo.evaluate: expected true or false, got 1"}},
        Broken{"BareDuration",
               With("[verifier]\nwait_limit = 10"),
               {},
               {"r.toml:6:14: verifier.wait_limit: expected a string like "
                "\"250ms\", \"4s\" or \"10m\", got 10: \"10s\" or \"10ms\"?"}},
        Broken{"DurationUnit",
               With("[verifier]\nlinger = \"5d\""),
               {},
               {"r.toml:6:10: verifier.linger: expected a string like "
                "\"250ms\", \"4s\" or \"10m\", got the string '5d'"}},
        Broken{"NoStages",
               "name = \"a\"\n",
               {},
               {"r.toml:1:1: stages is missing: the names of the stages in "
                "order"}},
        Broken{"EmptyStages",
               "stages = []\n",
               {},
               {"r.toml:1:10: stages: expected a list of names that is not "
                "empty, got a list"}},
        Broken{"StagesText",
               "stages = \"grpo\"\n[grpo]\n",
               {},
               {"r.toml:1:10: stages: expected a list of names that is not "
                "empty, got the string 'grpo'",
                "r.toml:2:2: the table [grpo] is neither in stages nor "
                "known"}},
        Broken{"StageWithoutTable",
               "stages = [\"sft\"]\n",
               {},
               {"r.toml:1:11: stages: there is no table [sft]"}},
        Broken{"StageTwice",
               "stages = [\"sft\", \"sft\"]\n[sft]\n",
               {},
               {"r.toml:1:18: stages: \"sft\" is there twice"}},
        Broken{"StageName",
               "stages = [\"model\"]\n",
               {},
               {"r.toml:1:11: stages: \"model\" cannot be a stage: expected "
                "a-z, 0-9 and '_', and no table of another meaning"}},
        Broken{"Kind",
               "stages = [\"a\"]\n[a]\nkind = \"ppo\"\n",
               {},
               {"r.toml:3:8: a.kind: expected \"pretrain\", \"sft\", "
                "\"grpo\" or \"eval\", got the string 'ppo'"}},
        Broken{"EvaluateOfAnEvaluation",
               "stages = [\"a\"]\n[a]\nkind = \"eval\"\nevaluate = true\n",
               {},
               {"r.toml:4:1: unknown key a.evaluate"}},
        Broken{"EvaluationTooLong",
               "stages = [\"a\"]\n[a]\nkind = \"eval\"\n"
               "max_new_tokens = 256\n[model]\nmax_positions = 256\n",
               {},
               {"r.toml:4:18: a.max_new_tokens: expected less than "
                "model.max_positions (256)"}},
        Broken{"NoKind",
               "stages = [\"rl\"]\n[rl]\n",
               {},
               {"r.toml:2:1: rl.kind: expected \"pretrain\", \"sft\", "
                "\"grpo\" or \"eval\""}},
        Broken{"StrayTable",
               With("[modle]"),
               {},
               {"r.toml:5:2: the table [modle] is neither in stages nor known; "
                "did you mean model?"}},
        Broken{"StrayKey",
               "sead = 3\n" + std::string(kGood),
               {},
               {"r.toml:1:1: unknown key sead; did you mean seed?"}},
        Broken{"Name",
               "name = \"../x\"\n" + std::string(kGood),
               {},
               {"r.toml:1:8: name: expected 1 to 64 letters, digits, '.', '_' "
                "and '-', not '.' or '-' first"}},
        Broken{"Seed",
               "seed = -1\n" + std::string(kGood),
               {},
               {"r.toml:1:8: seed: expected a whole number >= 0 and <= "
                "9.2e+18, got -1"}},
        Broken{"Syntax",
               "stages = [\n",
               {},
               {"r.toml:1:12: Error while parsing array: encountered "
                "end-of-file"}},
        Broken{"Heads",
               With("[model]\nheads = 5"),
               {},
               {"r.toml:5:1: model.hidden_size: expected an even multiple of "
                "heads (5)",
                "r.toml:5:1: model.kv_heads: expected a divisor of heads "
                "(5)"}},
        Broken{"Minibatches",
               With("minibatches = 5"),
               {},
               {"r.toml:5:15: grpo.minibatches: expected a divisor of "
                "prompts_per_step (32)"}},
        Broken{"Long",
               With("max_new_tokens = 512"),
               {},
               {"r.toml:5:18: grpo.max_new_tokens: expected less than "
                "model.max_positions (512)"}},
        Broken{"SetUnknown",
               kGood,
               {"grpo.lrr=1"},
               {"--set grpo.lrr: unknown key grpo.lrr; did you mean lr?"}},
        Broken{"SetRange",
               kGood,
               {"grpo.lr=2"},
               {"--set grpo.lr: grpo.lr: expected a number > 0 and <= 1, got "
                "2"}},
        Broken{"SetNothing",
               kGood,
               {"grpo.lr"},
               {"--set grpo.lr: expected KEY=VALUE"}},
        Broken{"SetStage",
               kGood,
               {"rl.lr=1"},
               {"--set rl.lr: the table [rl] is neither in stages nor known"}},
        Broken{"AllAtOnce",
               With("lr = -1\ngroup_szie = 4\n[guard]\nx = 1"),
               {},
               {"r.toml:5:6: grpo.lr: expected a number > 0 and <= 1, got -1",
                "r.toml:6:1: unknown key grpo.group_szie; did you mean "
                "group_size?",
                "r.toml:8:1: unknown key guard.x"}}),
    [](const auto& one) { return std::string(one.param.name); });

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

TEST(Recipe, TheExampleReads) {
  const RecipeResult recipe = ReadRecipe(EXAMPLE_RECIPE);
  ASSERT_TRUE(recipe.has_value()) << recipe.error().lines[0];
  EXPECT_EQ(recipe->stages.size(), 5U);
}

// Every key -----------------------------------------------------------------

}  // namespace
}  // namespace trainer
