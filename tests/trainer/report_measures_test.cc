// Tests trainer/report: pass@k, majority votes of equal answers, data cards.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "trainer/report/consensus.h"
#include "trainer/report/data_card.h"
#include "trainer/report/interval.h"

namespace trainer {
namespace {

// Every subset of k of n samples, of which the first c are right: the share of
// those that hold a right one.
double ByCounting(std::int64_t n, std::int64_t c, std::int64_t k) {
  std::int64_t all = 0;
  std::int64_t right = 0;
  for (std::uint64_t set = 0; set < (std::uint64_t{1} << n); ++set) {
    if (__builtin_popcountll(set) != k) continue;
    ++all;
    right += (set & ((std::uint64_t{1} << c) - 1)) != 0 ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(all);
}

TEST(PassAtK, IsTheShareOfSubsetsWithARightSample) {
  for (std::int64_t n = 1; n <= 8; ++n) {
    for (std::int64_t c = 0; c <= n; ++c) {
      for (std::int64_t k = 1; k <= n; ++k) {
        const std::vector<ProblemCount> problems{{c, n}};
        EXPECT_NEAR(EstimatePassAtK(problems, k).value(), ByCounting(n, c, k),
                    1e-12)
            << n << ' ' << c << ' ' << k;
      }
    }
  }
}

TEST(PassAtK, LeavesOutWhatHasTooFewSamples) {
  const std::vector<ProblemCount> problems{{4, 4}, {0, 4}, {1, 1}};
  EXPECT_EQ(EstimatePassAtK(problems, 2), 0.5);
  EXPECT_EQ(EstimatePassAtK(problems, 5), std::nullopt);
  EXPECT_EQ(EstimatePassAtK({}, 1), std::nullopt);
  EXPECT_THROW((void)EstimatePassAtK(problems, 0), std::invalid_argument);
  const std::vector<ProblemCount> broken{{3, 2}};
  EXPECT_THROW((void)EstimatePassAtK(broken, 1), std::invalid_argument);
}

TEST(Consensus, EqualAnswersAreOneVote) {
  std::vector<Vote> votes{{"3", false}, {"1/2", true}, {"0.5", true},
                          {"3", false}, {"50%", true}, {"", false}};
  EXPECT_EQ(ConsensusCorrect(votes), false);  // by text "3" has most
  const AnswerPairs pairs = PairsToCompare(votes);
  ASSERT_EQ(pairs.size(), 6U);  // of 4 different ones, the empty one left out
  std::vector<std::optional<bool>> equal;
  for (const auto& [a, b] : pairs) {
    equal.push_back(
        a == "3" || b == "3"
            ? std::optional(false)
            : (b == "50%" && a == "0.5" ? std::nullopt : std::optional(true)));
  }
  MergeEqual(pairs, equal, votes);
  EXPECT_EQ(votes[2].answer, "1/2");
  EXPECT_EQ(votes[4].answer, "1/2");
  EXPECT_EQ(votes[0].answer, "3");
  EXPECT_EQ(ConsensusCorrect(votes), true);
}

TEST(Consensus, WhatCouldNotBeComparedIsNotEqual) {
  std::vector<Vote> votes{{"a", false}, {"b", true}, {"b", true}, {"a", false}};
  const AnswerPairs pairs = PairsToCompare(votes);
  const std::vector<std::optional<bool>> unknown(pairs.size());
  MergeEqual(pairs, unknown, votes);
  EXPECT_EQ(votes[1].answer, "b");
  EXPECT_EQ(ConsensusCorrect(votes), false);  // as frequent: the first given
}

DataCard SomeCard() {
  DataCard card;
  card.stage = "cold-start";
  card.source = "r1-zero";
  card.sampled = 100;
  card.filters = {{"right", 40, 60}, {"one \"language\"", 30, 10}};
  card.documents = 35;
  card.by_source = {{"sample", 30}, {"trace", 5}};
  card.by_kind = {{"add2", 20}, {"chain", 15}};
  card.by_language = {{"en", 17}, {"zh", 18}};
  card.mean_tokens = 41.5;
  return card;
}

TEST(DataCard, IsWrittenAndReadBack) {
  const std::string text = ToJson(SomeCard());
  const auto read = ParseDataCard(text);
  ASSERT_TRUE(read.has_value()) << read.error().text;
  EXPECT_EQ(ToJson(*read), text);
  EXPECT_EQ(read->filters.at(1).name, "one \"language\"");
  EXPECT_EQ(read->filters.at(1).dropped, 10);
  EXPECT_EQ(read->by_kind, SomeCard().by_kind);
  EXPECT_EQ(read->mean_tokens, 41.5);
}

}  // namespace
}  // namespace trainer
