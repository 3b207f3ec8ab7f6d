#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <ostream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "trainer/loss/advantage.h"

namespace trainer {
namespace {

using Rewards = std::vector<std::optional<double>>;

struct Row {
  std::string name;
  Rewards rewards;
  std::size_t group_size;
  RewardScale scale;
  std::vector<double> values;
  std::size_t zero_variance;
  std::size_t too_few;
  std::size_t dropped;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

constexpr auto kStd = RewardScale::kGroupStd;
constexpr auto kPlain = RewardScale::kNone;
const double kHalf = 0.5 / (std::sqrt(1.0 / 3.0) + 1e-4);  // of 1, 1, 0, 0

class GroupAdvantagesTest : public testing::TestWithParam<Row> {};

TEST_P(GroupAdvantagesTest, Gives) {
  const Row& row = GetParam();
  AdvantageOptions options;
  options.scale = row.scale;
  const Advantages found =
      GroupAdvantages(row.rewards, row.group_size, options);
  ASSERT_EQ(found.values.size(), row.values.size());
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    EXPECT_NEAR(found.values[i], row.values[i], 1e-12) << i;
  }
  EXPECT_EQ(found.groups, row.rewards.size() / row.group_size);
  EXPECT_EQ(found.zero_variance, row.zero_variance);
  EXPECT_EQ(found.too_few, row.too_few);
  EXPECT_EQ(found.dropped, row.dropped);
}

constexpr std::nullopt_t kNull = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Rows, GroupAdvantagesTest,
    testing::Values(
        Row{"Halves",
            {1., 1., 0., 0.},
            4,
            kStd,
            {kHalf, kHalf, -kHalf, -kHalf},
            0,
            0,
            0},
        Row{"HalvesUnscaled",
            {1., 1., 0., 0.},
            4,
            kPlain,
            {.5, .5, -.5, -.5},
            0,
            0,
            0},
        Row{"GroupsStandAlone",
            {1., 0., 9., 7.},
            2,
            kPlain,
            {.5, -.5, 1., -1.},
            0,
            0,
            0},
        Row{"AllRight", {2., 2., 2.}, 3, kStd, {0., 0., 0.}, 1, 0, 0},
        Row{"AllWrong", {0., 0.}, 2, kPlain, {0., 0.}, 1, 0, 0},
        Row{"EqualButForRounding", {.3, .1 + .2}, 2, kStd, {0., 0.}, 1, 0, 0},
        Row{"ANullIsNoZero", {1., kNull, 1.}, 3, kStd, {0., 0., 0.}, 1, 0, 1},
        Row{"ANullIsLeftOutOfTheMean",
            {3., kNull, 1.},
            3,
            kPlain,
            {1., 0., -1.},
            0,
            0,
            1},
        Row{"OneJudged", {5., kNull}, 2, kStd, {0., 0.}, 0, 1, 1},
        Row{"NoneJudged", {kNull, kNull}, 2, kStd, {0., 0.}, 0, 1, 2},
        Row{"GroupOfOne", {4.}, 1, kPlain, {0.}, 0, 1, 0},
        Row{"NoGroup", {}, 4, kStd, {}, 0, 0, 0}),
    [](const auto& test) { return test.param.name; });

TEST(GroupAdvantagesErrors, AreRefused) {
  const Rewards three = {1., 2., 3.};
  EXPECT_THROW((void)GroupAdvantages(three, 2), std::invalid_argument);
  EXPECT_THROW((void)GroupAdvantages(three, 0), std::invalid_argument);
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity()}) {
    const Rewards spoiled = {1., bad};
    EXPECT_THROW((void)GroupAdvantages(spoiled, 2), std::invalid_argument);
  }
}

TEST(GroupAdvantagesProperty, SumToZeroAndIgnoreWhereTheNullsStand) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    Rewards rewards(8);
    Rewards judged;
    for (auto& reward : rewards) {
      if (random() % 4 == 0) continue;
      reward = static_cast<double>(random() % 1000) / 250.0;
      judged.push_back(reward);
    }
    const Advantages found = GroupAdvantages(rewards, rewards.size());
    double sum = 0.0;
    for (const double value : found.values) sum += value;
    EXPECT_NEAR(sum, 0.0, 1e-9);
    if (judged.empty()) continue;
    const Advantages alone = GroupAdvantages(judged, judged.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < rewards.size(); ++i) {
      EXPECT_EQ(found.values[i], rewards[i] ? alone.values[next++] : 0.0);
    }
  }
}

}  // namespace
}  // namespace trainer
