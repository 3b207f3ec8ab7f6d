// PackedBatch: sequences end to end, without padding. Plain values; tensors are
// shared when copied.

#ifndef TRAINER_MODEL_PACKED_BATCH_H_
#define TRAINER_MODEL_PACKED_BATCH_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

namespace trainer {

// T = sum of lengths.
struct PackedBatch {
  at::Tensor tokens;                  // [T] int64
  at::Tensor positions;               // [T] int64, from 0 in each sequence
  std::vector<std::int64_t> lengths;  // on the host; none is 0
};

// Throws std::invalid_argument where there is no sequence or one is empty.
[[nodiscard]] PackedBatch Pack(
    std::span<const std::vector<std::int32_t>> sequences, at::Device device);

}  // namespace trainer

#endif  // TRAINER_MODEL_PACKED_BATCH_H_
