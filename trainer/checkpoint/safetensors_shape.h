// ShapeBytes: what a shape takes, for the reader and the writer. No state.

#ifndef TRAINER_CHECKPOINT_SAFETENSORS_SHAPE_H_
#define TRAINER_CHECKPOINT_SAFETENSORS_SHAPE_H_

#include <cstdint>
#include <optional>
#include <span>

#include "trainer/checkpoint/safetensors.h"

namespace trainer {

inline constexpr std::string_view kMetadataKey = "__metadata__";

// product(shape) * bytes of a value; nullopt for a negative dimension or past
// 2^63 - 1.
[[nodiscard]] std::optional<std::int64_t> ShapeBytes(
    std::span<const std::int64_t> shape, Dtype dtype);

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_SAFETENSORS_SHAPE_H_
