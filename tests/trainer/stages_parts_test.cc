// Tests the parts of trainer/stages: files of tensors and models, batches,
// documents, sums, updates.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "datasets/prompt_template.h"
#include "tests/trainer/model_small.h"
#include "trainer/stages/batch_dump.h"
#include "trainer/stages/completion_batch.h"
#include "trainer/stages/lm_data.h"
#include "trainer/stages/model_files.h"
#include "trainer/stages/rollout.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/sums.h"
#include "trainer/stages/tensor_blob.h"
#include "trainer/stages/updater.h"

namespace trainer {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

Tokenizer Arithmetic() {
  return Tokenizer::Make(datasets::ArithmeticTokens()).value();
}

// Tensors and models
// -----------------------------------------------------------

TEST(TensorBlob, ComesBackToTheBit) {
  const NamedTensors written{{"a", torch::randn({3, 4})},
                             {"b", torch::randn({5}).to(at::kBFloat16)},
                             {"c", torch::arange(4)}};
  const NamedTensors read{{"a", torch::zeros({3, 4})},
                          {"b", torch::zeros({5}, at::kBFloat16)},
                          {"c", torch::zeros({4}, at::kLong)}};
  ASSERT_TRUE(ReadTensors(TensorBytes(written).value(), "f", read));
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_TRUE(read[i].second.equal(written[i].second));
  }
}

TEST(TensorBlob, WhatDoesNotFitIsNamedAndNothingIsCopied) {
  const auto bytes = [] {
    return TensorBytes({{"a", torch::ones({2})}, {"b", torch::ones({3})}})
        .value();
  };
  const at::Tensor a = torch::zeros({2});
  struct Row {
    NamedTensors into;
    const char* error;
  };
  for (const Row& row :
       {Row{{{"a", a}, {"x", torch::zeros({3})}}, "f: x is missing"},
        Row{{{"a", a}, {"b", torch::zeros({4})}},
            "f: b is F32 [3], expected F32 [4]"},
        Row{{{"a", a}, {"b", torch::zeros({3}, at::kLong)}},
            "f: b is F32 [3], expected I64 [3]"},
        Row{{{"a", a}}, "f: holds 2 tensors, expected 1"}}) {
    const auto read = ReadTensors(bytes(), "f", row.into);
    ASSERT_TRUE(read.has_error());
    EXPECT_EQ(read.error().ToString(), row.error);
    EXPECT_EQ(a.sum().item<float>(), 0.0F);
  }
}

class ModelFolder : public ::testing::Test {
 protected:
  ModelFolder()
      : root_(fs::temp_directory_path() /
              ("assay_model_" + std::to_string(getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  ~ModelFolder() override { fs::remove_all(root_); }

  static Model Small(std::uint64_t seed) {
    Tokenizer tokenizer = Arithmetic();
    ModelConfig config = SmallConfig();
    config.vocab_size = static_cast<std::int64_t>(tokenizer.size());
    Model model{std::move(tokenizer),
                Decoder(config, at::kFloat, TestDevice())};
    model.decoder.Init(seed);
    return model;
  }
  std::string path() const { return (root_ / "model").string(); }
  std::string Error() const {
    const auto model = ReadModel(path(), TestDevice());
    return model.has_error() ? model.error().ToString() : "";
  }

  fs::path root_;
};

TEST_F(ModelFolder, ComesBackAndIsReplaced) {
  for (const std::uint64_t seed : {1, 2}) {
    const Model model = Small(seed);
    ASSERT_TRUE(WriteModel(model, path()));
    const Model read = ReadModel(path(), TestDevice()).value();
    EXPECT_TRUE(read.decoder.flat().equal(model.decoder.flat()));
    EXPECT_EQ(read.decoder.config(), model.decoder.config());
    EXPECT_EQ(read.tokenizer.added(), model.tokenizer.added());
  }
  EXPECT_FALSE(fs::exists(path() + ".tmp"));
}

TEST_F(ModelFolder, WhatIsWrongIsNamed) {
  EXPECT_THAT(Error(), HasSubstr(path() + "/config.json"));
  ASSERT_TRUE(WriteModel(Small(1), path()));
  std::ofstream(path() + "/config.json") << "{}";
  EXPECT_THAT(Error(), HasSubstr(path() + "/config.json"));
  ASSERT_TRUE(WriteModel(Small(1), path()));
  fs::remove(path() + "/tokenizer.json");
  EXPECT_THAT(Error(), HasSubstr(path() + "/tokenizer.json"));
  ASSERT_TRUE(WriteModel(Small(1), path()));
  fs::resize_file(path() + "/model.safetensors", 1'000);
  EXPECT_THAT(Error(), HasSubstr(path() + "/model.safetensors"));
  ASSERT_TRUE(WriteModel(Small(1), path()));
  std::ofstream(path() + "/tokenizer.json")
      << Tokenizer::Make({"<a>"}).value().ToJson();
  EXPECT_THAT(Error(), HasSubstr("vocab_size 388 is not the tokenizer's 259"));
}

// Batches
// ----------------------------------------------------------------------

TEST(CompletionBatch, OnlyCompletionsCount) {
  const std::vector<Example> examples{{{256, 10, 11, 12, 257}, 3},
                                      {{256, 20, 257}, 1}};
  const CompletionBatch batch = MakeCompletionBatch(examples, TestDevice());
  EXPECT_TRUE(batch.rows.cpu().equal(torch::tensor({2, 3, 5, 6}, at::kLong)));
  EXPECT_TRUE(
      batch.targets.cpu().equal(torch::tensor({12, 257, 20, 257}, at::kLong)));
  EXPECT_THAT(batch.lengths, ElementsAre(2, 2));
}

TEST(CompletionBatch, EosIsLearntWhateverItsValueElsewhere) {
  // The end is known by its place: the same value inside counts like any other.
  const std::vector<Example> examples{{{256, 257, 257, 257}, 2}};
  const CompletionBatch batch = MakeCompletionBatch(examples, TestDevice());
  EXPECT_TRUE(batch.targets.cpu().equal(torch::tensor({257, 257}, at::kLong)));
}

TEST(CompletionBatch, WithoutPromptOrCompletionItIsNoExample) {
  for (const Example& bad : {Example{{256, 1}, 0}, Example{{256, 1}, 2}}) {
    EXPECT_THROW(
        (void)MakeCompletionBatch(std::vector<Example>{bad}, TestDevice()),
        std::invalid_argument);
  }
}

TEST(CompletionBatch, LogprobsDoNotDependOnNeighbours) {
  const Decoder decoder = SmallDecoder();
  const std::vector<Example> two{{{256, 10, 11, 12, 257}, 3},
                                 {{256, 20, 21, 22, 23, 24, 257}, 2}};
  const at::Tensor both =
      CompletionLogprobs(decoder, MakeCompletionBatch(two, TestDevice()))
          .logprobs;
  const at::Tensor last =
      CompletionLogprobs(
          decoder, MakeCompletionBatch(std::span(two).subspan(1), TestDevice()))
          .logprobs;
  EXPECT_TRUE(at::allclose(both.slice(0, 2), last, 1e-5, 1e-5));
}

TEST(MicroBatches, AtTheLimitAndOnePast) {
  const std::vector<Example> examples(3, Example{{256, 1, 2, 257}, 2});
  using Parts = std::vector<std::pair<std::size_t, std::size_t>>;
  EXPECT_EQ(MicroBatches(examples, 12), (Parts{{0, 3}}));
  EXPECT_EQ(MicroBatches(examples, 11), (Parts{{0, 2}, {2, 3}}));
  EXPECT_EQ(MicroBatches(examples, 1), (Parts{{0, 1}, {1, 2}, {2, 3}}));
  EXPECT_TRUE(MicroBatches({}, 12).empty());
}

// Documents
// --------------------------------------------------------------------

TEST(PretrainData, EachStepHasItsOwnDocumentsWithinItsTokens) {
  const Tokenizer tokenizer = Arithmetic();
  const PretrainStage stage;
  const LmData data = PretrainData({}, "base", stage, tokenizer);
  std::set<std::vector<std::int32_t>> first;
  for (const Example& one : data.batch(1)) first.insert(one.tokens);
  std::size_t shared = 0;
  std::size_t tokens = 0;
  for (const Example& one : data.batch(2)) {
    tokens += one.tokens.size();
    shared += first.contains(one.tokens) ? 1U : 0U;
  }
  EXPECT_LE(tokens, 3'072U);
  EXPECT_GT(tokens, 2'900U);
  EXPECT_LT(shared, 10U);
  const auto again = data.batch(1);
  for (const Example& one : again) EXPECT_TRUE(first.contains(one.tokens));
}

TEST(PretrainData, FollowsTheSeedAndTheStage) {
  const Tokenizer tokenizer = Arithmetic();
  const auto first = [&](std::uint64_t seed, const std::string& name,
                         const std::string& corpus) {
    Recipe recipe;
    recipe.seed = seed;
    PretrainStage stage;
    stage.corpus = corpus;
    return PretrainData(recipe, name, stage, tokenizer).batch(1)[0].tokens;
  };
  EXPECT_EQ(first(0, "base", "mix"), first(0, "base", "mix"));
  EXPECT_NE(first(0, "base", "mix"), first(1, "base", "mix"));
  EXPECT_NE(first(0, "base", "mix"), first(0, "other", "mix"));
}

TEST(SftData, EveryDocumentOnceAnEpoch) {
  const Tokenizer tokenizer = Arithmetic();
  SftStage stage;
  stage.examples = 50;
  stage.epochs = 3;
  stage.batch_tokens = 300;
  const LmData data = SftData({}, "cold", stage, {}, tokenizer);
  std::map<std::vector<std::int32_t>, int> seen;
  std::vector<std::vector<std::int32_t>> order;
  for (std::int64_t step = 1; step <= data.steps; ++step) {
    std::size_t tokens = 0;
    for (const Example& one : data.batch(step)) {
      tokens += one.tokens.size();
      ++seen[one.tokens];
      order.push_back(one.tokens);
    }
    EXPECT_LE(tokens, 300U);
  }
  ASSERT_EQ(order.size(), 150U);
  for (const auto& [tokens, count] : seen) EXPECT_EQ(count % 3, 0);
  EXPECT_FALSE(std::equal(order.begin(), order.begin() + 50,
                          order.begin() + 50));  // shuffled anew
}

// Small things
// -----------------------------------------------------------------

TEST(SeedOf, TellsEverythingApart) {
  std::set<std::uint64_t> seeds;
  std::size_t count = 0;
  for (const std::uint64_t seed : {0, 1}) {
    for (const char* purpose : {"a", "b", "ab", ""}) {
      seeds.insert(SeedOf(seed, purpose));
      ++count;
      for (std::uint64_t i = 0; i < 50; ++i) {
        seeds.insert(SeedOf(seed, purpose, {i}));
        seeds.insert(SeedOf(seed, purpose, {0, i}));
        count += 2;
      }
    }
  }
  EXPECT_EQ(seeds.size(), count);
  EXPECT_LT(*seeds.rbegin(), std::uint64_t{1} << 63);
}

TEST(Sums, MeansAreOfWhatWasThere) {
  Sums sums;
  sums.Sample("x", 1.0);
  sums.Sample("x", std::nullopt);
  sums.Sample("x", 4.0);
  sums.Sample("none", std::nullopt);
  Comm comm = Comm::Single();
  sums.Reduce(comm);
  EXPECT_EQ(sums.Mean("x"), 2.5);
  EXPECT_FALSE(sums.Mean("none"));
  EXPECT_FALSE(sums.Mean("unknown"));
}

TEST(CheckScoresOf, NothingJudgedIsNoNumber) {
  Scored scored;
  EXPECT_FALSE(CheckScoresOf(scored).accuracy);
  scored.checks = {{.checker = "format", .score = 1.0},
                   {.checker = "math", .score = std::nullopt},
                   {.checker = "language", .score = 0.5}};
  EXPECT_FALSE(CheckScoresOf(scored).accuracy);
  EXPECT_EQ(CheckScoresOf(scored).format, 1.0);
  EXPECT_EQ(CheckScoresOf(scored).language, 0.5);
  scored.checks[1].score = 0.0;
  scored.checks[1].detail["extracted"] = "42";
  EXPECT_EQ(CheckScoresOf(scored).answer, "42");
  EXPECT_EQ(CheckScoresOf(scored).accuracy, 0.0);
}

// Updates
// ----------------------------------------------------------------------

TEST(Updater, WhatIsNotFiniteMovesNothingAndEndsTheRunInTheEnd) {
  Decoder decoder = SmallDecoder();
  Comm comm = Comm::Single(TestDevice());
  OptimizerSettings settings;
  Updater updater(decoder, settings, 3, comm);
  const at::Tensor before = decoder.flat().detach().clone();
  const auto apply = [&](double gradient) {
    updater.Begin();
    decoder.flat().mutable_grad().fill_(gradient);
    return updater.Apply(1, 10);
  };
  constexpr double kBad = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(apply(kBad).applied);
  EXPECT_FALSE(apply(kBad).applied);
  EXPECT_EQ(updater.refused(), 2);
  EXPECT_NO_THROW(updater.CheckGuard());
  EXPECT_FALSE(apply(kBad).applied);
  try {
    updater.CheckGuard();
    FAIL() << "went on";
  } catch (const RunError& error) {
    EXPECT_EQ(error.code(), ExitCode::kGuard);
    EXPECT_THAT(error.what(), HasSubstr("guard.non_finite_limit"));
  }
  EXPECT_TRUE(decoder.flat().equal(before));
  EXPECT_TRUE(apply(0.1).applied);
  EXPECT_FALSE(decoder.flat().equal(before));
}

TEST(Updater, Bfloat16GradientsAreSummedInFloat32) {
  Decoder decoder(SmallConfig(), at::kBFloat16, TestDevice());
  decoder.Init(1);
  Comm comm = Comm::Single(TestDevice());
  OptimizerSettings settings;
  settings.max_grad_norm = 0.0;
  Updater updater(decoder, settings, 1, comm);
  updater.Begin();
  // 256 and 1 is 256 in bfloat16.
  for (const double part : {256.0, 1.0}) {
    decoder.flat().mutable_grad().fill_(part);
    updater.Accumulate();
  }
  const double expected =
      257.0 * std::sqrt(static_cast<double>(decoder.flat().numel()));
  EXPECT_NEAR(updater.Apply(1, 10).grad_norm / expected, 1.0, 1e-5);
}

TEST(BatchDump, HoldsWhatWasToBeLearnt) {
  DumpedExample dumped{2, {{1, 2, 3}, 2}, {-0.5F}, -1.25};
  EXPECT_EQ(ToJsonLine(dumped),
            R"({"update":2,"prompt_length":2,"tokens":[1,2,3],)"
            R"("logprobs":[-5E-1],"advantage":-1.25E0})");
  dumped.logprobs = {std::numeric_limits<float>::quiet_NaN()};
  dumped.advantage.reset();
  EXPECT_EQ(ToJsonLine(dumped),
            R"({"update":2,"prompt_length":2,"tokens":[1,2,3],)"
            R"("logprobs":[null],"advantage":null})");
}

TEST(Updater, DecaySparesNorms) {
  Decoder decoder = SmallDecoder();
  Comm comm = Comm::Single(TestDevice());
  OptimizerSettings settings;
  settings.lr = 0.5;
  settings.weight_decay = 0.5;
  Updater updater(decoder, settings, 1, comm);
  const Decoder before = decoder.Clone();
  updater.Begin();
  ASSERT_TRUE(updater.Apply(1, 10).applied);
  const auto old = before.named();
  const auto now = decoder.named();
  for (std::size_t i = 0; i < now.size(); ++i) {
    const bool norm = now[i].first.ends_with("norm.weight");
    const at::Tensor expected = norm ? old[i].second : old[i].second * 0.75;
    EXPECT_TRUE(at::allclose(now[i].second, expected)) << now[i].first;
  }
}

}  // namespace
}  // namespace trainer
