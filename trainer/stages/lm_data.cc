#include "trainer/stages/lm_data.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "trainer/stages/seeds.h"
#include "trainer/stages/world.h"

namespace trainer {

LmData PretrainData(const Recipe& recipe, const std::string& name,
                    const PretrainStage& stage, const Tokenizer& tokenizer) {
  const std::uint64_t seed = SeedOf(recipe.seed, name);
  const auto most = static_cast<std::size_t>(stage.batch_tokens);
  LmData data;
  data.steps = stage.steps;
  data.batch = [=, &recipe, &tokenizer](std::int64_t step) {
    PretrainDocuments documents(
        recipe, stage,
        SeedOf(seed, "documents", {static_cast<std::uint64_t>(step)}));
    std::vector<Example> examples;
    std::size_t tokens = 0;
    for (;;) {
      const datasets::Document document = documents.Next();
      Example example =
          ExampleOf(tokenizer, document.prompt, document.completion);
      tokens += example.tokens.size();
      if (tokens > most && !examples.empty()) return examples;
      examples.push_back(std::move(example));
    }
  };
  return data;
}

LmData SftData(const Recipe& recipe, const std::string& name,
               const SftStage& stage, const std::vector<Document>& documents,
               const Tokenizer& tokenizer) {
  const std::uint64_t seed = SeedOf(recipe.seed, name);
  const datasets::PromptStyle style = PromptStyleFromName(stage.prompt);
  const auto all = std::make_shared<std::vector<Example>>();
  for (const Document& one : documents) {
    all->push_back(ExampleOf(
        tokenizer, datasets::FormatPrompt(style, one.question), one.response));
  }
  if (documents.empty()) {
    ColdStartDocuments made(recipe, style, SeedOf(seed, "documents"));
    for (std::int64_t i = 0; i < stage.examples; ++i) {
      const datasets::Document one = made.Next();
      all->push_back(ExampleOf(tokenizer, one.prompt, one.completion));
    }
  }
  // The order of all epochs, cut into steps.
  const auto order = std::make_shared<std::vector<std::size_t>>();
  for (std::int64_t epoch = 0; epoch < stage.epochs; ++epoch) {
    const auto one =
        Shuffled(all->size(),
                 SeedOf(seed, "epoch", {static_cast<std::uint64_t>(epoch)}));
    order->insert(order->end(), one.begin(), one.end());
  }
  const auto begins = std::make_shared<std::vector<std::size_t>>();
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < order->size(); ++i) {
    const std::size_t size = (*all)[(*order)[i]].tokens.size();
    tokens += size;
    if (i == 0 || tokens > static_cast<std::size_t>(stage.batch_tokens)) {
      begins->push_back(i);
      tokens = size;
    }
  }
  LmData data;
  data.steps = static_cast<std::int64_t>(begins->size());
  data.batch = [=](std::int64_t step) {
    const auto at = static_cast<std::size_t>(step - 1);
    const std::size_t end =
        at + 1 < begins->size() ? (*begins)[at + 1] : order->size();
    std::vector<Example> examples;
    for (std::size_t i = (*begins)[at]; i < end; ++i) {
      examples.push_back((*all)[(*order)[i]]);
    }
    return examples;
  };
  return data;
}

}  // namespace trainer
