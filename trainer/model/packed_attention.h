// PackedAttention: causal attention within each sequence of a packed batch. One
// object a batch; its layers share it. Immutable; any thread.

#ifndef TRAINER_MODEL_PACKED_ATTENTION_H_
#define TRAINER_MODEL_PACKED_ATTENTION_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace trainer {

class PackedAttention {
 public:
  // `lengths` as in PackedBatch; they alone say what attends to what.
  PackedAttention(const std::vector<std::int64_t>& lengths, at::Device device);

  // q [T, heads, d], k and v [T, kv_heads, d] -> [T, heads * d].
  // Differentiable.
  [[nodiscard]] at::Tensor operator()(const at::Tensor& q, const at::Tensor& k,
                                      const at::Tensor& v) const;

 private:
  // [T, n, d] -> [B, n * repeat, L, d], each head `repeat` times.
  [[nodiscard]] at::Tensor Unpack(const at::Tensor& packed,
                                  std::int64_t repeat) const;

  std::int64_t sequences_;  // B
  std::int64_t longest_;    // L
  bool padded_;             // the lengths differ
  at::Tensor to_padded_;    // [B * L] -> T; what pads is 0
  at::Tensor to_packed_;    // [T] -> B * L
};

}  // namespace trainer

#endif  // TRAINER_MODEL_PACKED_ATTENTION_H_
