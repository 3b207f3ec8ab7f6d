// Tests trainer/stages: reward models: their head, their score, that they learn
// what is preferred.

#include <gtest/gtest.h>
#include <torch/torch.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/stages/new_model.h"
#include "trainer/stages/reward_model.h"
#include "trainer/stages/reward_model_stage.h"

namespace trainer {
namespace {

ModelSettings Small() {
  ModelSettings sizes;
  sizes.hidden_size = 32;
  sizes.layers = 1;
  sizes.heads = 2;
  sizes.kv_heads = 1;
  sizes.intermediate_size = 32;
  sizes.max_positions = 128;
  return sizes;
}

TEST(RewardModel, BeginsAtZeroOnTheTrunkOfItsModel) {
  const Model model = NewModel(Small(), 1, TestDevice());
  const Model scoring = ScoringModel(model);
  EXPECT_EQ(scoring.decoder.head().size(0), 1);
  const NamedTensors from = model.decoder.named();
  const NamedTensors to = scoring.decoder.named();
  ASSERT_EQ(from.size(), to.size());
  for (std::size_t i = 0; i + 1 < to.size(); ++i) {
    EXPECT_EQ(from[i].first, to[i].first);
    EXPECT_TRUE(from[i].second.equal(to[i].second)) << to[i].first;
  }
  EXPECT_EQ(to.back().first, "score.weight");
  EXPECT_EQ(to.back().second.abs().sum().item<float>(), 0.0F);
  const std::vector<ScoredText> texts{{"User: a. Assistant:", "b"}};
  EXPECT_EQ(ScoreTexts(scoring, texts), std::vector<double>{0.0});
  // Its own parameters.
  const torch::NoGradGuard no_grad;
  to[0].second.fill_(1.0);
  EXPECT_FALSE(from[0].second.equal(to[0].second));
}

TEST(RewardModel, ScoresTheLastTokenWhateverIsBesideIt) {
  Model scoring = ScoringModel(NewModel(Small(), 1, TestDevice()));
  const torch::NoGradGuard no_grad;
  scoring.decoder.named().back().second.fill_(0.1);
  const std::vector<ScoredText> texts{{"User: hi. Assistant:", "Hello!"},
                                      {"User: a. Assistant:", "x"}};
  const std::vector<double> both = ScoreTexts(scoring, texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_NEAR(ScoreTexts(scoring, std::span(&texts[i], 1)).at(0), both[i],
                1e-5);
    const Example example =
        ExampleOf(scoring.tokenizer, texts[i].prompt, texts[i].response);
    const at::Tensor hidden = scoring.decoder.Forward(Pack(
        std::vector<std::vector<std::int32_t>>{example.tokens}, TestDevice()));
    EXPECT_NEAR(hidden[-1].sum().item<double>() * 0.1, both[i], 1e-4);
  }
  EXPECT_NE(both[0], both[1]);
}

TEST(RewardModel, WhatIsTooLongHasNoScore) {
  const Model scoring = ScoringModel(NewModel(Small(), 1, TestDevice()));
  // bos, 125 bytes, eos and the frame: one under, at and over 128.
  const auto score = [&](std::size_t bytes) {
    const std::vector<ScoredText> texts{{"", std::string(bytes, '~')}};
    return ScoreTexts(scoring, texts).at(0);
  };
  EXPECT_FALSE(std::isnan(score(126)));
  EXPECT_TRUE(std::isnan(score(127)));
}

TEST(RewardModel, IsReadBackAsOne) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("assay-reward-" + std::to_string(getpid()));
  Model scoring = ScoringModel(NewModel(Small(), 1, TestDevice()));
  {
    const torch::NoGradGuard no_grad;
    scoring.decoder.named().back().second.fill_(0.1);
  }
  ASSERT_TRUE(WriteModel(scoring, folder.string()));
  const auto read = ReadModel(folder.string(), TestDevice());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(read.has_value()) << read.error().ToString();
  EXPECT_TRUE(read->decoder.config().scores);
  const std::vector<ScoredText> texts{{"User: hi. Assistant:", "Hello!"}};
  EXPECT_EQ(ScoreTexts(*read, texts), ScoreTexts(scoring, texts));
}

class Preference : public ::testing::TestWithParam<const char*> {};

TEST_P(Preference, IsLearntAndHoldsOnWhatWasHeldOut) {
  Recipe recipe;
  RewardModelStage stage;
  stage.preference = GetParam();
  stage.examples = 1'000;
  stage.epochs = 2;
  stage.batch = 50;
  stage.held_out = 200;
  stage.optimizer.lr = 5e-3;
  Model model = ScoringModel(NewModel(Small(), 3, TestDevice()));
  Comm comm = Comm::Single(TestDevice());
  const double before = HeldOutAccuracy(model, recipe, stage);
  EXPECT_EQ(before, 0.0);  // a tie is not right
  RewardModelLoop loop({recipe, model, comm}, "rm", stage);
  EXPECT_EQ(loop.steps(), 40);
  double first = 0.0;
  double last = 0.0;
  for (std::int64_t step = 1; step <= loop.steps(); ++step) {
    StepOutcome outcome;
    loop.Step(step, outcome);
    last = outcome.metrics.Find("loss").value();
    if (step == 1) first = last;
  }
  EXPECT_NEAR(first, std::log(2.0), 1e-6);
  EXPECT_LT(last, 0.9 * first);
  EXPECT_GT(HeldOutAccuracy(model, recipe, stage), 0.65);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Preference,
                         testing::Values("helpful", "safety"));

}  // namespace
}  // namespace trainer
