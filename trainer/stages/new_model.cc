#include "trainer/stages/new_model.h"

#include <torch/torch.h>

#include <utility>

#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/tensor_blob.h"
#include "trainer/stages/world.h"

namespace trainer {

Model NewModel(const ModelSettings& m, std::uint64_t seed, at::Device device) {
  Tokenizer tokenizer = WorldTokenizer();
  ModelConfig config;
  config.vocab_size = static_cast<std::int64_t>(tokenizer.size());
  config.hidden_size = m.hidden_size;
  config.layers = m.layers;
  config.heads = m.heads;
  config.kv_heads = m.kv_heads;
  config.intermediate_size = m.intermediate_size;
  config.max_positions = m.max_positions;
  config.rope_theta = m.rope_theta;
  config.tie_embeddings = m.tie_embeddings;
  if (const auto wrong = config.Check()) {
    throw RunError(ExitCode::kUsage, "model: " + wrong->detail);
  }
  Model model{std::move(tokenizer),
              Decoder(config, TypeFromName(m.dtype), device)};
  model.decoder.Init(SeedOf(seed, "weights"));
  return model;
}

Model ScoringModel(const Model& model) {
  const torch::NoGradGuard no_grad;
  ModelConfig config = model.decoder.config();
  config.scores = true;
  config.tie_embeddings = false;
  Model scoring{model.tokenizer,
                Decoder(config, model.decoder.type(), model.decoder.device())};
  const NamedTensors from = model.decoder.named();
  const NamedTensors to = scoring.decoder.named();
  // All names but the head's, which is last, are the same in the same order.
  for (std::size_t i = 0; i + 1 < to.size(); ++i) {
    to[i].second.copy_(from[i].second);
  }
  return scoring;
}

}  // namespace trainer
