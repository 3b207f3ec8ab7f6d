// Safetensors: named tensors in one file, the format of Hugging Face
// (https://github.com/huggingface/safetensors, "Format"). Little-endian
// machines only. Thread-safe: no state beyond the values.
//
//   8 bytes   N, the length of the header, little-endian
//   N bytes   JSON: {"__metadata__": {string: string},
//             name: {"dtype", "shape", "data_offsets": [begin, end]}}, spaces
//   the rest  the tensors, row-major, without holes
//
// The reader trusts nothing: a file that breaks a rule is an error that names
// the rule and the tensor, never a crash or a large allocation.

#ifndef TRAINER_CHECKPOINT_SAFETENSORS_H_
#define TRAINER_CHECKPOINT_SAFETENSORS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/file_system.h"

namespace trainer {

enum class Dtype { kF64, kF32, kBF16, kF16, kI64, kI32, kU8 };

[[nodiscard]] std::size_t DtypeBytes(Dtype dtype) noexcept;      // of a value
[[nodiscard]] std::string_view DtypeName(Dtype dtype) noexcept;  // e.g. "F32"
[[nodiscard]] std::optional<Dtype> DtypeFromName(std::string_view name);

struct SafetensorsLimits {
  std::size_t header_bytes = 100'000'000;  // as the reference reader has it
  std::size_t tensors = 100'000;
  std::size_t dimensions = 16;
};

// A tensor and its bytes, which someone else owns: the SafetensorsFile it was
// read from, or who writes it. An empty shape is one value.
struct TensorBlob {
  std::string name{};
  Dtype dtype = Dtype::kF32;
  std::vector<std::int64_t> shape{};
  std::span<const std::byte> bytes{};
};

using SafetensorsMetadata = std::map<std::string, std::string>;

// A file in memory. Moves (the tensors stay valid), never copies.
class SafetensorsFile {
 public:
  SafetensorsFile(SafetensorsFile&&) = default;
  SafetensorsFile& operator=(SafetensorsFile&&) = default;

  // Sorted by name. The bytes are valid as long as this object.
  [[nodiscard]] const std::vector<TensorBlob>& tensors() const {
    return tensors_;
  }
  // nullptr where there is none.
  [[nodiscard]] const TensorBlob* Find(std::string_view name) const;
  [[nodiscard]] const SafetensorsMetadata& metadata() const {
    return metadata_;
  }

 private:
  friend CheckpointResult<SafetensorsFile> ParseSafetensors(
      std::vector<std::byte> bytes, const std::string& path,
      const SafetensorsLimits& limits);
  SafetensorsFile() = default;

  std::vector<std::byte> bytes_;
  std::vector<TensorBlob> tensors_;
  SafetensorsMetadata metadata_;
};

// Reads a file whole. Memory: its size, and about ten times its header.
[[nodiscard]] CheckpointResult<SafetensorsFile> ReadSafetensors(
    const std::string& path, const SafetensorsLimits& limits = {});

// The same from memory. `path` is for error texts.
[[nodiscard]] CheckpointResult<SafetensorsFile> ParseSafetensors(
    std::vector<std::byte> bytes, const std::string& path = "safetensors",
    const SafetensorsLimits& limits = {});

// Takes the next bytes of the file. An error ends the writing.
using SafetensorsSink =
    std::function<CheckpointResult<void>(std::span<const std::byte>)>;

// Writes a file piece by piece: the same bytes for the same tensors in any
// order (keys sorted by name; data by width, widest first, then by name, so
// that every tensor is aligned). Errors: what the reader would refuse, before
// the first byte; the sink's.
[[nodiscard]] CheckpointResult<void> WriteSafetensors(
    std::span<const TensorBlob> tensors, const SafetensorsMetadata& metadata,
    const SafetensorsSink& sink);

// The same to a file, by way of `path`.tmp and rename, synced.
[[nodiscard]] CheckpointResult<void> WriteSafetensors(
    std::span<const TensorBlob> tensors, const SafetensorsMetadata& metadata,
    const std::string& path, FileSystem& fs = RealFileSystem());

// The same to memory, for CheckpointStore::Save.
[[nodiscard]] CheckpointResult<std::vector<std::byte>> SafetensorsBytes(
    std::span<const TensorBlob> tensors,
    const SafetensorsMetadata& metadata = {});

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_SAFETENSORS_H_
