#include "trainer/stages/new_model.h"

#include <utility>

#include "datasets/prompt_template.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"

namespace trainer {

Model NewModel(const Recipe& recipe, at::Device device) {
  auto tokenizer = Tokenizer::Make(datasets::ArithmeticTokens());
  const ModelSettings& m = recipe.model;
  ModelConfig config;
  config.vocab_size = static_cast<std::int64_t>(tokenizer->size());
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
  Model model{*std::move(tokenizer),
              Decoder(config, TypeFromName(m.dtype), device)};
  model.decoder.Init(SeedOf(recipe.seed, "weights"));
  return model;
}

}  // namespace trainer
