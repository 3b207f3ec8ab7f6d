#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/safetensors.h"
#include "trainer/checkpoint/safetensors_shape.h"
#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

using verifier::protocol::AppendJsonString;

constexpr std::size_t kAlignment = 8;
constexpr std::string_view kWhere = "safetensors";  // errors before a file

using Tensors = std::vector<const TensorBlob*>;

bool IsText(std::string_view text) {
  std::string quoted;
  AppendJsonString(text, quoted);
  const auto value = verifier::protocol::ParseStrictJson(quoted);
  return value && std::string_view(value->get_string()) == text;
}

// What is wrong with `sorted`, or nothing.
CheckpointResult<void> Check(const Tensors& sorted,
                             const SafetensorsMetadata& metadata) {
  const SafetensorsLimits limits;
  const auto error = [](const TensorBlob& tensor, std::string what) {
    return CheckpointError(std::string(kWhere),
                           "tensor " + Quoted(tensor.name) + ": " + what);
  };
  if (sorted.size() > limits.tensors) {
    return CheckpointError(
        std::string(kWhere),
        "more than " + std::to_string(limits.tensors) + " tensors");
  }
  const TensorBlob* before = nullptr;
  for (const TensorBlob* tensor : sorted) {
    if (tensor->name == kMetadataKey || !IsText(tensor->name)) {
      return error(*tensor, "no name for a tensor");
    }
    if (before != nullptr && before->name == tensor->name) {
      return error(*tensor, "is there twice");
    }
    if (tensor->shape.size() > limits.dimensions) {
      return error(*tensor, "more than " + std::to_string(limits.dimensions) +
                                " dimensions");
    }
    const auto bytes = ShapeBytes(tensor->shape, tensor->dtype);
    if (!bytes || static_cast<std::size_t>(*bytes) != tensor->bytes.size()) {
      return error(*tensor, "its bytes do not fit its shape");
    }
    before = tensor;
  }
  for (const auto& [key, text] : metadata) {
    if (!IsText(key) || !IsText(text)) {
      return CheckpointError(std::string(kWhere),
                             "__metadata__: " + Quoted(key) + " is not UTF-8");
    }
  }
  return {};
}

Tensors InOrderOfData(Tensors sorted) {
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const TensorBlob* one, const TensorBlob* other) {
                     return DtypeBytes(one->dtype) > DtypeBytes(other->dtype);
                   });
  return sorted;
}

void AppendEntry(const TensorBlob& tensor, std::size_t begin,
                 std::string& text) {
  AppendJsonString(tensor.name, text);
  text += ":{\"dtype\":\"";
  text += DtypeName(tensor.dtype);
  text += "\",\"shape\":[";
  for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
    if (i != 0) text += ',';
    text += std::to_string(tensor.shape[i]);
  }
  text += "],\"data_offsets\":[" + std::to_string(begin) + "," +
          std::to_string(begin + tensor.bytes.size()) + "]}";
}

std::string HeaderText(const Tensors& sorted, const Tensors& data,
                       const SafetensorsMetadata& metadata) {
  std::map<const TensorBlob*, std::size_t> begins;
  std::size_t at = 0;
  for (const TensorBlob* tensor : data) {
    begins[tensor] = at;
    at += tensor->bytes.size();
  }
  std::string text = "{";
  if (!metadata.empty()) {
    AppendJsonString(kMetadataKey, text);
    text += ":{";
    for (const auto& [key, value] : metadata) {
      if (text.back() != '{') text += ',';
      AppendJsonString(key, text);
      text += ':';
      AppendJsonString(value, text);
    }
    text += '}';
  }
  for (const TensorBlob* tensor : sorted) {
    if (text.size() > 1) text += ',';
    AppendEntry(*tensor, begins[tensor], text);
  }
  text += '}';
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  return text;
}

}  // namespace

CheckpointResult<void> WriteSafetensors(std::span<const TensorBlob> tensors,
                                        const SafetensorsMetadata& metadata,
                                        const SafetensorsSink& sink) {
  Tensors sorted;
  for (const TensorBlob& tensor : tensors) sorted.push_back(&tensor);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const TensorBlob* one, const TensorBlob* other) {
                     return one->name < other->name;
                   });
  if (auto done = Check(sorted, metadata); !done) return done;
  const Tensors data = InOrderOfData(sorted);
  const std::string header = HeaderText(sorted, data, metadata);
  if (header.size() > SafetensorsLimits().header_bytes) {
    return CheckpointError(std::string(kWhere), "the header is over its limit");
  }
  const std::uint64_t length = header.size();
  auto done = sink(std::as_bytes(std::span(&length, 1)));
  if (done) done = sink(AsBytes(header));
  for (const TensorBlob* tensor : data) {
    if (done) done = sink(tensor->bytes);
  }
  return done;
}

CheckpointResult<void> WriteSafetensors(std::span<const TensorBlob> tensors,
                                        const SafetensorsMetadata& metadata,
                                        const std::string& path,
                                        FileSystem& fs) {
  const std::string temporary = path + ".tmp";
  auto file =
      OpenFile::Open(fs, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (!file) return file.error();
  auto done = WriteSafetensors(
      tensors, metadata,
      [&](std::span<const std::byte> bytes) { return file->Write(bytes); });
  if (done) done = file->Fsync();
  if (done) done = file->Close();
  if (done) {
    const int code = fs.Rename(temporary, path);
    if (code < 0) done = SystemError(path, "renaming to it", code);
  }
  if (!done) {
    fs.Remove(temporary);
    return done;
  }
  return SyncDirectory(fs, ParentOf(path));
}

CheckpointResult<std::vector<std::byte>> SafetensorsBytes(
    std::span<const TensorBlob> tensors, const SafetensorsMetadata& metadata) {
  Bytes all;
  const auto done = WriteSafetensors(
      tensors, metadata,
      [&all](std::span<const std::byte> bytes) -> CheckpointResult<void> {
        all.insert(all.end(), bytes.begin(), bytes.end());
        return {};
      });
  if (!done) return done.error();
  return all;
}

}  // namespace trainer
