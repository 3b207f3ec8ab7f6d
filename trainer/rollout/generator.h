// Generator: samples completions from a Decoder, many at once, with a KV cache.
//
//   Generator generator(decoder, tokenizer);
//   for (const Completion& c : generator.Generate(prompts, params)) ...
//
// Same weights and same log-prob kernel as training: the importance ratio of
// the first update is 1 up to rounding. A sequence that ends makes room for the
// next prompt at once. What a prompt's completion is depends on the weights,
// the prompt, its seed and the parameters; the other prompts of a call change
// it by rounding only, and the same call gives the same bits (on a CPU).
//
// Borrows decoder and tokenizer; reads the decoder's present weights. One call
// at a time. Blocks until all completions are there.

#ifndef TRAINER_ROLLOUT_GENERATOR_H_
#define TRAINER_ROLLOUT_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/model/decoder.h"
#include "trainer/tokenizer/tokenizer.h"

namespace trainer {

struct SamplingParams {
  double temperature = 1.0;  // 0: the most probable token each time
  double top_p = 1.0;        // in (0, 1]
  std::int64_t max_new_tokens = 128;
  // Strings that end a completion once its text contains one. The token that
  // completes it is the completion's last.
  std::vector<std::string> stop{};
};

struct Prompt {
  std::vector<std::int32_t> tokens{};  // begins with bos where the model has it
  std::uint64_t seed = 0;              // of this sequence's draws
};

enum class FinishReason { kEos, kStop, kLength };

// "eos", "stop" or "length".
[[nodiscard]] std::string_view FinishReasonName(FinishReason reason) noexcept;

struct Completion {
  std::size_t index = 0;               // of its prompt
  std::vector<std::int32_t> tokens{};  // a sampled eos is one of them
  // Of each token, under logits / temperature, before top-p.
  std::vector<float> logprobs{};
  FinishReason finish = FinishReason::kLength;
};

struct GeneratorOptions {
  std::int64_t max_sequences = 256;  // decoded at once
  // Decoding steps between two looks at which sequences have ended. 0: 1 on a
  // CPU, 8 elsewhere, where a look waits for the device.
  std::int64_t poll_every = 0;
};

// A token of the completion of prompt `index`, as it is drawn.
using OnToken =
    std::function<void(std::size_t index, std::int32_t token, float logprob)>;

class Generator {
 public:
  Generator(const Decoder& decoder, const Tokenizer& tokenizer,
            const GeneratorOptions& options = {});

  // One completion a prompt, in the order of the prompts. Consecutive prompts
  // with equal tokens share one forward pass. `on_finish` is called on this
  // thread as each one ends, in the order in which they end, `on_token`
  // for every token, those of one prompt in their order; what either throws
  // ends the call. Throws std::invalid_argument for an empty prompt, one that
  // leaves no room for max_new_tokens below max_positions, an empty stop
  // string, or a parameter out of range.
  [[nodiscard]] std::vector<Completion> Generate(
      std::span<const Prompt> prompts, const SamplingParams& params,
      const std::function<void(const Completion&)>& on_finish = {},
      const OnToken& on_token = {}) const;

 private:
  const Decoder& decoder_;
  const Tokenizer& tokenizer_;
  GeneratorOptions options_;
};

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_GENERATOR_H_
