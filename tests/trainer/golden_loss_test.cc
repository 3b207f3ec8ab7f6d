// The loss of GRPO and AdamW against float64 PyTorch, and what holds for them.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/trainer/golden.h"
#include "trainer/loss/grpo_loss.h"
#include "trainer/loss/token_logprobs.h"
#include "trainer/optim/adamw.h"
#include "trainer/optim/grad_guard.h"
#include "trainer/optim/schedule.h"

namespace trainer {
namespace {

constexpr double kTight = 1e-10;

struct GrpoCase {
  LossNorm norm;
  double beta;
  double low;
  double high;
};

std::vector<GrpoCase> GrpoCases() {  // in the order of make_golden.py
  std::vector<GrpoCase> cases;
  for (const LossNorm norm :
       {LossNorm::kSequenceMean, LossNorm::kTokenMean, LossNorm::kConstant}) {
    for (const double beta : {0.0, 0.04}) {
      cases.push_back({norm, beta, 0.2, 0.2});
      cases.push_back({norm, beta, 0.2, 0.28});
      cases.push_back({norm, beta, 10.0, 10.0});
    }
  }
  return cases;
}

GrpoLossOptions OptionsOf(const GrpoCase& c) {
  GrpoLossOptions options;
  options.norm = c.norm;
  options.kl_beta = c.beta;
  options.clip_low = c.low;
  options.clip_high = c.high;
  options.max_new_tokens = 64;
  return options;
}

class GoldenGrpo : public ::testing::Test {
 protected:
  // Tokens [begin, end) of the golden's.
  GrpoTokens Tokens(std::int64_t begin = 0, std::int64_t end = 16) const {
    const auto part = [&](const char* name) {
      return golden_[name].slice(0, begin, end).clone();
    };
    return {part("in.logprobs").requires_grad_(), part("in.old"),
            part("in.ref"), part("in.advantages"), part("in.lengths")};
  }

  Golden golden_{"grpo"};
  UpdateCounts counts_{4, 16};
};

TEST_F(GoldenGrpo, EveryCase) {
  const std::vector<GrpoCase> cases = GrpoCases();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const GrpoTokens tokens = Tokens();
    const GrpoLossParts parts = GrpoLoss(tokens, counts_, OptionsOf(cases[i]));
    const std::string number = std::to_string(i);
    EXPECT_LT(Deviation(parts.loss, golden_["out.loss." + number]), kTight)
        << i;
    parts.loss.backward();
    EXPECT_LT(Deviation(tokens.logprobs.grad(), golden_["out.grad." + number]),
              kTight)
        << i;
  }
}

TEST_F(GoldenGrpo, TheSameHoweverTheUpdateIsCut) {
  for (const GrpoCase& c : GrpoCases()) {
    const GrpoTokens whole = Tokens();
    const GrpoLossParts at_once = GrpoLoss(whole, counts_, OptionsOf(c));
    at_once.loss.backward();
    double loss = 0;
    std::vector<at::Tensor> gradients;
    for (const auto& [begin, end] : {std::pair{0, 3}, {3, 11}, {11, 16}}) {
      const GrpoTokens tokens = Tokens(begin, end);
      const GrpoLossParts part = GrpoLoss(tokens, counts_, OptionsOf(c));
      part.loss.backward();
      loss += part.loss.item<double>();
      gradients.push_back(tokens.logprobs.grad());
    }
    EXPECT_NEAR(loss / at_once.loss.item<double>(), 1.0, 1e-12);
    EXPECT_LT(Deviation(torch::cat(gradients), whole.logprobs.grad()), 1e-12);
  }
}

TEST_F(GoldenGrpo, OnPolicyTheRatioIsOneAndNothingIsClipped) {
  GrpoTokens tokens = Tokens();
  tokens.old_logprobs = tokens.logprobs.detach().clone();
  tokens.ref_logprobs = tokens.old_logprobs;
  const GrpoLossParts parts = GrpoLoss(tokens, counts_, {});
  EXPECT_EQ(parts.ratio_sum.item<double>(), 16.0);
  EXPECT_EQ(parts.ratio_max.item<double>(), 1.0);
  EXPECT_EQ(parts.clipped.item<std::int64_t>(), 0);
  EXPECT_EQ(parts.kl_sum.item<double>(), 0.0);
}

TEST_F(GoldenGrpo, ZeroAdvantagesGiveAZeroGradientToTheBit) {
  for (const LossNorm norm :
       {LossNorm::kSequenceMean, LossNorm::kTokenMean, LossNorm::kConstant}) {
    GrpoTokens tokens = Tokens();
    tokens.advantages.zero_();
    GrpoLossOptions options;
    options.norm = norm;
    options.max_new_tokens = 64;
    GrpoLoss(tokens, counts_, options).loss.backward();
    EXPECT_TRUE(tokens.logprobs.grad().eq(0.0).all().item<bool>());
  }
}

TEST(GrpoLoss, FarRatiosStayFiniteAndHaveNoGradientPastTheBound) {
  for (const double gap : {19.9, 20.1, 500.0, -19.9, -20.1, -500.0}) {
    GrpoTokens tokens;
    tokens.logprobs =
        torch::tensor({-1.0}, OnDevice(at::kDouble)).requires_grad_();
    tokens.old_logprobs = tokens.logprobs.detach() - gap;
    tokens.ref_logprobs = tokens.logprobs.detach() + gap;
    tokens.advantages = torch::tensor({-1.0}, OnDevice(at::kDouble));
    tokens.lengths = torch::tensor({1}, OnDevice(at::kLong));
    GrpoLossOptions options;
    options.kl_beta = 1.0;
    options.clip_low = 0.2;
    const GrpoLossParts parts = GrpoLoss(tokens, {1, 1}, options);
    parts.loss.backward();
    ASSERT_TRUE(std::isfinite(parts.loss.item<double>())) << gap;
    const double gradient = tokens.logprobs.grad().item<double>();
    ASSERT_TRUE(std::isfinite(gradient)) << gap;
    if (std::abs(gap) > kMaxLogRatio) {
      EXPECT_EQ(gradient, 0.0) << gap;
    } else {
      EXPECT_NE(gradient, 0.0) << gap;
    }
  }
}

TEST(GrpoLoss, WhatCannotBeIsRefused) {
  GrpoTokens tokens;
  tokens.logprobs = torch::zeros({1});
  tokens.old_logprobs = tokens.advantages = tokens.logprobs;
  tokens.lengths = torch::ones({1}, at::kLong);
  EXPECT_THROW((void)GrpoLoss(tokens, {0, 1}, {}), std::invalid_argument);
  EXPECT_THROW((void)GrpoLoss(tokens, {1, 0}, {}), std::invalid_argument);
  GrpoLossOptions options;
  options.kl_beta = 0.1;
  EXPECT_THROW((void)GrpoLoss(tokens, {1, 1}, options), std::invalid_argument);
  options = {};
  EXPECT_NO_THROW((void)GrpoLoss(tokens, {1, 1}, options));
  options.norm = LossNorm::kConstant;
  EXPECT_THROW((void)GrpoLoss(tokens, {1, 1}, options), std::invalid_argument);
  options.max_new_tokens = 1;
  EXPECT_NO_THROW((void)GrpoLoss(tokens, {1, 1}, options));
  tokens.old_logprobs = torch::zeros({1, 1});
  EXPECT_THROW((void)GrpoLoss(tokens, {1, 1}, options), std::invalid_argument);
}

TEST(TokenLogprobs, Bfloat16GradientsComeNearSingle) {
  torch::manual_seed(1);
  const at::Tensor hidden = OnDevice(torch::randn({50, 16}));
  const at::Tensor head = OnDevice(torch::randn({40, 16}));
  const at::Tensor targets = OnDevice(torch::randint(0, 40, {50}, at::kLong));
  const auto gradients = [&](at::ScalarType type) {
    at::Tensor h = hidden.to(type).detach().requires_grad_();
    at::Tensor w = head.to(type).detach().requires_grad_();
    ComputeTokenLogprobs(h, w, targets, 1.0, 7).logprobs.mean().backward();
    return std::pair{h.grad(), w.grad()};
  };
  const auto single = gradients(at::kFloat);
  const auto narrow = gradients(at::kBFloat16);
  EXPECT_EQ(narrow.first.scalar_type(), at::kBFloat16);
  EXPECT_LT(Deviation(narrow.first, single.first), 0.05);
  EXPECT_LT(Deviation(narrow.second, single.second), 0.05);
}

TEST(TokenLogprobs, WhatCannotBeIsRefused) {
  const at::Tensor hidden = torch::zeros({2, 3});
  const at::Tensor head = torch::zeros({5, 3});
  const at::Tensor targets = torch::zeros({2}, at::kLong);
  EXPECT_NO_THROW((void)ComputeTokenLogprobs(hidden, head, targets));
  EXPECT_THROW((void)ComputeTokenLogprobs(hidden, head, targets, 0.0),
               std::invalid_argument);
  EXPECT_THROW((void)ComputeTokenLogprobs(hidden, head, targets, 1.0, 0),
               std::invalid_argument);
  EXPECT_THROW(
      (void)ComputeTokenLogprobs(hidden, head, torch::zeros({3}, at::kLong)),
      std::invalid_argument);
  EXPECT_THROW(
      (void)ComputeTokenLogprobs(hidden, torch::zeros({5, 4}), targets),
      std::invalid_argument);
}

// AdamW, schedule, guard -----------------------------------------------------

constexpr ScheduleOptions kGoldenSchedule{0.05, true, 3, 0.1};

TEST(GoldenAdamW, FollowsTorchStepByStep) {
  const Golden golden("adamw");
  at::Tensor weights = golden["in.weights"].clone();
  at::Tensor mask = OnDevice(torch::ones({17}));
  mask.slice(0, 12).zero_();
  AdamWOptions options;
  options.beta2 = 0.99;
  options.weight_decay = 0.1;
  AdamW optimizer(weights, options, mask);
  GradGuard guard(3.0, 1);
  int clipped = 0;
  for (std::int64_t i = 0; i < 8; ++i) {
    at::Tensor gradient = golden["in.gradients"][i].clone();
    const GradVerdict verdict = guard.Check(gradient);
    EXPECT_NEAR(verdict.norm, golden["out.norms"][i].item<double>(), 1e-12);
    clipped += verdict.norm > 3.0 ? 1 : 0;
    ASSERT_TRUE(verdict.apply);
    const double lr = LearningRate(kGoldenSchedule, i + 1, 8);
    EXPECT_NEAR(lr, golden["out.lr"][i].item<double>(), 1e-12) << i;
    optimizer.Step(gradient, lr);
    EXPECT_LT(Deviation(weights, golden["out.weights"][i]), kTight) << i;
  }
  EXPECT_GT(clipped, 1);
  EXPECT_LT(clipped, 8);
}

TEST(AdamW, AResumedOneGoesOnToTheBit) {
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    torch::manual_seed(2);
    at::Tensor whole = OnDevice(torch::randn({300}).to(type));
    at::Tensor parts = whole.clone();
    AdamWOptions options;
    options.weight_decay = 0.01;
    std::vector<at::Tensor> gradients;
    for (int i = 0; i < 6; ++i) {
      gradients.push_back(OnDevice(torch::randn({300}).to(type)));
    }
    AdamW uninterrupted(whole, options);
    for (const at::Tensor& g : gradients) uninterrupted.Step(g, 1e-3);
    AdamW first(parts, options);
    for (int i = 0; i < 3; ++i) first.Step(gradients[std::size_t(i)], 1e-3);
    AdamW second(parts, options);
    second.set_steps(first.steps());
    for (std::size_t i = 0; i < first.state().size(); ++i) {
      second.state()[i].second.copy_(first.state()[i].second);
    }
    for (int i = 3; i < 6; ++i) second.Step(gradients[std::size_t(i)], 1e-3);
    EXPECT_TRUE(whole.equal(parts));
  }
}

TEST(AdamW, SmallStepsAreNotLostInBfloat16) {
  at::Tensor weights = torch::ones({4}, OnDevice(at::kBFloat16));
  AdamW optimizer(weights, {});
  // Each step moves by about 1e-4, far below the spacing of bfloat16 at 1.
  for (int i = 0; i < 100; ++i) {
    optimizer.Step(torch::ones({4}, OnDevice(at::kBFloat16)), 1e-4);
  }
  EXPECT_NEAR(weights[0].item<double>(), 0.99, 0.004);
}

TEST(GradGuard, RefusesWhatIsNotFiniteUpToItsLimit) {
  GradGuard guard(1.0, 3);
  constexpr double kInf = std::numeric_limits<double>::infinity();
  for (const double bad : {std::nan(""), kInf, -kInf}) {
    EXPECT_FALSE(guard.Exhausted());
    at::Tensor gradient = OnDevice(torch::tensor({1.0, bad}));
    EXPECT_FALSE(guard.Check(gradient).apply);
  }
  EXPECT_TRUE(guard.Exhausted());
  at::Tensor good = OnDevice(torch::tensor({0.5}));
  EXPECT_TRUE(guard.Check(good).apply);
  EXPECT_FALSE(guard.Exhausted());  // in a row
  EXPECT_EQ(good.item<double>(), 0.5);
}

TEST(GradGuard, ClipsAboveTheBoundOnly) {
  at::Tensor at_bound = OnDevice(torch::tensor({3.0F, 4.0F}));
  (void)GradGuard(5.0, 1).Check(at_bound);
  EXPECT_EQ(at_bound[1].item<float>(), 4.0F);
  at::Tensor over = OnDevice(torch::tensor({3.0F, 4.1F}));
  (void)GradGuard(5.0, 1).Check(over);
  EXPECT_NEAR(over.norm().item<double>(), 5.0, 1e-4);
  at::Tensor free = OnDevice(torch::tensor({300.0F, 400.0F}));
  (void)GradGuard(0.0, 1).Check(free);
  EXPECT_EQ(free[1].item<float>(), 400.0F);
  EXPECT_THROW(GradGuard(-1.0, 1), std::invalid_argument);
  EXPECT_THROW(GradGuard(1.0, 0), std::invalid_argument);
}

struct RateRow {
  const char* name;
  ScheduleOptions options;
  std::int64_t step;
  std::int64_t steps;
  double expected;
};

TEST(LearningRate, Table) {
  const ScheduleOptions plain{1.0, false, 0, 0.1};
  const ScheduleOptions warm{1.0, false, 4, 0.1};
  const ScheduleOptions cosine{1.0, true, 4, 0.1};
  for (const RateRow& row : {
           RateRow{"constant", plain, 1, 10, 1.0},
           RateRow{"constant to the end", plain, 10, 10, 1.0},
           RateRow{"first of the warm-up", warm, 1, 10, 0.25},
           RateRow{"last of the warm-up", warm, 4, 10, 1.0},
           RateRow{"after the warm-up", warm, 5, 10, 1.0},
           RateRow{"top of the cosine", cosine, 4, 10, 1.0},
           RateRow{"middle of the cosine", cosine, 7, 10, 0.55},
           RateRow{"end of the cosine", cosine, 10, 10, 0.1},
           RateRow{"warm-up as long as the stage", cosine, 4, 4, 0.1},
       }) {
    EXPECT_NEAR(LearningRate(row.options, row.step, row.steps), row.expected,
                1e-12)
        << row.name;
  }
  EXPECT_THROW((void)LearningRate(plain, 0, 10), std::invalid_argument);
  EXPECT_THROW((void)LearningRate(plain, 11, 10), std::invalid_argument);
}

}  // namespace
}  // namespace trainer
