// CompletionBatch: sequences whose completions count, packed for one forward
// pass. The prompt's tokens are context: no loss, no logits.

#ifndef TRAINER_STAGES_COMPLETION_BATCH_H_
#define TRAINER_STAGES_COMPLETION_BATCH_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "trainer/loss/token_logprobs.h"
#include "trainer/model/decoder.h"
#include "trainer/model/packed_batch.h"
#include "trainer/tokenizer/tokenizer.h"

namespace trainer {

struct Example {
  std::vector<std::int32_t> tokens{};  // bos, prompt, completion, mostly eos
  std::size_t prompt_length = 0;       // of them, with bos; at least 1

  [[nodiscard]] std::int64_t completion_length() const {
    return static_cast<std::int64_t>(tokens.size() - prompt_length);
  }
};

// bos and the tokens of `text`.
[[nodiscard]] std::vector<std::int32_t> PromptTokens(const Tokenizer& tokenizer,
                                                     std::string_view text);

// bos, prompt, completion, eos.
[[nodiscard]] Example ExampleOf(const Tokenizer& tokenizer,
                                std::string_view prompt,
                                std::string_view completion);

struct CompletionBatch {
  PackedBatch packed{};
  at::Tensor rows;     // [C] int64: the positions that predict a completion's
  at::Tensor targets;  // [C] int64: what they are to predict
  std::vector<std::int64_t> lengths{};  // completion tokens of each; sum C
};

// Throws std::invalid_argument for an example without prompt or completion.
[[nodiscard]] CompletionBatch MakeCompletionBatch(
    std::span<const Example> examples, at::Device device);

// Of each completion token, [C].
[[nodiscard]] TokenLogprobs CompletionLogprobs(const Decoder& decoder,
                                               const CompletionBatch& batch,
                                               double temperature = 1.0);

// Consecutive examples [first, second) of at most `most_tokens` tokens each,
// and one at least.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> MicroBatches(
    std::span<const Example> examples, std::size_t most_tokens);

// Tokens of one forward and backward pass: bounds its memory.
inline constexpr std::size_t kMicroBatchTokens = 16'384;

}  // namespace trainer

#endif  // TRAINER_STAGES_COMPLETION_BATCH_H_
