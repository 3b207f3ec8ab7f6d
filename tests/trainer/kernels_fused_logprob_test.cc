// Tests trainer/kernels: the shared body, and FusedLogprob on TestDevice,
// against at::log_softmax in fp64.

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/kernels/fused_logprob.h"
#include "trainer/kernels/fused_logprob_body.h"

namespace trainer {
namespace {

using kernels::Accumulated;
using kernels::AddLogit;
using kernels::Finished;
using kernels::LogitState;
using kernels::Merged;
using kernels::RowResult;

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

struct Reference {
  double logprob;
  double entropy;
  double lse;
};

Reference ReferenceOf(const std::vector<float>& logits, std::int64_t target) {
  const at::Tensor x = at::tensor(logits).to(at::kDouble);
  const at::Tensor logp = at::log_softmax(x, 0);
  const at::Tensor p = logp.exp();
  return {logp[target].item<double>(),
          -at::where(p > 0, p * logp, at::zeros_like(p)).sum().item<double>(),
          at::logsumexp(x, 0).item<double>()};
}

// fp32 arithmetic over up to some thousand terms; `lse` is a float of the
// magnitude of the logits.
void ExpectNear(const RowResult& result, const Reference& expected) {
  if (std::isinf(expected.logprob)) {
    EXPECT_EQ(static_cast<double>(result.logprob), expected.logprob);
  } else {
    EXPECT_NEAR(result.logprob, expected.logprob,
                2e-5 + 1e-6 * std::abs(expected.logprob));
  }
  EXPECT_NEAR(result.entropy, expected.entropy, 5e-5);
  EXPECT_NEAR(result.lse, expected.lse, 2e-5 + 1e-7 * std::abs(expected.lse));
}

LogitState StateOf(const std::vector<float>& logits) {
  return Accumulated(logits.data(), 0, static_cast<std::int64_t>(logits.size()),
                     1);
}

std::vector<float> RandomRow(std::mt19937_64& random, std::size_t size) {
  std::normal_distribution<float> normal(0.0F, 1.0F);
  std::vector<float> row(size);
  const float scale = std::exp(2.0F * normal(random));
  const float shift = 50.0F * normal(random);
  for (float& logit : row) {
    logit = random() % 16 == 0 ? -kInfinity : shift + scale * normal(random);
  }
  row[0] = shift;  // never masked everywhere
  return row;
}

struct Extreme {
  const char* name;
  std::vector<float> logits;
  std::int64_t target;
};

TEST(LogitState, HoldsAtExtremes) {
  const Extreme rows[] = {
      {"one element", {3.0F}, 0},
      {"one large element", {1e4F}, 0},
      {"large and equal", {1e4F, 1e4F, 1e4F}, 1},
      {"large and near", {1e4F, 1e4F - 1.0F, 1e4F - 3.0F}, 2},
      {"far apart", {1e4F, -1e4F}, 1},
      {"far apart, rising", {-1e4F, 0.0F, 1e4F}, 0},
      {"masked at both ends", {-kInfinity, 1.0F, 2.0F, -kInfinity}, 1},
      {"the target is masked", {-kInfinity, 1.0F, 2.0F}, 0},
      {"all but one masked", {-kInfinity, -kInfinity, -5.0F}, 2},
      {"largest floats", {3e38F, 3e38F}, 0},
      {"opposite largest floats", {-3e38F, 3e38F}, 1},
      {"denormals", {1e-40F, -1e-40F}, 0},
  };
  for (const Extreme& row : rows) {
    SCOPED_TRACE(row.name);
    ExpectNear(Finished(StateOf(row.logits),
                        row.logits[static_cast<std::size_t>(row.target)]),
               ReferenceOf(row.logits, row.target));
  }
}

TEST(LogitState, IsNanWhereThereIsNoDistribution) {
  const std::vector<float> rows[] = {{kNan},
                                     {kNan, 1.0F},
                                     {1.0F, kNan},
                                     {1.0F, kInfinity},
                                     {kInfinity},
                                     {kInfinity, 1.0F},
                                     {-kInfinity, kNan},
                                     {kNan, -kInfinity},
                                     {-kInfinity},
                                     {-kInfinity, -kInfinity}};
  for (const auto& row : rows) {
    SCOPED_TRACE(testing::PrintToString(row));
    const RowResult whole = Finished(StateOf(row), row[0]);
    EXPECT_TRUE(std::isnan(whole.logprob));
    EXPECT_TRUE(std::isnan(whole.entropy));
    LogitState merged;  // each alone, then merged
    for (const float logit : row) {
      LogitState one;
      AddLogit(one, logit);
      merged = Merged(merged, one);
    }
    const RowResult parts = Finished(merged, row[0]);
    EXPECT_TRUE(std::isnan(parts.logprob));
    EXPECT_TRUE(std::isnan(parts.entropy));
  }
}

TEST(LogitState, MergesAnySplitInAnyOrder) {
  std::mt19937_64 random(20'240'601);
  for (int round = 0; round < 2'000; ++round) {
    SCOPED_TRACE(round);
    const std::vector<float> row = RandomRow(random, 1 + random() % 300);
    // Every logit goes to one of some parts, some of which stay empty.
    std::vector<LogitState> parts(1 + random() % 40);
    for (const float logit : row) {
      AddLogit(parts[random() % parts.size()], logit);
    }
    while (parts.size() > 1) {  // two at random become one
      std::swap(parts.back(), parts[random() % parts.size()]);
      const LogitState last = parts.back();
      parts.pop_back();
      LogitState& other = parts[random() % parts.size()];
      other = random() % 2 == 0 ? Merged(other, last) : Merged(last, other);
    }
    const std::size_t target = random() % row.size();
    ExpectNear(Finished(parts[0], row[target]),
               ReferenceOf(row, static_cast<std::int64_t>(target)));
  }
}

// The tree of fused_logprob.cu: 256 threads, warps of 32, each lane with the
// one `distance` above (where there is none, a shuffle gives its own).
LogitState MergedAsABlock(const std::vector<float>& row) {
  constexpr std::size_t kThreads = 256;
  constexpr std::size_t kWarp = 32;
  const auto over_warp = [](std::vector<LogitState> lanes) {
    for (std::size_t distance = kWarp / 2; distance > 0; distance /= 2) {
      const std::vector<LogitState> before = lanes;
      for (std::size_t i = 0; i < kWarp; ++i) {
        const std::size_t other = i + distance < kWarp ? i + distance : i;
        lanes[i] = Merged(before[i], before[other]);
      }
    }
    return lanes[0];
  };
  std::vector<LogitState> warps(kWarp);
  for (std::size_t warp = 0; warp < kThreads / kWarp; ++warp) {
    std::vector<LogitState> lanes(kWarp);
    for (std::size_t i = 0; i < kWarp; ++i) {
      lanes[i] =
          Accumulated(row.data(), static_cast<std::int64_t>(warp * kWarp + i),
                      static_cast<std::int64_t>(row.size()), kThreads);
    }
    warps[warp] = over_warp(lanes);
  }
  return over_warp(warps);
}

TEST(LogitState, MergesAsABlockOfThreads) {
  std::mt19937_64 random(7);
  for (const std::size_t size : {1, 2, 31, 32, 33, 255, 256, 257, 5'000}) {
    SCOPED_TRACE(size);
    const std::vector<float> row = RandomRow(random, size);
    ExpectNear(Finished(MergedAsABlock(row), row[size / 2]),
               ReferenceOf(row, static_cast<std::int64_t>(size / 2)));
  }
}

TEST(FusedLogprob, AgreesWithLogSoftmax) {
  at::manual_seed(3);
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    for (const std::int64_t columns : {1, 2, 300, 4'099, 151'936}) {
      SCOPED_TRACE(columns);
      const at::Tensor logits =
          OnDevice((at::randn({9, columns}) * 6).to(type));
      const at::Tensor targets = OnDevice(at::randint(columns, {9}, at::kLong));
      const FusedLogprobResult result = FusedLogprob(logits, targets);
      const at::Tensor logp = at::log_softmax(logits.to(at::kDouble), 1);
      const at::Tensor picked = logp.gather(1, targets.unsqueeze(1)).squeeze(1);
      const at::Tensor entropy = -(logp.exp() * logp).sum(1);
      const at::Tensor lse = at::logsumexp(logits.to(at::kDouble), {1});
      EXPECT_EQ(result.logprob.scalar_type(), at::kFloat);
      EXPECT_TRUE(
          at::allclose(result.logprob.to(at::kDouble), picked, 1e-6, 2e-5));
      EXPECT_TRUE(
          at::allclose(result.entropy.to(at::kDouble), entropy, 1e-6, 2e-5));
      EXPECT_TRUE(at::allclose(result.lse.to(at::kDouble), lse, 1e-6, 2e-5));
    }
  }
}

TEST(FusedLogprobBackward, AgreesWithAutogradInDouble) {
  at::manual_seed(4);
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    const at::Tensor logits = OnDevice((at::randn({7, 301}) * 4).to(type));
    const at::Tensor targets = OnDevice(at::randint(301, {7}, at::kLong));
    const at::Tensor grad = OnDevice(at::randn({7}));
    at::Tensor exact = logits.to(at::kDouble).requires_grad_(true);
    const at::Tensor loss =
        (at::log_softmax(exact, 1).gather(1, targets.unsqueeze(1)).squeeze(1) *
         grad.to(at::kDouble))
            .sum();
    loss.backward();
    const at::Tensor result = FusedLogprobBackward(
        logits, targets, FusedLogprob(logits, targets).lse, grad);
    EXPECT_EQ(result.scalar_type(), type);
    const double relative = type == at::kFloat ? 1e-5 : 4e-3;
    EXPECT_TRUE(
        at::allclose(result.to(at::kDouble), exact.grad(), relative, 2e-6));
  }
}

TEST(FusedLogprob, GivesNanAndNoGradientWithoutATarget) {
  const at::Tensor logits = OnDevice(at::randn({3, 5}));
  const at::Tensor targets = OnDevice(at::tensor({-1, 4, 5}, at::kLong));
  const FusedLogprobResult result = FusedLogprob(logits, targets);
  EXPECT_TRUE(std::isnan(result.logprob[0].item<float>()));
  EXPECT_FALSE(std::isnan(result.logprob[1].item<float>()));
  EXPECT_TRUE(std::isnan(result.logprob[2].item<float>()));
  EXPECT_TRUE(at::isfinite(result.entropy).all().item<bool>());
  const at::Tensor grad = FusedLogprobBackward(logits, targets, result.lse,
                                               OnDevice(at::ones({3})));
  EXPECT_EQ(grad[0].abs().max().item<float>(), 0.0F);
  EXPECT_GT(grad[1].abs().max().item<float>(), 0.0F);
  EXPECT_EQ(grad[2].abs().max().item<float>(), 0.0F);
}

TEST(FusedLogprob, TakesNoRows) {
  const FusedLogprobResult result = FusedLogprob(
      OnDevice(at::empty({0, 4})), OnDevice(at::empty({0}, at::kLong)));
  EXPECT_EQ(result.logprob.numel(), 0);
}

TEST(FusedLogprob, RefusesWhatDoesNotFit) {
  const at::Tensor logits = OnDevice(at::randn({3, 5}));
  const at::Tensor targets = at::zeros({3}, at::kLong);
  EXPECT_THROW((void)FusedLogprob(logits.to(at::kDouble), targets),
               std::invalid_argument);
  EXPECT_THROW((void)FusedLogprob(at::randn({5, 3}).t(), targets),
               std::invalid_argument);
  EXPECT_THROW((void)FusedLogprob(at::randn({3, 0}), targets),
               std::invalid_argument);
  EXPECT_THROW((void)FusedLogprob(logits, at::zeros({2}, at::kLong)),
               std::invalid_argument);
  EXPECT_THROW((void)FusedLogprob(logits, at::zeros({3}, at::kInt)),
               std::invalid_argument);
  EXPECT_THROW(
      (void)FusedLogprobBackward(logits, targets, at::ones({2}), at::ones({3})),
      std::invalid_argument);
}

}  // namespace
}  // namespace trainer
