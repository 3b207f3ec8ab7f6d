#include "trainer/stages/model_files.h"

#include <stdexcept>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/stages/tensor_blob.h"

namespace trainer {
namespace {

constexpr std::uint64_t kMaxTextBytes = std::uint64_t{64} << 20;

CheckpointFile TextFile(std::string name, const std::string& text) {
  const auto bytes = AsBytes(text);
  return {std::move(name), {bytes.begin(), bytes.end()}};
}

CheckpointResult<std::string> ReadText(const std::string& path) {
  auto bytes = ReadWholeFile(RealFileSystem(), path, kMaxTextBytes);
  if (bytes.has_error()) return bytes.error();
  return std::string(AsText(*bytes));
}

}  // namespace

std::string_view TypeName(at::ScalarType type) {
  if (type == at::kFloat) return "float32";
  if (type == at::kBFloat16) return "bfloat16";
  throw std::logic_error("TypeName: neither float32 nor bfloat16");
}

at::ScalarType TypeFromName(std::string_view name) {
  if (name == "float32") return at::kFloat;
  if (name == "bfloat16") return at::kBFloat16;
  throw std::invalid_argument("TypeFromName: neither float32 nor bfloat16");
}

CheckpointResult<std::vector<CheckpointFile>> ModelFiles(const Model& model) {
  const Decoder& decoder = model.decoder;
  auto weights = TensorBytes(decoder.named());
  if (weights.has_error()) return weights.error();
  std::vector<CheckpointFile> files;
  files.push_back(TextFile("config.json",
                           decoder.config().ToJson(TypeName(decoder.type()))));
  files.push_back({"model.safetensors", *std::move(weights)});
  files.push_back(TextFile("tokenizer.json", model.tokenizer.ToJson()));
  return files;
}

CheckpointResult<void> WriteModel(const Model& model, const std::string& path) {
  FileSystem& fs = RealFileSystem();
  auto files = ModelFiles(model);
  if (files.has_error()) return files.error();
  const std::string temporary = path + ".tmp";
  (void)RemoveFolder(fs, temporary);  // of a crash; else MakeDirectory says why
  if (const int code = fs.MakeDirectory(temporary); code < 0) {
    return SystemError(temporary, "cannot make", code);
  }
  for (const CheckpointFile& file : *files) {
    auto written = WriteAndSync(fs, temporary + '/' + file.name, file.bytes);
    if (written.has_error()) return written.error();
  }
  if (auto synced = SyncDirectory(fs, temporary); synced.has_error()) {
    return synced.error();
  }
  (void)RemoveFolder(fs, path);  // mostly not there; else Rename says why
  if (const int code = fs.Rename(temporary, path); code < 0) {
    return SystemError(path, "cannot rename to", code);
  }
  return SyncDirectory(fs, ParentOf(path));
}

CheckpointResult<Model> ReadModel(const std::string& path, at::Device device,
                                  at::ScalarType type) {
  auto config_text = ReadText(path + "/config.json");
  if (config_text.has_error()) return config_text.error();
  auto config = ModelConfig::FromJson(*config_text);
  if (config.has_error()) {
    return CheckpointError(path + "/config.json", config.error().detail);
  }
  auto tokenizer_text = ReadText(path + "/tokenizer.json");
  if (tokenizer_text.has_error()) return tokenizer_text.error();
  auto tokenizer = Tokenizer::FromJson(*tokenizer_text);
  if (tokenizer.has_error()) {
    return CheckpointError(path + "/tokenizer.json", tokenizer.error().detail);
  }
  if (config->vocab_size != static_cast<std::int64_t>(tokenizer->size())) {
    return CheckpointError(path + "/config.json",
                           "vocab_size " + std::to_string(config->vocab_size) +
                               " is not the tokenizer's " +
                               std::to_string(tokenizer->size()));
  }
  const std::string weights_path = path + "/model.safetensors";
  auto weights = ReadWholeFile(RealFileSystem(), weights_path);
  if (weights.has_error()) return weights.error();
  Model model{*std::move(tokenizer), Decoder(*config, type, device)};
  auto read =
      ReadTensors(*std::move(weights), weights_path, model.decoder.named());
  if (read.has_error()) return read.error();
  return model;
}

}  // namespace trainer
