// Tests trainer/model/decoder.h and packed_batch.h.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <cstdint>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/trainer/model_small.h"
#include "trainer/model/decoder.h"
#include "trainer/model/packed_batch.h"

namespace trainer {
namespace {

using Ids = std::vector<std::int32_t>;

double LargestDifference(const at::Tensor& a, const at::Tensor& b) {
  return (a.cpu().to(at::kDouble) - b.cpu().to(at::kDouble))
      .abs()
      .max()
      .item<double>();
}

Ids Sequence(std::int32_t seed, std::size_t length) {
  Ids ids;
  for (std::size_t i = 0; i < length; ++i) {
    seed = (seed * 61 + 17) % 269;
    ids.push_back(seed);
  }
  return ids;
}

TEST(Pack, PutsSequencesEndToEnd) {
  const PackedBatch batch =
      Pack(std::vector<Ids>{{5, 6, 7}, {8}}, TestDevice());
  EXPECT_TRUE(batch.tokens.cpu().equal(torch::tensor({5, 6, 7, 8}, at::kLong)));
  EXPECT_TRUE(
      batch.positions.cpu().equal(torch::tensor({0, 1, 2, 0}, at::kLong)));
  EXPECT_EQ(batch.lengths, (std::vector<std::int64_t>{3, 1}));
}

TEST(Pack, NothingIsRefused) {
  EXPECT_THROW((void)Pack({}, TestDevice()), std::invalid_argument);
  EXPECT_THROW((void)Pack(std::vector<Ids>{{1}, {}}, TestDevice()),
               std::invalid_argument);
}

struct BatchCase {
  const char* name;
  std::vector<std::size_t> lengths;
  std::int64_t kv_heads;
};

void PrintTo(const BatchCase& c, std::ostream* os) { *os << c.name; }

class Forward : public ::testing::TestWithParam<BatchCase> {
 protected:
  static std::vector<Ids> Sequences() {
    std::vector<Ids> sequences;
    std::int32_t seed = 1;
    for (const std::size_t length : GetParam().lengths) {
      sequences.push_back(Sequence(seed++, length));
    }
    return sequences;
  }

  static Decoder MakeDecoder() {
    ModelConfig config = SmallConfig();
    config.kv_heads = GetParam().kv_heads;
    return SmallDecoder(config);
  }
};

TEST_P(Forward, EqualsTheReference) {
  const Decoder decoder = MakeDecoder();
  const at::Tensor hidden = decoder.Forward(Pack(Sequences(), TestDevice()));
  std::int64_t begin = 0;
  for (const Ids& sequence : Sequences()) {
    const auto length = static_cast<std::int64_t>(sequence.size());
    EXPECT_LT(LargestDifference(hidden.narrow(0, begin, length),
                                ReferenceForward(decoder, sequence)),
              2e-5);
    begin += length;
  }
}

TEST_P(Forward, EqualsEachSequenceAlone) {
  const Decoder decoder = MakeDecoder();
  const at::Tensor hidden = decoder.Forward(Pack(Sequences(), TestDevice()));
  std::int64_t begin = 0;
  for (const Ids& sequence : Sequences()) {
    const auto length = static_cast<std::int64_t>(sequence.size());
    const at::Tensor alone =
        decoder.Forward(Pack(std::vector<Ids>{sequence}, TestDevice()));
    EXPECT_LT(LargestDifference(hidden.narrow(0, begin, length), alone), 1e-5);
    begin += length;
  }
}

TEST_P(Forward, GradientEqualsTheSumOverSequences) {
  Decoder decoder = MakeDecoder();
  const auto gradient = [&](const std::vector<Ids>& sequences) {
    decoder.flat().mutable_grad().reset();
    const at::Tensor hidden = decoder.Forward(Pack(sequences, TestDevice()));
    at::mm(hidden, decoder.head().t()).logsumexp(-1).sum().backward();
    return decoder.flat().grad().clone();
  };
  const at::Tensor together = gradient(Sequences());
  at::Tensor alone = torch::zeros_like(together);
  for (const Ids& sequence : Sequences()) alone += gradient({sequence});
  EXPECT_LT(LargestDifference(together, alone),
            1e-4 * (1 + together.abs().max().item<double>()));
  const bool is_one_token = GetParam().lengths == std::vector<std::size_t>{1};
  for (const auto& [name, tensor] : decoder.named()) {
    const at::Tensor part =
        together.narrow(0, tensor.storage_offset(), tensor.numel());
    const bool weighs_tokens = name.find("q_proj") != std::string::npos ||
                               name.find("k_proj") != std::string::npos;
    if (weighs_tokens && is_one_token) continue;  // nothing to weigh
    EXPECT_GT(part.abs().max().item<double>(), 0) << name;
  }
}

const BatchCase kBatches[] = {
    {"One", {9}, 2},
    {"OneToken", {1}, 2},
    {"EqualLengths", {7, 7, 7}, 2},
    {"Ragged", {1, 12, 5, 2}, 2},
    {"OneKeyHead", {3, 8}, 1},
    {"NoSharing", {8, 3}, 4},
    {"WholeWindow", {96, 2}, 2},
};

INSTANTIATE_TEST_SUITE_P(Decoder, Forward, ::testing::ValuesIn(kBatches),
                         [](const auto& test) { return test.param.name; });

TEST(Decoder, GradientIsTheSlope) {
  Decoder decoder = SmallDecoder();
  const PackedBatch batch =
      Pack(std::vector<Ids>{Sequence(3, 6), Sequence(4, 11)}, TestDevice());
  const auto value = [&] {
    return at::mm(decoder.Forward(batch), decoder.head().t())
        .log_softmax(-1)
        .select(1, 65)
        .sum();
  };
  value().backward();
  const at::Tensor slope = decoder.flat().grad();
  const at::Tensor direction = slope / slope.norm();
  constexpr double kStep = 2e-3;
  const torch::NoGradGuard no_grad;
  decoder.flat().add_(direction, kStep);
  const double above = value().item<double>();
  decoder.flat().add_(direction, -2 * kStep);
  const double below = value().item<double>();
  EXPECT_NEAR((above - below) / (2 * kStep) / slope.norm().item<double>(), 1,
              2e-2);
}

TEST(Decoder, SequenceAtAndPastTheWindow) {
  const Decoder decoder = SmallDecoder();
  const auto forward = [&](std::size_t length) {
    return decoder.Forward(
        Pack(std::vector<Ids>{Sequence(1, length)}, TestDevice()));
  };
  EXPECT_EQ(forward(96).size(0), 96);
  EXPECT_THROW((void)forward(97), std::invalid_argument);
}

TEST(Decoder, InitDependsOnTheSeedOnly) {
  ModelConfig config = SmallConfig();
  Decoder a(config, at::kFloat, TestDevice());
  Decoder b(config, at::kFloat, TestDevice());
  a.Init(1);
  torch::manual_seed(5);
  (void)torch::rand({3});
  b.Init(1);
  EXPECT_TRUE(a.flat().equal(b.flat()));
  b.Init(2);
  EXPECT_FALSE(a.flat().equal(b.flat()));
}

TEST(Decoder, InitHasTheStatedDeviations) {
  ModelConfig config = SmallConfig();
  config.hidden_size = 128;
  Decoder decoder(config, at::kFloat, TestDevice());
  decoder.Init(3);
  const double plain = 0.6 / std::sqrt(128.0);
  for (const auto& [name, tensor] : decoder.named()) {
    const double deviation = tensor.std().item<double>();
    if (name.find("norm") != std::string::npos) {
      EXPECT_TRUE(tensor.equal(torch::ones_like(tensor))) << name;
    } else if (name.find("o_proj") != std::string::npos ||
               name.find("down_proj") != std::string::npos) {
      EXPECT_NEAR(deviation, plain / 2, plain / 40) << name;  // two layers
    } else {
      EXPECT_NEAR(deviation, plain, plain / 20) << name;
    }
  }
}

TEST(Decoder, NamesCoverTheFlatTensorOnce) {
  for (const bool tied : {false, true}) {
    ModelConfig config = SmallConfig();
    config.tie_embeddings = tied;
    const Decoder decoder(config, at::kFloat, TestDevice());
    std::set<std::string> names;
    std::int64_t next = 0;
    for (const auto& [name, tensor] : decoder.named()) {
      EXPECT_TRUE(names.insert(name).second) << name;
      EXPECT_EQ(tensor.storage_offset(), next) << name;
      EXPECT_EQ(tensor.storage().data(), decoder.flat().storage().data());
      EXPECT_TRUE(tensor.is_contiguous()) << name;
      next += tensor.numel();
    }
    EXPECT_EQ(next, decoder.flat().numel());
    EXPECT_EQ(names.count("lm_head.weight"), tied ? 0U : 1U);
    EXPECT_EQ(names.count("model.layers.1.mlp.up_proj.weight"), 1U);
    EXPECT_EQ(decoder.head().storage_offset(),
              tied ? 0 : next - decoder.head().numel());
  }
}

TEST(Decoder, MiniatureSize) {
  ModelConfig config;
  config.vocab_size = 152;
  const Decoder decoder(config, at::kFloat, TestDevice());
  EXPECT_EQ(decoder.flat().numel(), 333'984);
}

TEST(Decoder, CloneIsItsOwn) {
  Decoder decoder = SmallDecoder();
  const Decoder clone = decoder.Clone();
  EXPECT_TRUE(clone.flat().equal(decoder.flat()));
  EXPECT_TRUE(clone.flat().is_leaf() && clone.flat().requires_grad());
  {
    const torch::NoGradGuard no_grad;
    decoder.flat().zero_();
  }
  EXPECT_GT(clone.flat().abs().max().item<double>(), 0);
}

TEST(Decoder, Bfloat16IsNearFloat32) {
  const Decoder exact = SmallDecoder();
  const Decoder rough = SmallDecoder(SmallConfig(), at::kBFloat16);
  const PackedBatch batch =
      Pack(std::vector<Ids>{Sequence(2, 9), Sequence(5, 4)}, TestDevice());
  const at::Tensor hidden = rough.Forward(batch);
  EXPECT_EQ(hidden.scalar_type(), at::kBFloat16);
  EXPECT_LT(LargestDifference(hidden, exact.Forward(batch)), 0.2);
  hidden.sum().backward();
  EXPECT_EQ(rough.flat().grad().scalar_type(), at::kBFloat16);
  EXPECT_TRUE(rough.flat().grad().isfinite().all().item<bool>());
}

TEST(Decoder, WrongArgumentsThrow) {
  EXPECT_THROW(Decoder(ModelConfig(), at::kFloat, TestDevice()),
               std::logic_error);
  EXPECT_THROW(Decoder(SmallConfig(), at::kInt, TestDevice()),
               std::logic_error);
}

}  // namespace
}  // namespace trainer
