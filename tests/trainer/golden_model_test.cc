// The decoder, its log-probs, losses and gradients against float64 PyTorch.

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <string>
#include <vector>

#include "tests/trainer/golden.h"
#include "trainer/loss/grpo_loss.h"
#include "trainer/loss/token_logprobs.h"
#include "trainer/model/decoder.h"

namespace trainer {
namespace {

constexpr double kExact = 1e-6;    // what the project promises
constexpr double kDouble = 1e-10;  // what float64 reaches
constexpr double kSingle = 2e-4;   // float32 against float64

struct Case {
  const char* name;
  const char* file;
  at::ScalarType type;
  double tolerance;
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

class GoldenModel : public ::testing::TestWithParam<Case> {
 protected:
  GoldenModel() : golden_(GetParam().file), decoder_(Load()) {}

  static const std::vector<std::vector<std::int32_t>>& Sequences() {
    static const std::vector<std::vector<std::int32_t>> sequences{
        {3, 1, 4, 1, 5}, {9}, {2, 6, 5, 3, 5, 8, 9, 7, 9}};
    return sequences;
  }

  Decoder Load() const {
    ModelConfig config;
    config.vocab_size = 29;
    config.hidden_size = 16;
    config.layers = 2;
    config.heads = 4;
    config.kv_heads = 2;
    config.intermediate_size = 20;
    config.max_positions = 16;
    config.tie_embeddings = !golden_.Has("lm_head.weight");
    Decoder decoder(config, GetParam().type, TestDevice());
    for (auto& [name, tensor] : decoder.named()) tensor.copy_(golden_[name]);
    return decoder;
  }

  // Of each next token; the last of a sequence has none.
  TokenLogprobs Logprobs(double temperature, std::int64_t chunk) {
    const PackedBatch batch = Pack(Sequences(), TestDevice());
    std::vector<std::int64_t> rows;
    std::vector<std::int64_t> targets;
    std::int64_t begin = 0;
    for (const auto& ids : Sequences()) {
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
        rows.push_back(begin + static_cast<std::int64_t>(i));
        targets.push_back(ids[i + 1]);
      }
      begin += static_cast<std::int64_t>(ids.size());
    }
    const at::Tensor hidden = decoder_.Forward(batch).index_select(
        0, torch::tensor(rows, OnDevice(at::kLong)));
    return ComputeTokenLogprobs(hidden, decoder_.head(),
                                torch::tensor(targets, OnDevice(at::kLong)),
                                temperature, chunk);
  }

  // Gradients of all parameters against those of `prefix`.
  void ExpectGradients(const std::string& prefix) {
    Decoder gradients = decoder_.Clone();
    {
      const torch::NoGradGuard no_grad;
      gradients.flat().copy_(decoder_.flat().grad());
    }
    for (const auto& [name, tensor] : gradients.named()) {
      EXPECT_LT(Deviation(tensor, golden_[prefix + name]), GetParam().tolerance)
          << name;
    }
  }

  at::Tensor Input(const std::string& name) const {
    return golden_[name].to(GetParam().type);
  }

  Golden golden_;
  Decoder decoder_;
};

TEST_P(GoldenModel, HiddenStates) {
  const at::Tensor hidden = decoder_.Forward(Pack(Sequences(), TestDevice()));
  EXPECT_LT(Deviation(hidden, golden_["out.hidden"]), GetParam().tolerance);
}

TEST_P(GoldenModel, LogprobsAndEntropyInChunksOfAnySize) {
  for (const std::int64_t chunk : {1, 5, 12, 1'000}) {
    const TokenLogprobs tokens = Logprobs(0.7, chunk);
    EXPECT_LT(Deviation(tokens.logprobs, golden_["out.logprobs"]),
              GetParam().tolerance);
    EXPECT_LT(Deviation(tokens.entropy, golden_["out.entropy"]),
              GetParam().tolerance);
  }
}

TEST_P(GoldenModel, CompletionOnlyLossAndItsGradients) {
  for (const std::int64_t chunk : {5, 1'000}) {
    decoder_.flat().mutable_grad() = at::Tensor();
    const at::Tensor mask = torch::tensor({0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1},
                                          OnDevice(GetParam().type));
    const at::Tensor loss =
        -(Logprobs(1.0, chunk).logprobs * mask).sum() / mask.sum();
    EXPECT_LT(Deviation(loss, golden_["out.sft_loss"]), GetParam().tolerance);
    loss.backward();
    ExpectGradients("sft_grad.");
  }
}

TEST_P(GoldenModel, GrpoLossAndItsGradients) {
  const at::Tensor logprobs =
      Logprobs(0.7, 3).logprobs.index_select(0, golden_["in.rows"]);
  GrpoLossOptions options;
  options.clip_high = 0.28;
  options.kl_beta = 0.04;
  options.norm = LossNorm::kSequenceMean;
  const GrpoLossParts parts =
      GrpoLoss({logprobs, Input("in.old"), Input("in.ref"),
                Input("in.advantages"), golden_["in.lengths"]},
               {2, 7}, options);
  EXPECT_LT(Deviation(parts.loss, golden_["out.grpo_loss"]),
            GetParam().tolerance);
  parts.loss.backward();
  ExpectGradients("grpo_grad.");
}

INSTANTIATE_TEST_SUITE_P(
    Cases, GoldenModel,
    testing::Values(Case{"Untied", "decoder", at::kDouble, kDouble},
                    Case{"Tied", "decoder_tied", at::kDouble, kDouble},
                    Case{"UntiedSingle", "decoder", at::kFloat, kSingle},
                    Case{"TiedSingle", "decoder_tied", at::kFloat, kSingle}),
    [](const auto& one) { return std::string(one.param.name); });

static_assert(kDouble < kExact);

}  // namespace
}  // namespace trainer
