#include "trainer/serve/text_model.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "trainer/rollout/generator.h"
#include "trainer/stages/completion_batch.h"

namespace trainer::serve {
namespace {

struct Stopped {};

// The completions of one call of the generator: requests with as many tokens.
struct Group {
  std::vector<std::size_t> indices{};  // of the requests
  std::vector<Prompt> prompts{};
};

BackendError TooLong(std::size_t prompt, std::int64_t tokens,
                     std::int64_t most) {
  return {BackendErrorKind::kRefused,
          "the prompt's " + std::to_string(prompt) + " tokens and " +
              std::to_string(tokens) + " of a completion are over the " +
              std::to_string(most) + " that the model has room for"};
}

Token TokenOf(const Tokenizer& tokenizer, std::int32_t token, float logprob) {
  return {tokenizer.Decode({&token, 1}), static_cast<double>(logprob)};
}

Generated ToGenerated(const Tokenizer& tokenizer, std::size_t prompt_tokens,
                      const Completion& completion) {
  Generated done;
  done.prompt_tokens = static_cast<std::int64_t>(prompt_tokens);
  done.at_length = completion.finish == FinishReason::kLength;
  for (std::size_t i = 0; i < completion.tokens.size(); ++i) {
    done.tokens.push_back(
        TokenOf(tokenizer, completion.tokens[i], completion.logprobs[i]));
  }
  return done;
}

}  // namespace

LazyModel<Model>::Read ModelReader(const ModelMachine& machine, bool reward) {
  return [machine, reward](const std::string& path) -> CheckpointResult<Model> {
    auto model = ReadModel(path, at::Device(machine.device));
    if (model.has_error()) return model;
    if (model->decoder.config().scores != reward) {
      return CheckpointError(path, reward ? "is no reward model"
                                          : "is a reward model: use --reward");
    }
    if (machine.on_load) machine.on_load(model->decoder.flat().size(0));
    return model;
  };
}

TextModel::TextModel(const std::string& folder, const ModelMachine& machine,
                     std::int64_t max_tokens)
    : model_(folder, ModelReader(machine, false)), max_tokens_(max_tokens) {}

std::vector<BackendResult<Generated>> TextModel::Generate(
    std::span<const GenerateRequest> requests, const Sampling& sampling,
    const OnToken& on_token) {
  std::vector<BackendResult<Generated>> all(requests.size(), BackendError());
  const auto model = model_.Get();
  if (!model) {
    std::fill(all.begin(), all.end(), model.error());
    return all;
  }
  const Tokenizer& tokenizer = (*model)->tokenizer;
  const std::int64_t most = (*model)->decoder.config().max_positions;
  std::map<std::int64_t, Group> groups;  // by their tokens
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto tokens = PromptTokens(tokenizer, requests[i].prompt);
    const std::int64_t room = most - static_cast<std::int64_t>(tokens.size());
    const std::int64_t wanted = sampling.max_tokens.value_or(
        std::max<std::int64_t>(1, std::min(room, max_tokens_)));
    if (wanted > room) {
      all[i] = TooLong(tokens.size(), wanted, most);
      continue;
    }
    groups[wanted].indices.push_back(i);
    groups[wanted].prompts.push_back({std::move(tokens), requests[i].seed});
  }
  const Generator generator((*model)->decoder, tokenizer);
  try {
    for (const auto& [tokens, group] : groups) {
      const SamplingParams params{sampling.temperature, sampling.top_p, tokens,
                                  sampling.stop};
      const auto done = generator.Generate(
          group.prompts, params, {},
          [&](std::size_t at, std::int32_t token, float logprob) {
            if (!on_token(group.indices[at],
                          TokenOf(tokenizer, token, logprob))) {
              throw Stopped();
            }
          });
      for (const Completion& one : done) {
        all[group.indices[one.index]] =
            ToGenerated(tokenizer, group.prompts[one.index].tokens.size(), one);
      }
    }
  } catch (const Stopped&) {
    std::fill(all.begin(), all.end(),
              BackendError(BackendErrorKind::kStopped, "it was stopped"));
  }
  return all;
}

}  // namespace trainer::serve
