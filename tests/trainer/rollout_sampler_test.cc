// Tests trainer/rollout/sampler.h.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/rollout/sampler.h"

namespace trainer {
namespace {

at::Tensor UniformsOf(std::int64_t count, std::uint64_t seed) {
  std::vector<double> numbers;
  for (std::int64_t i = 0; i < count; ++i) {
    numbers.push_back(UniformOf(seed, static_cast<std::uint64_t>(i)));
  }
  return torch::tensor(numbers, OnDevice(at::kDouble));
}

TEST(UniformOf, LiesInTheUnitIntervalEvenly) {
  double sum = 0;
  std::vector<int> bins(16, 0);
  constexpr int kDraws = 100'000;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const double u = UniformOf(i / 100, i % 100);
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    ++bins[static_cast<std::size_t>(u * 16)];
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 0.005);
  for (const int bin : bins) EXPECT_NEAR(bin, kDraws / 16, 400);
}

TEST(UniformOf, NearbySeedsShareNoDraw) {
  std::set<double> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (std::uint64_t draw = 0; draw < 20; ++draw) {
      seen.insert(UniformOf(seed, draw));
    }
  }
  EXPECT_GE(seen.size(), 998U);  // 1,000 draws of 32 bits
}

TEST(SampleTokens, DrawsByProbability) {
  const at::Tensor p =
      OnDevice(torch::tensor({0.5, 0.0, 0.25, 0.125, 0.125, 0.0}));
  constexpr std::int64_t kRows = 40'000;
  const at::Tensor logits = p.log().unsqueeze(0).expand({kRows, 6});
  const SampledTokens drawn =
      SampleTokens(logits.contiguous(), UniformsOf(kRows, 5), 1.0, 1.0);
  const at::Tensor counts = at::bincount(drawn.tokens, {}, 6);
  for (std::int64_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(counts[i].item<double>() / kRows, p[i].item<double>(), 0.01);
  }
  EXPECT_EQ(counts[1].item<std::int64_t>() + counts[5].item<std::int64_t>(), 0);
  EXPECT_TRUE(at::allclose(drawn.logprobs,
                           p.log().to(at::kFloat).index_select(0, drawn.tokens),
                           1e-6, 1e-6));
}

TEST(SampleTokens, TheEndsOfTheUnitInterval) {
  const at::Tensor logits =
      OnDevice(torch::tensor({{-INFINITY, 1.0F, 2.0F, -INFINITY}}))
          .expand({2, 4});
  const at::Tensor ends =
      torch::tensor({0.0, 1.0 - 0x1p-32}, OnDevice(at::kDouble));
  const SampledTokens drawn = SampleTokens(logits.contiguous(), ends, 1.0, 1.0);
  EXPECT_EQ(drawn.tokens[0].item<std::int64_t>(), 1);
  EXPECT_EQ(drawn.tokens[1].item<std::int64_t>(), 2);
}

TEST(SampleTokens, TopPKeepsTheSmallestSet) {
  const at::Tensor p = OnDevice(torch::tensor({0.1, 0.4, 0.2, 0.3}));
  struct Row {
    double top_p;
    std::set<std::int64_t> kept;
  };
  for (const Row& row : {Row{0.39, {1}}, Row{0.41, {1, 3}}, Row{0.69, {1, 3}},
                         Row{0.71, {1, 2, 3}}, Row{1.0, {0, 1, 2, 3}}}) {
    const SampledTokens drawn =
        SampleTokens(p.log().unsqueeze(0).expand({2'000, 4}).contiguous(),
                     UniformsOf(2'000, 9), 1.0, row.top_p);
    std::set<std::int64_t> seen;
    for (std::int64_t i = 0; i < 2'000; ++i) {
      seen.insert(drawn.tokens[i].item<std::int64_t>());
    }
    EXPECT_EQ(seen, row.kept) << row.top_p;
    // The log-prob is the one before top-p.
    EXPECT_NEAR(
        drawn.logprobs[0].item<double>(),
        std::log(p[drawn.tokens[0].item<std::int64_t>()].item<double>()), 1e-6);
  }
}

TEST(SampleTokens, TemperatureSharpens) {
  const at::Tensor logits = OnDevice(torch::tensor({{1.0F, 2.0F, 0.0F}}));
  const at::Tensor half = torch::tensor({0.5}, OnDevice(at::kDouble));
  const SampledTokens cool = SampleTokens(logits, half, 0.5, 1.0);
  EXPECT_NEAR(cool.logprobs[0].item<double>(),
              (logits / 0.5).log_softmax(-1)[0][1].item<double>(), 1e-6);
  const SampledTokens greedy = SampleTokens(logits, half, 0.0, 1.0);
  EXPECT_EQ(greedy.tokens[0].item<std::int64_t>(), 1);
  EXPECT_NEAR(greedy.logprobs[0].item<double>(),
              logits.log_softmax(-1)[0][1].item<double>(), 1e-6);
}

TEST(SampleTokens, WhatCannotBeIsRefused) {
  const at::Tensor logits = torch::zeros({1, 3});
  const at::Tensor half = torch::tensor({0.5}, OnDevice(at::kDouble));
  EXPECT_THROW((void)SampleTokens(logits, half, -0.1, 1.0),
               std::invalid_argument);
  EXPECT_THROW((void)SampleTokens(logits, half, NAN, 1.0),
               std::invalid_argument);
  EXPECT_THROW((void)SampleTokens(logits, half, 1.0, 0.0),
               std::invalid_argument);
  EXPECT_THROW((void)SampleTokens(logits, half, 1.0, 1.01),
               std::invalid_argument);
}

}  // namespace
}  // namespace trainer
