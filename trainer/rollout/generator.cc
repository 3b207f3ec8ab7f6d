#include "trainer/rollout/generator.h"

#include <c10/core/InferenceMode.h>

#include <stdexcept>

#include "trainer/rollout/decoding.h"

namespace trainer {
namespace {

constexpr std::int64_t kPollEveryOnDevice = 8;

void Check(const Decoder& decoder, std::span<const Prompt> prompts,
           const SamplingParams& params) {
  const auto refuse = [](const std::string& what) {
    throw std::invalid_argument("Generator: " + what);
  };
  if (params.max_new_tokens < 1) refuse("max_new_tokens is below 1");
  if (!(params.temperature >= 0.0)) refuse("temperature is below 0");
  if (!(params.top_p > 0.0 && params.top_p <= 1.0)) {
    refuse("top_p is not in (0, 1]");
  }
  for (const std::string& stop : params.stop) {
    if (stop.empty()) refuse("a stop string is empty");
  }
  const std::int64_t most = decoder.config().max_positions;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const auto length = static_cast<std::int64_t>(prompts[i].tokens.size());
    if (length == 0) refuse("prompt " + std::to_string(i) + " is empty");
    if (length > most - params.max_new_tokens) {
      refuse("prompt " + std::to_string(i) + " of " + std::to_string(length) +
             " tokens and max_new_tokens " +
             std::to_string(params.max_new_tokens) +
             " are over max_positions " + std::to_string(most));
    }
  }
}

}  // namespace

std::string_view FinishReasonName(FinishReason reason) noexcept {
  switch (reason) {
    case FinishReason::kEos:
      return "eos";
    case FinishReason::kStop:
      return "stop";
    case FinishReason::kLength:
      break;
  }
  return "length";
}

Generator::Generator(const Decoder& decoder, const Tokenizer& tokenizer,
                     const GeneratorOptions& options)
    : decoder_(decoder), tokenizer_(tokenizer), options_(options) {
  if (options_.max_sequences < 1 || options_.poll_every < 0) {
    throw std::invalid_argument("Generator: an option is out of range");
  }
  if (options_.poll_every == 0) {
    options_.poll_every = decoder.device().is_cpu() ? 1 : kPollEveryOnDevice;
  }
}

std::vector<Completion> Generator::Generate(
    std::span<const Prompt> prompts, const SamplingParams& params,
    const std::function<void(const Completion&)>& on_finish,
    const OnToken& on_token) const {
  Check(decoder_, prompts, params);
  if (prompts.empty()) return {};
  const c10::InferenceMode inference;
  Decoding decoding(decoder_, tokenizer_, params, prompts,
                    options_.max_sequences, options_.poll_every, on_finish,
                    on_token);
  while (!decoding.done()) {
    decoding.Admit();
    decoding.Advance();
  }
  return decoding.Take();
}

}  // namespace trainer
