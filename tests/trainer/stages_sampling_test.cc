// Tests trainer/stages/sampling.h: which samples become documents, and what the
// card says of the others.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/stages/new_model.h"
#include "trainer/stages/sampling.h"
#include "trainer/stages/world.h"

namespace trainer {
namespace {

verifier::protocol::CheckResult Result(const char* checker, double score) {
  verifier::protocol::CheckResult result;
  result.checker = checker;
  result.outcome = score >= 1.0 ? "correct" : "wrong";
  result.score = score;
  return result;
}

// Says of each completion what `decide` does: accuracy, format, language; none:
// not judged.
class Decided : public RewardSource {
 public:
  struct Scores {
    double accuracy = 1.0;
    double format = 1.0;
    double language = 1.0;
  };
  using Decide = std::function<std::optional<Scores>(std::size_t index)>;
  explicit Decided(Decide decide) : decide_(std::move(decide)) {}

  void Submit(std::size_t index, ScoreTask) override {
    if (report_.scores.size() <= index) report_.scores.resize(index + 1);
    Scored& scored = report_.scores[index];
    const std::optional<Scores> scores = decide_(index);
    if (!scores) return;
    scored.reward = scores->accuracy;
    scored.checks = {Result("math", scores->accuracy),
                     Result("format", scores->format),
                     Result("language", scores->language)};
  }
  ScoreReport Wait(const std::function<bool()>&) override {
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

class Sampling : public ::testing::Test {
 protected:
  Sampling() {
    ModelSettings sizes;
    sizes.hidden_size = 32;
    sizes.layers = 1;
    sizes.heads = 2;
    sizes.kv_heads = 1;
    sizes.intermediate_size = 32;
    sizes.max_positions = 128;
    model_ = NewModel(sizes, 1, TestDevice());
    stage_.questions = 10;
    stage_.samples = 4;
    stage_.max_new_tokens = 12;
    stage_.per_question = 4;
    stage_.decontaminate = false;
  }

  Collection Collect(Decided::Decide decide) {
    Decided rewards(std::move(decide));
    return CollectDocuments(*model_, recipe_, "collected", stage_, rewards,
                            comm_);
  }

  // By name: kept, dropped.
  static std::map<std::string, std::pair<std::int64_t, std::int64_t>> Counts(
      const DataCard& card) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;
    for (const DataCard::Filter& one : card.filters) {
      counts[one.name] = {one.kept, one.dropped};
    }
    return counts;
  }

  Recipe recipe_{};
  SampleStage stage_{};
  std::optional<Model> model_;
  Comm comm_ = Comm::Single(TestDevice());
};

TEST_F(Sampling, KeepsWhatIsRightAndInFormat) {
  const Collection all = Collect([](std::size_t i) {
    if (i % 4 == 0) return std::optional<Decided::Scores>();
    return std::optional(
        Decided::Scores{i % 4 == 1 ? 0.0 : 1.0, i % 4 == 2 ? 0.5 : 1.0, 1.0});
  });
  EXPECT_EQ(all.card.sampled, 40);
  const auto counts = Counts(all.card);
  EXPECT_EQ(counts.at("judged"), std::pair(30L, 10L));
  EXPECT_EQ(counts.at("right"), std::pair(20L, 10L));
  EXPECT_EQ(counts.at("in format"), std::pair(10L, 10L));
  EXPECT_EQ(counts.count("one language"), 0U);
  EXPECT_EQ(all.documents.size(), 10U);
  EXPECT_EQ(all.card.documents, 10);
  EXPECT_EQ(all.completions.size(), 40U);
  for (const Document& one : all.documents) {
    EXPECT_TRUE(one.id.ends_with("/3")) << one.id;
    EXPECT_EQ(one.source, "sample");
    EXPECT_FALSE(one.question.empty());
  }
}

TEST_F(Sampling, LanguageLengthAndPassRateAreFilters) {
  stage_.least_language = 0.9;
  stage_.least_pass_rate = 0.3;
  stage_.most_pass_rate = 0.6;
  // Question q has q % 5 right samples; the first of each mixes languages.
  const Collection all = Collect([](std::size_t i) {
    return std::optional(Decided::Scores{i % 4 < i / 4 % 5 ? 1.0 : 0.0, 1.0,
                                         i % 4 == 0 ? 0.89 : 0.9});
  });
  const auto counts = Counts(all.card);
  EXPECT_EQ(counts.at("right"), std::pair(20L, 20L));
  EXPECT_EQ(counts.at("one language"), std::pair(12L, 8L));
  // Only questions with 2 of 4 right are neither too hard nor too easy.
  EXPECT_EQ(counts.at("neither too hard nor too easy"), std::pair(2L, 10L));
}

TEST_F(Sampling, TooShortAndTooLongIsNotLearnt) {
  std::map<std::int64_t, std::int64_t> lengths;
  const auto good = [](std::size_t) {
    return std::optional(Decided::Scores{});
  };
  for (const CompletionRecord& one : Collect(good).completions) {
    ++lengths[one.length];
  }
  stage_.least_tokens = stage_.most_tokens = lengths.rbegin()->first;
  EXPECT_EQ(Counts(Collect(good).card).at("of good length").first,
            lengths.rbegin()->second);
}

TEST_F(Sampling, DuplicatesAndTooManyOfAQuestionGo) {
  stage_.temperature = 1e-6;  // all samples of a question are the same
  const auto good = [](std::size_t) {
    return std::optional(Decided::Scores{});
  };
  Collection all = Collect(good);
  EXPECT_EQ(Counts(all.card).at("not a duplicate"), std::pair(10L, 30L));
  stage_.temperature = 1.0;
  stage_.per_question = 1;
  all = Collect(good);
  EXPECT_EQ(all.documents.size(), 10U);
  std::set<std::string> questions;
  for (const Document& one : all.documents) questions.insert(one.question);
  EXPECT_EQ(questions.size(), 10U);
}

TEST_F(Sampling, HeldOutProblemsAreNotLearnt) {
  stage_.decontaminate = true;
  stage_.questions = 200;
  stage_.samples = 1;
  stage_.per_question = 1;
  recipe_.eval.items = 400;
  const Collection all =
      Collect([](std::size_t) { return std::optional(Decided::Scores{}); });
  const auto counts = Counts(all.card).at("not in what is held out");
  EXPECT_GT(counts.first, 0);
  std::set<std::string> held_out;
  for (const NumberedTask& one : HeldOutTasks(recipe_, recipe_.eval)) {
    held_out.insert(one.task.question);
  }
  EXPECT_EQ(held_out.size(), 400U);
  for (const Document& one : all.documents) {
    EXPECT_EQ(held_out.count(one.question), 0U) << one.question;
  }
}

TEST_F(Sampling, WhatCannotBeRefinedIsNotLearnt) {
  stage_.prompt = "r1-zero";
  stage_.refine = true;
  const Collection all =
      Collect([](std::size_t) { return std::optional(Decided::Scores{}); });
  // An untrained model writes no tags.
  EXPECT_EQ(Counts(all.card).at("refined"), std::pair(0L, 40L));
  EXPECT_TRUE(all.documents.empty());
}

TEST_F(Sampling, TracesAndGeneralDocumentsAreAdded) {
  stage_.traces = 7;
  stage_.general = 5;
  const Collection all =
      Collect([](std::size_t) { return std::optional(Decided::Scores{0.0}); });
  EXPECT_EQ(all.card.by_source,
            (DataCard::Counts{{"general", 5}, {"trace", 7}}));
  EXPECT_EQ(all.documents.size(), 12U);
  for (const Document& one : all.documents) {
    EXPECT_TRUE(one.response.starts_with("<think>\n")) << one.response;
    EXPECT_FALSE(one.question.empty());
    EXPECT_TRUE(one.language == "en" || one.language == "zh");
  }
  EXPECT_GT(all.card.mean_tokens, 0.0);
}

TEST_F(Sampling, GivesTheSameTwice) {
  const auto good = [](std::size_t) {
    return std::optional(Decided::Scores{});
  };
  EXPECT_EQ(ToJsonLines(Collect(good).documents),
            ToJsonLines(Collect(good).documents));
}

}  // namespace
}  // namespace trainer
