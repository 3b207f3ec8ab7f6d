#include "trainer/stages/completion_batch.h"

#include <torch/torch.h>

#include <stdexcept>

namespace trainer {

std::vector<std::int32_t> PromptTokens(const Tokenizer& tokenizer,
                                       std::string_view text) {
  std::vector<std::int32_t> tokens{tokenizer.bos()};
  const std::vector<std::int32_t> rest = tokenizer.Encode(text);
  tokens.insert(tokens.end(), rest.begin(), rest.end());
  return tokens;
}

Example ExampleOf(const Tokenizer& tokenizer, std::string_view prompt,
                  std::string_view completion) {
  Example example{PromptTokens(tokenizer, prompt), 0};
  example.prompt_length = example.tokens.size();
  const std::vector<std::int32_t> rest = tokenizer.Encode(completion);
  example.tokens.insert(example.tokens.end(), rest.begin(), rest.end());
  example.tokens.push_back(tokenizer.eos());
  return example;
}

CompletionBatch MakeCompletionBatch(std::span<const Example> examples,
                                    at::Device device) {
  CompletionBatch batch;
  std::vector<std::vector<std::int32_t>> sequences;
  std::vector<std::int64_t> rows;
  std::vector<std::int64_t> targets;
  std::int64_t begin = 0;
  for (const Example& example : examples) {
    if (example.prompt_length == 0 || example.completion_length() < 1) {
      throw std::invalid_argument(
          "MakeCompletionBatch: an example without prompt or completion");
    }
    for (std::size_t i = example.prompt_length; i < example.tokens.size();
         ++i) {
      rows.push_back(begin + static_cast<std::int64_t>(i) - 1);
      targets.push_back(example.tokens[i]);
    }
    begin += static_cast<std::int64_t>(example.tokens.size());
    sequences.push_back(example.tokens);
    batch.lengths.push_back(example.completion_length());
  }
  batch.packed = Pack(sequences, device);
  batch.rows = torch::tensor(rows, at::kLong).to(device);
  batch.targets = torch::tensor(targets, at::kLong).to(device);
  return batch;
}

TokenLogprobs CompletionLogprobs(const Decoder& decoder,
                                 const CompletionBatch& batch,
                                 double temperature) {
  const at::Tensor hidden = decoder.Forward(batch.packed);
  return ComputeTokenLogprobs(hidden.index_select(0, batch.rows),
                              decoder.head(), batch.targets, temperature);
}

std::vector<std::pair<std::size_t, std::size_t>> MicroBatches(
    std::span<const Example> examples, std::size_t most_tokens) {
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const std::size_t size = examples[i].tokens.size();
    if (parts.empty() || tokens + size > most_tokens) {
      parts.emplace_back(i, i);
      tokens = 0;
    }
    tokens += size;
    parts.back().second = i + 1;
  }
  return parts;
}

}  // namespace trainer
