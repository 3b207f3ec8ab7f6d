#include <algorithm>
#include <bit>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstring>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/safetensors.h"
#include "trainer/checkpoint/safetensors_shape.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

static_assert(std::endian::native == std::endian::little);

namespace json = boost::json;

constexpr std::size_t kLengthBytes = 8;

struct Range {
  std::int64_t begin = 0;  // bytes from the end of the header
  std::int64_t end = 0;
};

// One header, read tensor by tensor.
class Header {
 public:
  Header(const std::string& path, const SafetensorsLimits& limits,
         std::span<const std::byte> data)
      : path_(path), limits_(limits), data_(data) {}

  CheckpointResult<void> Read(std::string_view text);
  std::vector<TensorBlob>& tensors() { return tensors_; }
  SafetensorsMetadata& metadata() { return metadata_; }

 private:
  CheckpointError Error(std::string what) const { return {path_, what}; }
  CheckpointError Error(std::string_view tensor, std::string what) const {
    return {path_, "tensor " + Quoted(tensor) + ": " + what};
  }
  CheckpointResult<void> ReadMetadata(const json::value& value);
  CheckpointResult<void> ReadTensor(std::string_view name,
                                    const json::value& value);
  CheckpointResult<std::vector<std::int64_t>> ReadShape(
      std::string_view name, const json::object& entry) const;
  CheckpointResult<Range> ReadRange(std::string_view name,
                                    const json::object& entry) const;
  CheckpointResult<void> CheckCover();

  const std::string& path_;
  const SafetensorsLimits& limits_;
  std::span<const std::byte> data_;
  std::vector<TensorBlob> tensors_;
  std::vector<std::pair<Range, std::string>> ranges_;
  SafetensorsMetadata metadata_;
};

CheckpointResult<void> Header::ReadMetadata(const json::value& value) {
  if (!value.is_object()) return Error("__metadata__ must be an object");
  for (const auto& [key, text] : value.get_object()) {
    if (!text.is_string()) {
      return Error("__metadata__: " + Quoted(key) + " must be a string");
    }
    metadata_.emplace(std::string(key), std::string(text.get_string()));
  }
  return {};
}

CheckpointResult<std::vector<std::int64_t>> Header::ReadShape(
    std::string_view name, const json::object& entry) const {
  const json::value* value = entry.if_contains("shape");
  if (value == nullptr || !value->is_array()) {
    return Error(name, "\"shape\" must be an array");
  }
  const json::array& sizes = value->get_array();
  if (sizes.size() > limits_.dimensions) {
    return Error(name, "has " + std::to_string(sizes.size()) +
                           " dimensions, over the limit of " +
                           std::to_string(limits_.dimensions));
  }
  std::vector<std::int64_t> shape;
  for (const json::value& size : sizes) {
    if (!size.is_int64() || size.get_int64() < 0) {
      return Error(name, "\"shape\" must hold integers from 0 to 2^63 - 1");
    }
    shape.push_back(size.get_int64());
  }
  return shape;
}

CheckpointResult<Range> Header::ReadRange(std::string_view name,
                                          const json::object& entry) const {
  const json::value* value = entry.if_contains("data_offsets");
  const json::array* pair = value == nullptr ? nullptr : value->if_array();
  if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_int64() ||
      !(*pair)[1].is_int64()) {
    return Error(name, "\"data_offsets\" must be two integers");
  }
  const Range range{(*pair)[0].get_int64(), (*pair)[1].get_int64()};
  const auto size = static_cast<std::int64_t>(data_.size());
  if (range.begin < 0 || range.end < range.begin || range.end > size) {
    return Error(name, "\"data_offsets\" lie outside the " +
                           std::to_string(size) + " bytes of data");
  }
  return range;
}

CheckpointResult<void> Header::ReadTensor(std::string_view name,
                                          const json::value& value) {
  const json::object* entry = value.if_object();
  if (entry == nullptr) return Error(name, "must be an object");
  for (const auto& [key, unused] : *entry) {
    if (key != "dtype" && key != "shape" && key != "data_offsets") {
      return Error(name, "unknown key " + Quoted(key));
    }
  }
  const json::value* kind = entry->if_contains("dtype");
  if (kind == nullptr || !kind->is_string()) {
    return Error(name, "\"dtype\" must be a string");
  }
  const auto dtype = DtypeFromName(std::string_view(kind->get_string()));
  if (!dtype) {
    return Error(name, "dtype " + Quoted(kind->get_string()) +
                           " is not supported (F64, F32, BF16, F16, I64, I32 "
                           "and U8 are)");
  }
  auto shape = ReadShape(name, *entry);
  if (!shape) return shape.error();
  const auto range = ReadRange(name, *entry);
  if (!range) return range.error();
  const auto bytes = ShapeBytes(*shape, *dtype);
  if (!bytes) return Error(name, "the size of its shape overflows 63 bits");
  if (*bytes != range->end - range->begin) {
    return Error(name, "its shape takes " + std::to_string(*bytes) +
                           " bytes, its \"data_offsets\" give " +
                           std::to_string(range->end - range->begin));
  }
  ranges_.emplace_back(*range, std::string(name));
  tensors_.push_back({std::string(name), *dtype, std::move(*shape),
                      data_.subspan(static_cast<std::size_t>(range->begin),
                                    static_cast<std::size_t>(*bytes))});
  return {};
}

// Every byte of the data belongs to one tensor.
CheckpointResult<void> Header::CheckCover() {
  std::sort(ranges_.begin(), ranges_.end(),
            [](const auto& one, const auto& other) {
              return std::pair(one.first.begin, one.first.end) <
                     std::pair(other.first.begin, other.first.end);
            });
  std::int64_t at = 0;
  for (const auto& [range, name] : ranges_) {
    if (range.begin < at) {
      return Error(name, "overlaps the tensor before it");
    }
    if (range.begin > at) {
      return Error(name, "a hole of " + std::to_string(range.begin - at) +
                             " bytes lies before it");
    }
    at = range.end;
  }
  const auto size = static_cast<std::int64_t>(data_.size());
  if (at != size) {
    return Error(std::to_string(size - at) +
                 " bytes after the last tensor belong to none");
  }
  return {};
}

CheckpointResult<void> Header::Read(std::string_view text) {
  if (!text.starts_with('{')) return Error("the header must begin with '{'");
  verifier::protocol::JsonLimits json_limits;
  json_limits.members = limits_.tensors + 1;
  const auto value = verifier::protocol::ParseStrictJson(text, json_limits);
  if (!value) {
    return Error("the header is not valid JSON at byte " +
                 std::to_string(kLengthBytes + value.error().offset) + ": " +
                 value.error().detail);
  }
  const json::object& entries = value->get_object();
  const bool has_metadata = entries.contains(kMetadataKey);
  if (entries.size() - (has_metadata ? 1 : 0) > limits_.tensors) {
    return Error("more than " + std::to_string(limits_.tensors) + " tensors");
  }
  tensors_.reserve(entries.size());
  for (const auto& [name, entry] : entries) {
    auto done =
        name == kMetadataKey ? ReadMetadata(entry) : ReadTensor(name, entry);
    if (!done) return done;
  }
  std::sort(tensors_.begin(), tensors_.end(),
            [](const TensorBlob& one, const TensorBlob& other) {
              return one.name < other.name;
            });
  return CheckCover();
}

}  // namespace

std::size_t DtypeBytes(Dtype dtype) noexcept {
  switch (dtype) {
    case Dtype::kF64:
    case Dtype::kI64:
      return 8;
    case Dtype::kF32:
    case Dtype::kI32:
      return 4;
    case Dtype::kBF16:
    case Dtype::kF16:
      return 2;
    case Dtype::kU8:
      return 1;
  }
  return 1;
}

std::string_view DtypeName(Dtype dtype) noexcept {
  constexpr std::string_view kNames[] = {"F64", "F32", "BF16", "F16",
                                         "I64", "I32", "U8"};
  return kNames[static_cast<std::size_t>(dtype)];
}

std::optional<Dtype> DtypeFromName(std::string_view name) {
  for (const Dtype dtype : {Dtype::kF64, Dtype::kF32, Dtype::kBF16, Dtype::kF16,
                            Dtype::kI64, Dtype::kI32, Dtype::kU8}) {
    if (DtypeName(dtype) == name) return dtype;
  }
  return std::nullopt;
}

std::optional<std::int64_t> ShapeBytes(std::span<const std::int64_t> shape,
                                       Dtype dtype) {
  auto bytes = static_cast<std::int64_t>(DtypeBytes(dtype));
  for (const std::int64_t size : shape) {
    if (size < 0 || __builtin_mul_overflow(bytes, size, &bytes)) {
      return std::nullopt;
    }
  }
  return bytes;
}

const TensorBlob* SafetensorsFile::Find(std::string_view name) const {
  const auto found =
      std::lower_bound(tensors_.begin(), tensors_.end(), name,
                       [](const TensorBlob& tensor, std::string_view wanted) {
                         return tensor.name < wanted;
                       });
  return found != tensors_.end() && found->name == name ? &*found : nullptr;
}

CheckpointResult<SafetensorsFile> ParseSafetensors(
    std::vector<std::byte> bytes, const std::string& path,
    const SafetensorsLimits& limits) {
  if (bytes.size() < kLengthBytes) {
    return CheckpointError(path, "is cut off: " + std::to_string(bytes.size()) +
                                     " bytes, the length of the header takes "
                                     "8");
  }
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > limits.header_bytes) {
    return CheckpointError(path, "a header of " + std::to_string(length) +
                                     " bytes, over the limit of " +
                                     std::to_string(limits.header_bytes));
  }
  if (length > bytes.size() - kLengthBytes) {
    return CheckpointError(path, "is cut off in its header of " +
                                     std::to_string(length) + " bytes");
  }
  SafetensorsFile file;
  file.bytes_ = std::move(bytes);
  const std::span<const std::byte> all = file.bytes_;
  const auto text = AsText(all.subspan(kLengthBytes, length));
  Header header(path, limits, all.subspan(kLengthBytes + length));
  if (auto done = header.Read(text); !done) return done.error();
  file.tensors_ = std::move(header.tensors());
  file.metadata_ = std::move(header.metadata());
  return file;
}

CheckpointResult<SafetensorsFile> ReadSafetensors(
    const std::string& path, const SafetensorsLimits& limits) {
  auto bytes = ReadWholeFile(RealFileSystem(), path);
  if (!bytes) return bytes.error();
  return ParseSafetensors(std::move(*bytes), path, limits);
}

}  // namespace trainer
