// A decoder small enough for tests, and a plain reference of its mathematics.

#ifndef TESTS_TRAINER_MODEL_SMALL_H_
#define TESTS_TRAINER_MODEL_SMALL_H_

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/model/decoder.h"

namespace trainer {

inline ModelConfig SmallConfig() {
  ModelConfig config;
  config.vocab_size = 270;
  config.hidden_size = 32;
  config.layers = 2;
  config.heads = 4;
  config.kv_heads = 2;
  config.intermediate_size = 48;
  config.max_positions = 96;
  return config;
}

// With weights large enough that attention and positions matter.
inline Decoder SmallDecoder(const ModelConfig& config = SmallConfig(),
                            at::ScalarType type = at::kFloat) {
  Decoder decoder(config, type, TestDevice());
  decoder.Init(7);
  const torch::NoGradGuard no_grad;
  decoder.flat().mul_(1.5);
  for (auto& [name, tensor] : decoder.named()) {
    if (name.find("norm") != std::string::npos) tensor.div_(1.5);
  }
  return decoder;
}

// The hidden states [L, H] of one sequence, in float64 on the CPU, as the
// published description of Llama has them: whole attention matrices and a mask.
inline at::Tensor ReferenceForward(const Decoder& decoder,
                                   const std::vector<std::int32_t>& tokens) {
  const ModelConfig& c = decoder.config();
  std::unordered_map<std::string, at::Tensor> w;
  for (const auto& [name, tensor] : decoder.named()) {
    w[name] = tensor.cpu().to(at::kDouble);
  }
  const auto norm = [&](const at::Tensor& x, const std::string& name) {
    const at::Tensor mean = x.pow(2).mean(-1, true);
    return x / (mean + c.norm_eps).sqrt() * w.at(name);
  };
  const auto length = static_cast<std::int64_t>(tokens.size());
  const std::int64_t dim = c.head_dim();
  const at::Tensor frequency =
      1 / at::pow(c.rope_theta, torch::arange(0, dim, 2, at::kDouble) /
                                    static_cast<double>(dim));
  const at::Tensor half =
      torch::outer(torch::arange(length, at::kDouble), frequency);
  const at::Tensor angle = torch::cat({half, half}, -1);  // [L, d]
  const auto rotate = [&](const at::Tensor& x) {          // [L, d]
    const at::Tensor turned =
        torch::cat({-x.slice(-1, dim / 2), x.slice(-1, 0, dim / 2)}, -1);
    return x * angle.cos() + turned * angle.sin();
  };
  const at::Tensor mask =
      torch::ones({length, length}, at::kBool).triu(1);  // the future
  at::Tensor x = w.at("model.embed_tokens.weight")
                     .index_select(0, torch::tensor(tokens, at::kLong));
  for (std::int64_t i = 0; i < c.layers; ++i) {
    const std::string layer = "model.layers." + std::to_string(i) + ".";
    const at::Tensor y = norm(x, layer + "input_layernorm.weight");
    const auto project = [&](const char* name) {
      return y.matmul(w.at(layer + "self_attn." + name + "_proj.weight").t());
    };
    const at::Tensor q = project("q"), k = project("k"), v = project("v");
    std::vector<at::Tensor> heads;
    for (std::int64_t h = 0; h < c.heads; ++h) {
      const std::int64_t g = h / (c.heads / c.kv_heads);
      const at::Tensor scores =
          rotate(q.narrow(1, h * dim, dim))
              .matmul(rotate(k.narrow(1, g * dim, dim)).t())
              .div(std::sqrt(double(dim)))
              .masked_fill(mask, -INFINITY);
      heads.push_back(scores.softmax(-1).matmul(v.narrow(1, g * dim, dim)));
    }
    x = x + torch::cat(heads, -1).matmul(
                w.at(layer + "self_attn.o_proj.weight").t());
    const at::Tensor z = norm(x, layer + "post_attention_layernorm.weight");
    const at::Tensor gate = z.matmul(w.at(layer + "mlp.gate_proj.weight").t());
    const at::Tensor up = z.matmul(w.at(layer + "mlp.up_proj.weight").t());
    x = x + (gate * gate.sigmoid() * up)
                .matmul(w.at(layer + "mlp.down_proj.weight").t());
  }
  return norm(x, "model.norm.weight");
}

}  // namespace trainer

#endif  // TESTS_TRAINER_MODEL_SMALL_H_
