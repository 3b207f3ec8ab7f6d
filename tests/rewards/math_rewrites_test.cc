// Golds rewritten: twenty identities that must pay, twenty slips that must not;
// over golds of our own, and over published ones where ASSAY_DATA says they
// are.

#include "tests/rewards/math_rewrites.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "datasets/gsm8k.h"
#include "datasets/math.h"
#include "rewards/math/math.h"
#include "tests/rewards/math_judge.h"

namespace rewards {
namespace {

static_assert(std::size(kIdentities) == 20 && std::size(kSlips) == 20);

// One of each kind of number and expression.
constexpr const char* kOwnGolds[] = {
    "42",
    "-7",
    "1319",
    "3/4",
    "\\frac{1319}{3571}",
    "-\\frac{5}{9}",
    "0.125",
    "2^{10}",
    "\\sqrt{7}",
    "3\\sqrt{2}",
    "\\frac{\\sqrt{3}}{2}",
    "1+\\sqrt{5}",
    "\\sqrt[3]{4}",
    "\\pi",
    "\\frac{2\\pi}{3}",
    "9\\pi-18",
    "e^2",
    "\\ln 3",
    "2-3i",
    "x+2",
    "x^2-4x+7",
    "\\frac{x+2}{7}",
    "2a-3b",
    "\\frac{n(n+1)}{2}",
    "\\sqrt{x+1}",
};

// The golds of a data set that are one number or expression and neither 0 nor
// +-1, every `step`th.
std::vector<std::string> Scalars(const std::vector<datasets::Problem>& problems,
                                 std::size_t step) {
  std::vector<std::string> golds;
  for (std::size_t i = 0; i < problems.size(); i += step) {
    std::string gold = problems[i].gold;
    const auto tree = math::ReadTree(gold, math::Limits{});
    if (!tree) continue;
    const math::Kind kind = tree->at(tree->root()).kind;
    const bool special =
        kind == math::Kind::kPercent || kind == math::Kind::kDegrees ||
        kind == math::Kind::kQuantity || kind == math::Kind::kPlusMinus ||
        kind == math::Kind::kMinusPlus;
    if (!math::IsScalarKind(kind) || special) continue;
    if (gold.find(',') != std::string::npos) continue;  // 1,319 in (1,319)
    if (gold.find("\\$") != std::string::npos) continue;
    bool trivial = false;
    for (const char* few : {"0", "1", "-1"}) {
      trivial = trivial || Judge(few, gold).outcome == "correct";
    }
    if (!trivial) golds.push_back(std::move(gold));
  }
  return golds;
}

std::vector<std::string> OwnGolds() {
  return {std::begin(kOwnGolds), std::end(kOwnGolds)};
}

struct Tally {
  int tried = 0;
  int correct = 0;
  int proved = 0;
};

Tally Try(const Rewrite& rewrite, const std::vector<std::string>& golds,
          bool expected) {
  Tally tally;
  for (const std::string& gold : golds) {
    const std::string text = Rewritten(rewrite, gold);
    // A decimal gold is met by what rounds to it, also by a tiny slip.
    boost::json::object params = {{"gold", gold}};
    if (!expected) params["policy"] = {{"rounding", false}};
    const Judged got = Judge(params, "$" + text + "$");
    ++tally.tried;
    const bool correct = got.outcome == "correct";
    tally.correct += correct ? 1 : 0;
    tally.proved += correct && got.evidence == "proved" ? 1 : 0;
    if (correct == expected) continue;
    std::cout << rewrite.name << ": " << gold << " | " << text << " "
              << got.outcome << " " << got.detail << "\n";
  }
  return tally;
}

class MathIdentities : public testing::TestWithParam<Rewrite> {};

TEST_P(MathIdentities, OwnGoldsStayCorrect) {
  const Tally tally = Try(GetParam(), OwnGolds(), true);
  EXPECT_EQ(tally.correct, tally.tried);
  EXPECT_EQ(tally.proved, tally.tried);
}

class MathSlips : public testing::TestWithParam<Rewrite> {};

TEST_P(MathSlips, OwnGoldsPayNothing) {
  EXPECT_EQ(Try(GetParam(), OwnGolds(), false).correct, 0);
}

const auto kName = [](const auto& test) { return test.param.name; };
INSTANTIATE_TEST_SUITE_P(Math, MathIdentities, testing::ValuesIn(kIdentities),
                         kName);
INSTANTIATE_TEST_SUITE_P(Math, MathSlips, testing::ValuesIn(kSlips), kName);

class MathRewrites : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("ASSAY_DATA");
    if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
    const std::string root = std::string(data) + "/data/";
    const auto gsm8k = datasets::ReadGsm8k(root + "gsm8k/test.jsonl");
    const auto math = datasets::ReadMath(root + "math/test5000.jsonl.gz");
    ASSERT_TRUE(gsm8k && math);
    golds_ = Scalars(*gsm8k, 44);
    const std::vector<std::string> more = Scalars(*math, 29);
    golds_.insert(golds_.end(), more.begin(), more.end());
    ASSERT_GE(golds_.size(), 120U);
  }
  std::vector<std::string> golds_;
};

TEST_F(MathRewrites, IdentitiesOfPublishedGoldsStayCorrect) {
  Tally all;
  for (const Rewrite& rewrite : kIdentities) {
    const Tally tally = Try(rewrite, golds_, true);
    EXPECT_GE(tally.correct * 100, tally.tried * 99) << rewrite.name;
    all.tried += tally.tried;
    all.correct += tally.correct;
    all.proved += tally.proved;
  }
  EXPECT_EQ(all.proved, all.correct);
  std::cout << "identities: " << all.tried << " tried, " << all.correct
            << " correct, " << all.proved << " proved\n";
}

TEST_F(MathRewrites, SlipsOfPublishedGoldsPayNothing) {
  int tried = 0;
  for (const Rewrite& rewrite : kSlips) {
    const Tally tally = Try(rewrite, golds_, false);
    EXPECT_EQ(tally.correct, 0) << rewrite.name;
    tried += tally.tried;
  }
  std::cout << "slips: " << tried << " tried\n";
}

}  // namespace
}  // namespace rewards
