#include "trainer/rollout/kv_cache.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>

namespace trainer {

KvCache::KvCache(const Decoder& decoder, std::int64_t capacity,
                 std::int64_t positions)
    : capacity_(capacity),
      row_numbers_(torch::arange(capacity, decoder.device())),
      position_numbers_(torch::arange(positions, decoder.device())) {
  const ModelConfig& config = decoder.config();
  const at::TensorOptions options =
      at::TensorOptions(decoder.type()).device(decoder.device());
  for (std::int64_t i = 0; i < config.layers; ++i) {
    for (std::vector<at::Tensor>* part : {&keys_, &values_}) {
      part->push_back(torch::zeros(
          {capacity, config.kv_heads, positions, config.head_dim()}, options));
    }
  }
}

void KvCache::Append(const std::vector<at::Tensor>& keys,
                     const std::vector<at::Tensor>& values, std::int64_t begin,
                     std::int64_t length, std::int64_t count) {
  const auto put = [&](const at::Tensor& cache, const at::Tensor& packed) {
    cache.narrow(0, rows_, count)
        .narrow(2, 0, length)
        .copy_(packed.narrow(0, begin, length).transpose(0, 1).unsqueeze(0));
  };
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    put(keys_[i], keys[i]);
    put(values_[i], values[i]);
  }
  rows_ += count;
}

void KvCache::Remove(std::int64_t row) {
  --rows_;
  if (row == rows_) return;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    keys_[i].select(0, row).copy_(keys_[i].select(0, rows_));
    values_[i].select(0, row).copy_(values_[i].select(0, rows_));
  }
}

at::Tensor KvCache::Mask(const at::Tensor& positions,
                         std::int64_t longest) const {
  return (position_numbers_.narrow(0, 0, longest).unsqueeze(0) >
          positions.unsqueeze(1))
      .unsqueeze(1);
}

at::Tensor KvCache::Attend(std::int64_t layer, const at::Tensor& q,
                           const at::Tensor& k, const at::Tensor& v,
                           const at::Tensor& positions, const at::Tensor& mask,
                           std::int64_t longest) {
  const at::Tensor keys =
      keys_[static_cast<std::size_t>(layer)].narrow(0, 0, rows_);
  const at::Tensor values =
      values_[static_cast<std::size_t>(layer)].narrow(0, 0, rows_);
  const at::Tensor rows = row_numbers_.narrow(0, 0, rows_);
  keys.transpose(1, 2).index_put_({rows, positions}, k);
  values.transpose(1, 2).index_put_({rows, positions}, v);

  // The queries that share a key head are rows of one matrix.
  const std::int64_t kv_heads = k.size(1);
  const std::int64_t dim = k.size(2);
  const std::int64_t shared = q.size(1) / kv_heads;
  const std::int64_t pairs = rows_ * kv_heads;
  const at::Tensor seen =
      keys.narrow(2, 0, longest).reshape({pairs, longest, dim});
  const at::Tensor read =
      values.narrow(2, 0, longest).reshape({pairs, longest, dim});
  at::Tensor scores =
      at::bmm(q.reshape({pairs, shared, dim}), seen.transpose(1, 2));
  scores.mul_(1.0 / std::sqrt(static_cast<double>(dim)));
  scores.view({rows_, kv_heads * shared, longest})
      .masked_fill_(mask, -std::numeric_limits<double>::infinity());
  const at::Tensor weights =
      at::softmax(scores, -1, at::kFloat).to(values.scalar_type());
  return at::bmm(weights, read).reshape({rows_, q.size(1) * dim});
}

}  // namespace trainer
