// Decoding: the sequences of one Generator::Generate that are in progress. Not
// thread-safe. Internal to rollout/.

#ifndef TRAINER_ROLLOUT_DECODING_H_
#define TRAINER_ROLLOUT_DECODING_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "trainer/rollout/generator.h"
#include "trainer/rollout/kv_cache.h"
#include "trainer/rollout/sampler.h"

namespace trainer {

class Decoding {
 public:
  // All but the functions must outlive it. `poll_every` >= 1.
  Decoding(const Decoder& decoder, const Tokenizer& tokenizer,
           const SamplingParams& params, std::span<const Prompt> prompts,
           std::int64_t max_sequences, std::int64_t poll_every,
           std::function<void(const Completion&)> on_finish, OnToken on_token);

  [[nodiscard]] bool done() const {
    return rows_.empty() && next_ == prompts_.size();
  }

  // Fills the free rows with the next prompts and samples the first token of
  // each.
  void Admit();

  // Up to `poll_every` tokens more of each row; then those that ended leave.
  void Advance();

  // By prompt.
  [[nodiscard]] std::vector<Completion> Take() { return std::move(finished_); }

 private:
  struct Row {
    std::uint64_t seed = 0;
    std::int64_t position = 0;  // of the newest token, which is not cached yet
    Completion completion{};
    std::string text{};  // decoded, kept where stop strings are looked for
    bool ended = false;
  };
  // Prompts that share a forward pass: [first, first + count).
  struct Prefix {
    std::size_t first;
    std::size_t count;
  };

  [[nodiscard]] std::vector<Prefix> NextPrefixes() const;
  [[nodiscard]] at::Tensor Prefill(const std::vector<Prefix>& prefixes);
  [[nodiscard]] at::Tensor Decode(std::int64_t ahead);
  // [steps, rows - begin]: of the draws of rows begin.. that come next.
  [[nodiscard]] at::Tensor Uniforms(std::size_t begin,
                                    std::int64_t steps) const;
  [[nodiscard]] SampledTokens Sample(const at::Tensor& hidden,
                                     const at::Tensor& uniforms) const;
  // Gives rows begin.. their next tokens; `tokens`, `logprobs`: [steps, rows].
  void Accept(std::size_t begin, const at::Tensor& tokens,
              const at::Tensor& logprobs);
  void AcceptOne(Row& row, std::int32_t token, float logprob);
  // The rows that ended leave.
  void Leave();

  const Decoder& decoder_;
  const Tokenizer& tokenizer_;
  const SamplingParams& params_;
  std::span<const Prompt> prompts_;
  std::int64_t poll_every_;
  std::function<void(const Completion&)> on_finish_;
  OnToken on_token_;
  KvCache cache_;
  std::vector<Row> rows_;  // row i is row i of cache_
  at::Tensor last_;        // [rows] int64: the newest token of each
  at::Tensor positions_;   // [rows] int64: its position
  std::size_t next_ = 0;   // prompt to admit
  std::vector<Completion> finished_;
};

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_DECODING_H_
