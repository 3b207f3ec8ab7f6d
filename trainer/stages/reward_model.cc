#include "trainer/stages/reward_model.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>

namespace trainer {

at::Tensor ScoreExamples(const Decoder& decoder,
                         std::span<const Example> examples) {
  std::vector<std::vector<std::int32_t>> sequences;
  std::vector<std::int64_t> last;
  std::int64_t end = 0;
  for (const Example& example : examples) {
    sequences.push_back(example.tokens);
    end += std::ssize(example.tokens);
    last.push_back(end - 1);
  }
  const at::Tensor hidden = decoder.Forward(Pack(sequences, decoder.device()));
  const at::Tensor rows = torch::tensor(last, at::kLong).to(decoder.device());
  return at::linear(hidden.index_select(0, rows), decoder.head())
      .squeeze(1)
      .to(at::kFloat);
}

std::vector<double> ScoreTexts(const Model& model,
                               std::span<const ScoredText> texts) {
  const torch::NoGradGuard no_grad;
  const auto most =
      static_cast<std::size_t>(model.decoder.config().max_positions);
  std::vector<double> scores(texts.size(),
                             std::numeric_limits<double>::quiet_NaN());
  std::vector<Example> examples;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Example example =
        ExampleOf(model.tokenizer, texts[i].prompt, texts[i].response);
    if (example.tokens.size() > most) continue;
    places.push_back(i);
    examples.push_back(std::move(example));
  }
  for (const auto& [begin, end] : MicroBatches(examples, kMicroBatchTokens)) {
    const at::Tensor part =
        ScoreExamples(model.decoder,
                      std::span(examples).subspan(begin, end - begin))
            .to(at::kCPU);
    const float* value = part.const_data_ptr<float>();
    for (std::size_t i = begin; i < end; ++i) scores[places[i]] = *value++;
  }
  return scores;
}

}  // namespace trainer
