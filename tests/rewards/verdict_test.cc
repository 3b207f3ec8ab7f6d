#include "rewards/verdict.h"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string_view>

namespace rewards {
namespace {

Verdict Partial(double score) {
  Verdict verdict = MakeVerdict(Outcome::kPartial, "some");
  verdict.partial_score = score;
  return verdict;
}

TEST(Verdict, DefaultEarnsNothing) {
  const Verdict verdict;
  EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
  EXPECT_EQ(Score(verdict), std::nullopt);
  EXPECT_TRUE(verdict.evidence.empty());
  EXPECT_TRUE(verdict.detail.empty());
}

TEST(Verdict, OutcomesHaveTheirNamesAndScores) {
  struct Row {
    Outcome outcome;
    std::string_view name;
    std::optional<double> score;
  };
  const Row rows[] = {
      {Outcome::kNotJudged, "not_judged", std::nullopt},
      {Outcome::kCorrect, "correct", 1.0},
      {Outcome::kWrong, "wrong", 0.0},
      {Outcome::kUnreadable, "unreadable", 0.0},
      {Outcome::kTimeout, "timeout", 0.0},
      {Outcome::kViolation, "violation", 0.0},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(OutcomeName(row.outcome), row.name);
    EXPECT_EQ(Score(MakeVerdict(row.outcome, "x")), row.score) << row.name;
  }
  EXPECT_EQ(OutcomeName(Outcome::kPartial), "partial");
}

TEST(Verdict, PartialIsBetweenZeroAndOne) {
  EXPECT_EQ(Score(Partial(0.5)), 0.5);
  EXPECT_EQ(Score(Partial(1e-9)), 1e-9);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  for (const double bad : {0.0, 1.0, -0.1, 1.1, nan, inf}) {
    EXPECT_EQ(Score(Partial(bad)), std::nullopt) << bad;
  }
}

TEST(Verdict, PartialScoreCountsForPartialAlone) {
  Verdict verdict = Partial(0.5);
  verdict.outcome = Outcome::kWrong;
  EXPECT_EQ(Score(verdict), 0.0);
  verdict.outcome = Outcome::kNotJudged;
  EXPECT_EQ(Score(verdict), std::nullopt);
}

TEST(Verdict, MakeVerdictKeepsReasonAndEvidence) {
  const Verdict verdict =
      MakeVerdict(Outcome::kCorrect, "equal integers", "proved");
  EXPECT_EQ(verdict.outcome, Outcome::kCorrect);
  EXPECT_EQ(verdict.evidence, "proved");
  EXPECT_EQ(verdict.detail.at("reason"), "equal integers");
  EXPECT_EQ(verdict.detail.size(), 1U);
}

TEST(Verdict, UnknownOutcomeIsNotJudged) {
  EXPECT_EQ(OutcomeName(static_cast<Outcome>(99)), "not_judged");
  EXPECT_EQ(Score(MakeVerdict(static_cast<Outcome>(99), "x")), std::nullopt);
}

}  // namespace
}  // namespace rewards
