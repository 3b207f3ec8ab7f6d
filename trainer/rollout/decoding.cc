#include "trainer/rollout/decoding.h"

#include <torch/torch.h>

#include <algorithm>

#include "trainer/model/packed_attention.h"

namespace trainer {
namespace {

std::int64_t LongestSequence(std::span<const Prompt> prompts,
                             const SamplingParams& params) {
  std::size_t longest = 0;
  for (const Prompt& prompt : prompts) {
    longest = std::max(longest, prompt.tokens.size());
  }
  return static_cast<std::int64_t>(longest) + params.max_new_tokens;
}

std::int64_t Capacity(std::span<const Prompt> prompts,
                      std::int64_t max_sequences) {
  return std::min(max_sequences, static_cast<std::int64_t>(prompts.size()));
}

}  // namespace

Decoding::Decoding(const Decoder& decoder, const Tokenizer& tokenizer,
                   const SamplingParams& params,
                   std::span<const Prompt> prompts, std::int64_t max_sequences,
                   std::int64_t poll_every,
                   std::function<void(const Completion&)> on_finish,
                   OnToken on_token)
    : decoder_(decoder),
      tokenizer_(tokenizer),
      params_(params),
      prompts_(prompts),
      poll_every_(poll_every),
      on_finish_(std::move(on_finish)),
      on_token_(std::move(on_token)),
      cache_(decoder, Capacity(prompts, max_sequences),
             LongestSequence(prompts, params) + poll_every),
      last_(torch::empty(
          {0}, at::TensorOptions(at::kLong).device(decoder.device()))),
      positions_(last_.clone()),
      finished_(prompts.size()) {}

std::vector<Decoding::Prefix> Decoding::NextPrefixes() const {
  const auto room = static_cast<std::size_t>(cache_.capacity() - cache_.rows());
  const std::size_t end = std::min(prompts_.size(), next_ + room);
  std::vector<Prefix> prefixes;
  for (std::size_t i = next_; i < end; ++i) {
    if (i > next_ && prompts_[i].tokens == prompts_[i - 1].tokens) {
      ++prefixes.back().count;
    } else {
      prefixes.push_back({i, 1});
    }
  }
  return prefixes;
}

// The hidden state behind the last token of each prefix, once for each of its
// rows; the rows are in the cache then.
at::Tensor Decoding::Prefill(const std::vector<Prefix>& prefixes) {
  std::vector<std::vector<std::int32_t>> sequences;
  for (const Prefix& prefix : prefixes) {
    sequences.push_back(prompts_[prefix.first].tokens);
  }
  const PackedBatch batch = Pack(sequences, decoder_.device());
  const PackedAttention attention(batch.lengths, decoder_.device());
  std::vector<at::Tensor> keys;
  std::vector<at::Tensor> values;
  const at::Tensor hidden =
      decoder_.Run(batch.tokens, batch.positions,
                   [&](std::int64_t, const at::Tensor& q, const at::Tensor& k,
                       const at::Tensor& v) {
                     keys.push_back(k);
                     values.push_back(v);
                     return attention(q, k, v);
                   });

  std::vector<std::int64_t> ends;  // of each row's prefix in the batch
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < prefixes.size(); ++i) {
    const std::int64_t length = batch.lengths[i];
    const auto count = static_cast<std::int64_t>(prefixes[i].count);
    cache_.Append(keys, values, begin, length, count);
    begin += length;
    ends.insert(ends.end(), prefixes[i].count, begin - 1);
  }
  return hidden.index_select(
      0, torch::tensor(ends, at::kLong).to(decoder_.device()));
}

at::Tensor Decoding::Uniforms(std::size_t begin, std::int64_t steps) const {
  std::vector<double> numbers;
  for (std::int64_t ahead = 0; ahead < steps; ++ahead) {
    for (std::size_t i = begin; i < rows_.size(); ++i) {
      numbers.push_back(
          UniformOf(rows_[i].seed, rows_[i].completion.tokens.size() +
                                       static_cast<std::uint64_t>(ahead)));
    }
  }
  return torch::tensor(numbers, at::kDouble)
      .view({steps, -1})
      .to(decoder_.device());
}

SampledTokens Decoding::Sample(const at::Tensor& hidden,
                               const at::Tensor& uniforms) const {
  return SampleTokens(at::linear(hidden, decoder_.head()), uniforms,
                      params_.temperature, params_.top_p);
}

void Decoding::Admit() {
  const std::vector<Prefix> prefixes = NextPrefixes();
  if (prefixes.empty()) return;
  const at::Tensor hidden = Prefill(prefixes);
  const std::size_t begin = rows_.size();
  std::vector<std::int64_t> positions;
  for (const Prefix& prefix : prefixes) {
    for (std::size_t i = 0; i < prefix.count; ++i, ++next_) {
      Row& row = rows_.emplace_back();
      row.seed = prompts_[next_].seed;
      row.completion.index = next_;
      // The first token is taken in Accept, which moves on by one.
      row.position =
          static_cast<std::int64_t>(prompts_[next_].tokens.size()) - 1;
      positions.push_back(row.position + 1);
    }
  }
  const SampledTokens sampled = Sample(hidden, Uniforms(begin, 1)[0]);
  last_ = at::cat({last_, sampled.tokens});
  positions_ = at::cat(
      {positions_, torch::tensor(positions, at::kLong).to(decoder_.device())});
  Accept(begin, sampled.tokens.unsqueeze(0), sampled.logprobs.unsqueeze(0));
  Leave();
}

// The hidden states behind the newest token of each row, `ahead` steps after
// what the rows know.
at::Tensor Decoding::Decode(std::int64_t ahead) {
  std::int64_t longest = 0;
  for (const Row& row : rows_) {
    longest = std::max(longest, row.position + 1 + ahead);
  }
  const at::Tensor mask = cache_.Mask(positions_, longest);
  // Past the limit is only what is sampled between two polls and dropped.
  const std::int64_t most = decoder_.config().max_positions - 1;
  return decoder_.Run(
      last_, poll_every_ == 1 ? positions_ : positions_.clamp_max(most),
      [&](std::int64_t layer, const at::Tensor& q, const at::Tensor& k,
          const at::Tensor& v) {
        return cache_.Attend(layer, q, k, v, positions_, mask, longest);
      });
}

void Decoding::Advance() {
  if (rows_.empty()) return;
  const at::Tensor uniforms = Uniforms(0, poll_every_);
  std::vector<at::Tensor> tokens;
  std::vector<at::Tensor> logprobs;
  for (std::int64_t ahead = 0; ahead < poll_every_; ++ahead) {
    const SampledTokens sampled = Sample(Decode(ahead), uniforms[ahead]);
    tokens.push_back(sampled.tokens);
    logprobs.push_back(sampled.logprobs);
    last_ = sampled.tokens;
    positions_ = positions_ + 1;
  }
  Accept(0, at::stack(tokens), at::stack(logprobs));
  Leave();
}

void Decoding::Accept(std::size_t begin, const at::Tensor& tokens,
                      const at::Tensor& logprobs) {
  const at::Tensor host_tokens = tokens.to(at::kCPU).contiguous();
  const at::Tensor host_logprobs = logprobs.to(at::kCPU).contiguous();
  const std::int64_t* token = host_tokens.const_data_ptr<std::int64_t>();
  const float* logprob = host_logprobs.const_data_ptr<float>();
  for (std::int64_t step = 0; step < tokens.size(0); ++step) {
    for (std::size_t i = begin; i < rows_.size(); ++i) {
      AcceptOne(rows_[i], static_cast<std::int32_t>(*token++), *logprob++);
    }
  }
}

void Decoding::AcceptOne(Row& row, std::int32_t token, float logprob) {
  if (row.ended) return;
  ++row.position;
  Completion& completion = row.completion;
  completion.tokens.push_back(token);
  completion.logprobs.push_back(logprob);
  if (on_token_) on_token_(completion.index, token, logprob);
  const auto end = [&](FinishReason reason) {
    completion.finish = reason;
    row.ended = true;
  };
  if (token == tokenizer_.eos()) return end(FinishReason::kEos);
  if (!params_.stop.empty()) {
    const std::string piece = tokenizer_.Decode({&token, 1});
    const std::size_t before = row.text.size();
    row.text += piece;
    for (const std::string& stop : params_.stop) {
      const std::size_t from = before - std::min(before, stop.size() - 1);
      if (row.text.find(stop, from) != std::string::npos) {
        return end(FinishReason::kStop);
      }
    }
  }
  if (static_cast<std::int64_t>(completion.tokens.size()) ==
      params_.max_new_tokens) {
    end(FinishReason::kLength);
  }
}

void Decoding::Leave() {
  for (Row& row : rows_) {
    if (!row.ended) continue;
    const std::size_t index = row.completion.index;
    finished_[index] = std::move(row.completion);
    if (on_finish_) on_finish_(finished_[index]);
  }
  std::vector<std::int64_t> kept(rows_.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i] = static_cast<std::int64_t>(i);
  }
  for (std::size_t i = rows_.size(); i-- > 0;) {
    if (!rows_[i].ended) continue;
    cache_.Remove(static_cast<std::int64_t>(i));
    if (i + 1 != rows_.size()) {
      rows_[i] = std::move(rows_.back());
      kept[i] = kept.back();
    }
    rows_.pop_back();
    kept.pop_back();
  }
  if (static_cast<std::int64_t>(kept.size()) == last_.size(0)) return;
  const at::Tensor order = torch::tensor(kept, at::kLong).to(decoder_.device());
  last_ = last_.index_select(0, order);
  positions_ = positions_.index_select(0, order);
}

}  // namespace trainer
