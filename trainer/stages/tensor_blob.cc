#include "trainer/stages/tensor_blob.h"

#include <torch/torch.h>

#include <cstring>
#include <optional>
#include <stdexcept>

namespace trainer {
namespace {

Dtype DtypeOf(at::ScalarType type) {
  switch (type) {
    case at::kFloat:
      return Dtype::kF32;
    case at::kBFloat16:
      return Dtype::kBF16;
    case at::kDouble:
      return Dtype::kF64;
    case at::kLong:
      return Dtype::kI64;
    default:
      throw std::logic_error("DtypeOf: a type that is not saved");
  }
}

std::optional<at::ScalarType> TypeOf(Dtype dtype) {
  switch (dtype) {
    case Dtype::kF32:
      return at::kFloat;
    case Dtype::kBF16:
      return at::kBFloat16;
    case Dtype::kF64:
      return at::kDouble;
    case Dtype::kI64:
      return at::kLong;
    default:
      return std::nullopt;
  }
}

std::string ShapeText(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t size : shape) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  }
  return text + ']';
}

}  // namespace

CheckpointResult<std::vector<std::byte>> TensorBytes(
    const NamedTensors& tensors) {
  NamedTensors host;
  std::vector<TensorBlob> blobs;
  for (const auto& [name, tensor] : tensors) {
    host.emplace_back(name, tensor.detach().to(at::kCPU).contiguous());
    const at::Tensor& kept = host.back().second;
    blobs.push_back({name,
                     DtypeOf(kept.scalar_type()),
                     kept.sizes().vec(),
                     {static_cast<const std::byte*>(kept.const_data_ptr()),
                      kept.nbytes()}});
  }
  return SafetensorsBytes(blobs, {{"format", "pt"}});
}

CheckpointResult<void> ReadTensors(std::vector<std::byte> file,
                                   const std::string& path,
                                   const NamedTensors& tensors) {
  auto read = ParseSafetensors(std::move(file), path);
  if (read.has_error()) return read.error();
  std::vector<at::Tensor> sources;
  for (const auto& [name, tensor] : tensors) {
    const TensorBlob* blob = read->Find(name);
    if (blob == nullptr) return CheckpointError(path, name + " is missing");
    const auto type = TypeOf(blob->dtype);
    const bool same = type == tensor.scalar_type();
    const bool floating = type && at::isFloatingType(*type) &&
                          at::isFloatingType(tensor.scalar_type());
    if (blob->shape != tensor.sizes().vec() || !(same || floating)) {
      return CheckpointError(
          path, name + " is " + std::string(DtypeName(blob->dtype)) + ' ' +
                    ShapeText(blob->shape) + ", expected " +
                    std::string(DtypeName(DtypeOf(tensor.scalar_type()))) +
                    ' ' + ShapeText(tensor.sizes().vec()));
    }
    at::Tensor source = torch::empty(blob->shape, *type);
    std::memcpy(source.mutable_data_ptr(), blob->bytes.data(),
                blob->bytes.size());
    sources.push_back(source);
  }
  if (read->tensors().size() != tensors.size()) {
    return CheckpointError(
        path, "holds " + std::to_string(read->tensors().size()) +
                  " tensors, expected " + std::to_string(tensors.size()));
  }
  const torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    at::Tensor target = tensors[i].second;
    target.copy_(sources[i]);
  }
  return {};
}

}  // namespace trainer
