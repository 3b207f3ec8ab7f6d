// Tensors as the bytes of a safetensors file, and back. Any thread.

#ifndef TRAINER_STAGES_TENSOR_BLOB_H_
#define TRAINER_STAGES_TENSOR_BLOB_H_

#include <ATen/core/Tensor.h>

#include <string>
#include <utility>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/safetensors.h"

namespace trainer {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

// `tensors` as a file in memory. Errors: as SafetensorsBytes.
[[nodiscard]] CheckpointResult<std::vector<std::byte>> TensorBytes(
    const NamedTensors& tensors);

// Copies each tensor of `file` into the one of its name. An error, and nothing
// is copied: one is missing or left over, or of another shape or type.
// float32 may be read into bfloat16 and back.
[[nodiscard]] CheckpointResult<void> ReadTensors(std::vector<std::byte> file,
                                                 const std::string& path,
                                                 const NamedTensors& tensors);

}  // namespace trainer

#endif  // TRAINER_STAGES_TENSOR_BLOB_H_
