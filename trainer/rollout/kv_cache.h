// KvCache: keys and values of the sequences that are being decoded. Rows
// 0..rows() - 1 are in use, without gaps. Not thread-safe.
//
// d: head_dim. Memory: layers x 2 x capacity x kv_heads x positions x d values.

#ifndef TRAINER_ROLLOUT_KV_CACHE_H_
#define TRAINER_ROLLOUT_KV_CACHE_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "trainer/model/decoder.h"

namespace trainer {

class KvCache {
 public:
  // Room for `capacity` sequences of `positions` tokens, for the sizes, type
  // and device of `decoder`.
  KvCache(const Decoder& decoder, std::int64_t capacity,
          std::int64_t positions);

  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] std::int64_t capacity() const { return capacity_; }

  // Makes `count` more rows that all begin with the tokens [begin, begin +
  // length) of a packed forward; `keys` and `values`: of each layer,
  // [T, kv_heads, d]. Requires room.
  void Append(const std::vector<at::Tensor>& keys,
              const std::vector<at::Tensor>& values, std::int64_t begin,
              std::int64_t length, std::int64_t count);

  // Removes row `row`; the last row takes its place.
  void Remove(std::int64_t row);

  // Decodes one token of each row in `layer`: puts k and v [rows, kv_heads, d]
  // at `positions` [rows], and attends from q [rows, heads, d] to what stands
  // at 0..positions of its row: [rows, heads * d]. `longest`: the largest of
  // `positions` + 1, known on the host; `mask`: of Mask(positions, longest).
  [[nodiscard]] at::Tensor Attend(std::int64_t layer, const at::Tensor& q,
                                  const at::Tensor& k, const at::Tensor& v,
                                  const at::Tensor& positions,
                                  const at::Tensor& mask, std::int64_t longest);

  // [rows, 1, longest]: true where a row must not look.
  [[nodiscard]] at::Tensor Mask(const at::Tensor& positions,
                                std::int64_t longest) const;

 private:
  std::int64_t capacity_;
  std::int64_t rows_ = 0;
  at::Tensor row_numbers_;          // [capacity] int64
  at::Tensor position_numbers_;     // [positions] int64
  std::vector<at::Tensor> keys_;    // of each layer
  std::vector<at::Tensor> values_;  // [capacity, kv_heads, positions, d]
};

}  // namespace trainer

#endif  // TRAINER_ROLLOUT_KV_CACHE_H_
