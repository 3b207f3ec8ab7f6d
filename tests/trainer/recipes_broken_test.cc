// Tests trainer/recipes/recipe_reader.h: what is refused, and where.

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>

#include "tests/trainer/recipes_parse.h"

namespace trainer {
namespace {

struct Broken {
  const char* name;
  std::string text;
  Lines overrides;
  Lines errors;
};

void PrintTo(const Broken& c, std::ostream* os) { *os << c.name; }

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

}  // namespace
}  // namespace trainer
