#include <gtest/gtest.h>
#include <torch/torch.h>

#include <string>
#include <vector>

#include "trainer/model/decoder.h"

namespace trainer {
namespace {

ModelConfig Small(bool tied) {
  ModelConfig config;
  config.vocab_size = 50;
  config.hidden_size = 32;
  config.layers = 2;
  config.intermediate_size = 48;
  config.max_positions = 16;
  config.tie_embeddings = tied;
  return config;
}

Decoder Made(bool tied, at::ScalarType type = at::kFloat) {
  Decoder decoder(Small(tied), type, at::kCPU);
  decoder.Init(7);
  return decoder;
}

const std::vector<std::vector<std::int32_t>> kSequences = {
    {1, 2, 3, 4, 5, 6, 7}, {9}, {49, 0, 49, 0, 1}, {8, 8, 8}};

TEST(DecoderTest, APackedBatchEqualsEachSequenceAlone) {
  const torch::NoGradGuard no_grad;
  const Decoder decoder = Made(false);
  const at::Tensor all = decoder.Forward(Pack(kSequences, at::kCPU));
  std::int64_t begin = 0;
  for (const auto& sequence : kSequences) {
    const auto length = static_cast<std::int64_t>(sequence.size());
    const at::Tensor alone =
        decoder.Forward(Pack(std::span(&sequence, 1), at::kCPU));
    EXPECT_TRUE(
        torch::allclose(all.narrow(0, begin, length), alone, 1e-5, 1e-5));
    begin += length;
  }
}

TEST(DecoderTest, ATokenSeesOnlyItselfAndWhatIsBefore) {
  const torch::NoGradGuard no_grad;
  const Decoder decoder = Made(true);
  const std::vector<std::vector<std::int32_t>> one = {{1, 2, 3, 4, 5}};
  const std::vector<std::vector<std::int32_t>> other = {{1, 2, 3, 40, 5}};
  const at::Tensor a = decoder.Forward(Pack(one, at::kCPU));
  const at::Tensor b = decoder.Forward(Pack(other, at::kCPU));
  EXPECT_TRUE(
      torch::allclose(a.narrow(0, 0, 3), b.narrow(0, 0, 3), 1e-6, 1e-6));
  EXPECT_FALSE(torch::allclose(a[3], b[3], 1e-3, 1e-3));
  EXPECT_FALSE(torch::allclose(a[4], b[4], 1e-5, 1e-5));
}

TEST(DecoderTest, TheOrderOfTokensMatters) {
  const torch::NoGradGuard no_grad;
  const Decoder decoder = Made(true);
  const std::vector<std::vector<std::int32_t>> two = {{1, 2, 3}, {2, 1, 3}};
  const at::Tensor hidden = decoder.Forward(Pack(two, at::kCPU));
  EXPECT_FALSE(torch::allclose(hidden[2], hidden[5], 1e-5, 1e-5));
}

TEST(DecoderTest, TheGradientLandsInTheFlatTensor) {
  for (const bool tied : {false, true}) {
    Decoder decoder = Made(tied);
    const at::Tensor hidden = decoder.Forward(Pack(kSequences, at::kCPU));
    at::mm(hidden, decoder.head().t()).logsumexp(1).sum().backward();
    const at::Tensor gradient = decoder.flat().grad();
    ASSERT_EQ(gradient.sizes(), decoder.flat().sizes());
    EXPECT_TRUE(gradient.isfinite().all().item<bool>());
    for (const auto& [name, tensor] : decoder.named()) {
      const at::Tensor part =
          gradient.narrow(0, tensor.storage_offset(), tensor.numel());
      EXPECT_GT(part.abs().sum().item<float>(), 0.0F) << name;
    }
  }
}

TEST(DecoderTest, InitIsOfTheSeedAndClonesStandAlone) {
  const Decoder one = Made(false);
  const Decoder two = Made(false);
  EXPECT_TRUE(torch::equal(one.flat(), two.flat()));
  Decoder copy = one.Clone();
  {
    const torch::NoGradGuard no_grad;
    copy.flat().add_(1.0);
  }
  EXPECT_TRUE(torch::equal(one.flat(), two.flat()));
  EXPECT_FALSE(torch::equal(one.flat(), copy.flat()));
}

TEST(DecoderTest, Bfloat16IsNearFloat) {
  const torch::NoGradGuard no_grad;
  const Decoder wide = Made(false);
  const Decoder narrow = Made(false, at::kBFloat16);
  const PackedBatch batch = Pack(kSequences, at::kCPU);
  const at::Tensor hidden = narrow.Forward(batch);
  EXPECT_EQ(hidden.scalar_type(), at::kBFloat16);
  EXPECT_TRUE(
      torch::allclose(hidden.to(at::kFloat), wide.Forward(batch), 0.1, 0.1));
}

TEST(DecoderTest, ASequenceAtTheLimitAndOnePast) {
  const torch::NoGradGuard no_grad;
  const Decoder decoder = Made(true);
  const std::vector<std::vector<std::int32_t>> at_limit = {
      std::vector<std::int32_t>(16, 3)};
  EXPECT_EQ(decoder.Forward(Pack(at_limit, at::kCPU)).size(0), 16);
  const std::vector<std::vector<std::int32_t>> past = {
      std::vector<std::int32_t>(17, 3)};
  EXPECT_THROW((void)decoder.Forward(Pack(past, at::kCPU)),
               std::invalid_argument);
}

TEST(PackTest, RefusesNothingAndAnEmptySequence) {
  EXPECT_THROW((void)Pack({}, at::kCPU), std::invalid_argument);
  const std::vector<std::vector<std::int32_t>> empty = {{1}, {}};
  EXPECT_THROW((void)Pack(empty, at::kCPU), std::invalid_argument);
}

struct BadConfig {
  std::string name;
  void (*spoil)(ModelConfig&);
};

TEST(ModelConfigTest, WritesAndReadsItself) {
  for (const bool tied : {false, true}) {
    const ModelConfig config = Small(tied);
    const auto read = ModelConfig::FromJson(config.ToJson());
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(*read, config);
  }
}

TEST(ModelConfigTest, RefusesSizesThatAreNoModel) {
  const std::vector<BadConfig> rows = {
      {"no vocabulary", [](ModelConfig& c) { c.vocab_size = 0; }},
      {"heads do not divide", [](ModelConfig& c) { c.heads = 3; }},
      {"kv heads do not divide", [](ModelConfig& c) { c.kv_heads = 3; }},
      {"odd head",
       [](ModelConfig& c) {
         c.heads = 32;
         c.kv_heads = 32;
       }},
      {"negative layers", [](ModelConfig& c) { c.layers = -1; }},
      {"over the limit",
       [](ModelConfig& c) { c.vocab_size = kMaxModelSize + 1; }},
  };
  for (const BadConfig& row : rows) {
    ModelConfig config = Small(false);
    row.spoil(config);
    EXPECT_TRUE(config.Check().has_value()) << row.name;
    EXPECT_THROW(Decoder(config, at::kFloat, at::kCPU), std::logic_error)
        << row.name;
  }
  ModelConfig at_limit = Small(false);
  at_limit.vocab_size = kMaxModelSize;
  EXPECT_FALSE(at_limit.Check().has_value());
}

}  // namespace
}  // namespace trainer
