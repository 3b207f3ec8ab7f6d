// Tests trainer/stages/grpo_stage.h with rewards that a test decides.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "datasets/prompt_template.h"
#include "tests/trainer/model_small.h"
#include "trainer/stages/grpo_stage.h"
#include "trainer/stages/run_error.h"

namespace trainer {
namespace {

using testing::HasSubstr;

// Rewards by a rule, at once.
class Rule : public RewardSource {
 public:
  using Decide =
      std::function<std::optional<double>(std::size_t, const ScoreTask&)>;
  explicit Rule(Decide decide) : decide_(std::move(decide)) {}

  void Submit(std::size_t index, ScoreTask task) override {
    if (report_.scores.size() <= index) report_.scores.resize(index + 1);
    report_.scores[index].reward = decide_(index, task);
    report_.scores[index].detail = "the rule says nothing";
  }
  ScoreReport Wait(const std::function<bool()>&) override {
    for (const Scored& one : report_.scores) {
      report_.dropped += one.reward ? 0U : 1U;
    }
    return std::exchange(report_, {});
  }
  std::vector<std::optional<bool>> Equal(
      const std::vector<std::pair<std::string, std::string>>& pairs,
      const std::function<bool()>&) override {
    return std::vector<std::optional<bool>>(pairs.size());
  }

 private:
  Decide decide_;
  ScoreReport report_;
};

class Grpo : public ::testing::Test {
 protected:
  Grpo() {
    stage_.steps = 40;
    stage_.prompts_per_step = 8;
    stage_.group_size = 8;
    stage_.max_new_tokens = 6;
    stage_.optimizer.lr = 3e-3;
    model_.decoder.Init(1);
  }

  static Model NewModel() {
    Tokenizer tokenizer = Tokenizer::Make(datasets::ArithmeticTokens()).value();
    ModelConfig config = SmallConfig();
    config.vocab_size = static_cast<std::int64_t>(tokenizer.size());
    return {std::move(tokenizer), Decoder(config, at::kFloat, TestDevice())};
  }

  // `steps` steps with `decide`'s rewards; the last one's metrics.
  StepMetrics Train(std::int64_t steps, Rule::Decide decide) {
    Rule rule(std::move(decide));
    GrpoLoop loop({recipe_, model_, comm_}, "rl", stage_, rule);
    StepOutcome outcome;
    for (std::int64_t step = 1; step <= steps; ++step) {
      outcome = {};
      loop.Step(step, outcome);
    }
    return outcome.metrics;
  }

  Recipe recipe_{};
  GrpoStage stage_{};
  Model model_ = NewModel();
  Comm comm_ = Comm::Single(TestDevice());
};

bool HasDigit(const ScoreTask& task) {
  return task.response.find_first_of("0123456789") != std::string::npos;
}

TEST_F(Grpo, WhatIsRewardedBecomesMoreProbable) {
  const auto digits = [](std::size_t, const ScoreTask& task) {
    return std::optional(HasDigit(task) ? 1.0 : 0.0);
  };
  const StepMetrics first = Train(1, digits);
  model_.decoder.Init(1);
  const StepMetrics last = Train(40, digits);
  EXPECT_LT(*first.Find("reward/mean"), 0.5);
  EXPECT_GT(*last.Find("reward/mean"), 0.9);
}

TEST_F(Grpo, TheSameWithMinibatchesEpochsAndAReference) {
  stage_.minibatches = 2;
  stage_.inner_epochs = 2;
  stage_.kl_beta = 0.01;
  stage_.reference_every = 5;
  const StepMetrics last = Train(20, [](std::size_t, const ScoreTask& task) {
    return std::optional(HasDigit(task) ? 1.0 : 0.0);
  });
  EXPECT_GT(*last.Find("reward/mean"), 0.8);
  EXPECT_EQ(*last.Find("updates"), 4.0);
  EXPECT_GE(*last.Find("kl"), 0.0);
}

TEST_F(Grpo, EqualRewardsMoveNoBit) {
  stage_.optimizer.weight_decay = 0.1;
  const at::Tensor before = model_.decoder.flat().detach().clone();
  const StepMetrics last = Train(
      3, [](std::size_t, const ScoreTask&) { return std::optional(1.0); });
  EXPECT_TRUE(model_.decoder.flat().equal(before));
  EXPECT_EQ(*last.Find("updates"), 0.0);
  EXPECT_EQ(*last.Find("groups/zero_variance"), 1.0);
}

TEST_F(Grpo, TheRatioOfAFirstUpdateIsOne) {
  const StepMetrics metrics = Train(1, [](std::size_t i, const ScoreTask&) {
    return std::optional(static_cast<double>(i % 3));
  });
  EXPECT_NEAR(*metrics.Find("ratio/mean"), 1.0, 1e-5);
  EXPECT_NEAR(*metrics.Find("ratio/max"), 1.0, 1e-4);
  EXPECT_EQ(*metrics.Find("clip_fraction"), 0.0);
}

TEST_F(Grpo, NullsAreDroppedNotPaid) {
  // Group 0 has one verdict left: nothing to compare with.
  const StepMetrics metrics =
      Train(1, [](std::size_t i, const ScoreTask&) -> std::optional<double> {
        if (i < 7) return std::nullopt;
        return 1.0;
      });
  EXPECT_EQ(*metrics.Find("dropped"), 7.0);
  EXPECT_EQ(*metrics.Find("reward/mean"), 1.0);
  EXPECT_EQ(*metrics.Find("updates"), 0.0);
}

TEST_F(Grpo, TheLossIsOverWhatWasJudged) {
  Rule rule([](std::size_t i, const ScoreTask&) -> std::optional<double> {
    if (i < 8) return std::nullopt;
    return i % 3 == 0 ? 1.0 : 0.0;
  });
  GrpoLoop loop({recipe_, model_, comm_}, "rl", stage_, rule);
  StepOutcome outcome;
  loop.Step(1, outcome);
  // At a ratio of 1, with the token mean.
  double sum = 0.0;
  double tokens = 0.0;
  for (const CompletionRecord& one : outcome.completions) {
    EXPECT_EQ(one.reward.has_value(), one.advantage.has_value());
    if (!one.reward) continue;
    sum -= *one.advantage * static_cast<double>(one.length);
    tokens += static_cast<double>(one.length);
  }
  EXPECT_NEAR(*outcome.metrics.Find("loss"), sum / tokens, 1e-5);
  EXPECT_GT(std::abs(sum), 1e-3);
}

TEST_F(Grpo, ABatchThatIsNotFiniteIsKeptAndSkipped) {
  recipe_.guard.non_finite_limit = 2;
  stage_.minibatches = 2;
  const at::Tensor before = model_.decoder.flat().detach().clone();
  Rule rule([](std::size_t i, const ScoreTask&) {
    return std::optional(i == 3 ? 1e308 : -1e308);
  });
  GrpoLoop loop({recipe_, model_, comm_}, "rl", stage_, rule);
  StepOutcome outcome;
  loop.Step(1, outcome);  // one group of one minibatch
  EXPECT_EQ(*outcome.metrics.Find("skipped"), 1.0);
  ASSERT_EQ(outcome.refused.size(), 8U);
  EXPECT_EQ(
      outcome.refused[0].logprobs.size(),
      static_cast<std::size_t>(outcome.refused[0].example.completion_length()));
  EXPECT_TRUE(outcome.refused[0].advantage.has_value());
  outcome = {};
  try {
    loop.Step(2, outcome);
    FAIL() << "went on";
  } catch (const RunError& error) {
    EXPECT_EQ(error.code(), ExitCode::kGuard);
  }
  EXPECT_EQ(outcome.refused.size(), 8U);  // kept all the same
  EXPECT_TRUE(model_.decoder.flat().equal(before));
}

TEST_F(Grpo, TooManyNullsEndTheRun) {
  const auto nulls = [](std::size_t count) {
    return [count](std::size_t i, const ScoreTask&) -> std::optional<double> {
      if (i < count) return std::nullopt;
      return static_cast<double>(i % 2);
    };
  };
  recipe_.verifier.null_limit = 0.5;
  EXPECT_NO_THROW((void)Train(1, nulls(32)));  // of 64: at the limit
  const at::Tensor before = model_.decoder.flat().detach().clone();
  try {
    (void)Train(1, nulls(33));
    FAIL() << "went on";
  } catch (const RunError& error) {
    EXPECT_EQ(error.code(), ExitCode::kNotJudged);
    EXPECT_THAT(error.what(), HasSubstr("33 of 64"));
    EXPECT_THAT(error.what(), HasSubstr("the rule says nothing"));
  }
  EXPECT_TRUE(model_.decoder.flat().equal(before));
}

TEST_F(Grpo, EveryCompletionIsAskedAboutOnce) {
  std::vector<std::string> ids;
  Rule rule([&](std::size_t, const ScoreTask& task) {
    ids.push_back(task.id);
    EXPECT_FALSE(task.checks.empty());
    EXPECT_EQ(task.template_name, "r1");
    return std::optional(0.0);
  });
  GrpoLoop loop({recipe_, model_, comm_}, "rl", stage_, rule);
  StepOutcome outcome;
  loop.Step(1, outcome);
  EXPECT_EQ(ids.size(), 64U);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 64U);
  EXPECT_EQ(outcome.completions.size(), 64U);
}

}  // namespace
}  // namespace trainer
