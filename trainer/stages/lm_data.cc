#include "trainer/stages/lm_data.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "datasets/arithmetic_corpus.h"
#include "trainer/stages/seeds.h"

namespace trainer {
namespace {

Example ReadDocument(datasets::ArithmeticCorpus& corpus,
                     const Tokenizer& tokenizer) {
  const datasets::Document document = corpus.Next();
  return ExampleOf(tokenizer, document.prompt, document.completion);
}

}  // namespace

datasets::PromptStyle PromptStyleFromName(std::string_view name) {
  if (name == "chat") return datasets::PromptStyle::kChat;
  if (name == "r1-zero") return datasets::PromptStyle::kR1Zero;
  throw std::invalid_argument("PromptStyleFromName: no such style");
}

datasets::ArithmeticOptions TasksOf(const DataSettings& data,
                                    std::uint64_t seed) {
  datasets::ArithmeticOptions options;
  options.kind_weights = {data.add2, data.sub2,  data.add3, data.sub3,
                          data.eq,   data.chain, data.mul};
  options.chinese_fraction = data.chinese_fraction;
  options.seed = seed;
  return options;
}

LmData PretrainData(const Recipe& recipe, const std::string& name,
                    const PretrainStage& stage, const Tokenizer& tokenizer) {
  const bool curriculum = stage.corpus == "curriculum";
  datasets::CorpusOptions corpus = stage.corpus == "mix"
                                       ? datasets::CorpusOptions{}
                                       : datasets::CurriculumOptions();
  corpus.tagged_fraction = stage.tagged_fraction;
  corpus.tagged_prompt = PromptStyleFromName(stage.tagged_prompt);
  const std::uint64_t seed = SeedOf(recipe.seed, name);
  const auto most = static_cast<std::size_t>(stage.batch_tokens);
  LmData data;
  data.steps = stage.steps;
  data.batch = [=, settings = recipe.data, &tokenizer](std::int64_t step) {
    datasets::ArithmeticOptions tasks =
        TasksOf(settings,
                SeedOf(seed, "documents", {static_cast<std::uint64_t>(step)}));
    if (curriculum) tasks = datasets::CurriculumTasks(tasks);
    datasets::ArithmeticCorpus documents(tasks, corpus);
    std::vector<Example> examples;
    std::size_t tokens = 0;
    for (;;) {
      Example example = ReadDocument(documents, tokenizer);
      tokens += example.tokens.size();
      if (tokens > most && !examples.empty()) return examples;
      examples.push_back(std::move(example));
    }
  };
  return data;
}

LmData SftData(const Recipe& recipe, const std::string& name,
               const SftStage& stage, const Tokenizer& tokenizer) {
  const std::uint64_t seed = SeedOf(recipe.seed, name);
  datasets::ArithmeticCorpus corpus(
      TasksOf(recipe.data, SeedOf(seed, "documents")),
      datasets::ColdStartOptions(PromptStyleFromName(stage.prompt)));
  const auto all = std::make_shared<std::vector<Example>>();
  for (std::int64_t i = 0; i < stage.examples; ++i) {
    all->push_back(ReadDocument(corpus, tokenizer));
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
