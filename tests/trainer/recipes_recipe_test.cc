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
                "a-z, 0-9, '_' and '-', and no name of another meaning"}},
        Broken{"StageNew",
               "stages = [\"new\"]\n",
               {},
               {"r.toml:1:11: stages: \"new\" cannot be a stage: expected "
                "a-z, 0-9, '_' and '-', and no name of another meaning"}},
        Broken{"Kind",
               "stages = [\"a\"]\n[a]\nkind = \"ppo\"\n",
               {},
               {"r.toml:3:8: a.kind: expected one of \"pretrain\", \"sft\", "
                "\"grpo\", \"eval\", \"sample\", \"reward-model\", got the "
                "string 'ppo'"}},
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
               {"r.toml:2:1: rl.kind: expected one of \"pretrain\", \"sft\", "
                "\"grpo\", \"eval\", \"sample\", \"reward-model\""}},
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
        Broken{"FromNowhere",
               With("from = \"bse\""),
               {},
               {"r.toml:5:8: grpo.from: expected \"new\", or a stage before "
                "that leaves a model, got \"bse\""}},
        Broken{"FromItself",
               With("from = \"grpo\""),
               {},
               {"r.toml:5:8: grpo.from: expected \"new\", or a stage before "
                "that leaves a model, got \"grpo\""}},
        Broken{"ModelOfAnotherStage",
               With("model = \"student\""),
               {},
               {"r.toml:5:9: grpo.model: is for new models; this one begins "
                "with that of a stage before: add from = \"new\""}},
        Broken{"DataOfNoSample",
               kGood + std::string("[sft]\n"),
               {"stages=[\"base\", \"grpo\", \"sft\"]", "sft.data=[\"grpo\"]"},
               {"--set sft.data: sft.data: expected sample stages before, got "
                "\"grpo\""}},
        Broken{"DataOfALaterStage",
               "stages = [\"sft\", \"sample\"]\n[sft]\ndata = [\"sample\"]\n"
               "[sample]\n",
               {},
               {"r.toml:3:8: sft.data: expected sample stages before, got "
                "\"sample\""}},
        Broken{"DataOfNumbers",
               "stages = [\"sft\"]\n[sft]\ndata = [1]\n",
               {},
               {"r.toml:3:8: sft.data: expected a list of strings, got a "
                "list"}},
        Broken{"RewardModelOfNothing",
               "stages = [\"helpful\"]\n[helpful]\nkind = \"reward-model\"\n",
               {},
               {"r.toml:2:1: helpful.from: expected a stage before that leaves "
                "a model"}},
        Broken{"SampleOfMoreThanThereIs",
               "stages = [\"base\", \"sample\"]\n[base]\nkind = \"pretrain\"\n"
               "[sample]\nsamples = 2\nper_question = 3\nleast_tokens = 9\n"
               "most_tokens = 8\nleast_pass_rate = 0.9\nmost_pass_rate = 0.1\n"
               "refine = true\n",
               {},
               {"r.toml:6:16: sample.per_question: expected samples (2) at "
                "most",
                "r.toml:7:16: sample.least_tokens: is over most_tokens",
                "r.toml:9:19: sample.least_pass_rate: is over most_pass_rate",
                "r.toml:11:10: sample.refine: needs prompt = \"r1-zero\""}},
        Broken{"NoGeneralPrompt",
               With("[general]\nchat = 0\ninstruct = 0\nrefuse = 0\nbenign = "
                    "0"),
               {},
               {"r.toml:6:8: general: every weight is 0"}},
        Broken{"NoTask",
               With("[data]\nadd2 = 0\nsub2 = 0\nadd3 = 0\nsub3 = 0\neq = "
                    "0\nchain = 0\nmul = 0"),
               {},
               {"r.toml:6:8: data: every weight is 0"}},
        Broken{"NoProfile",
               "profile = \"ful\"\n" + std::string(kGood) +
                   "[profiles.full]\nseed = 3\n",
               {},
               {"r.toml:1:11: profile: there is no table [profiles.ful]"}},
        Broken{"ProfileKey",
               std::string(kGood) + "[profiles.full.grpo]\nlrr = 3\n",
               {"profile=full"},
               {"r.toml:6:1: unknown key grpo.lrr; did you mean lr?"}},
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
