#include "trainer/checkpoint/manifest.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/sha256.h"
#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "assay-checkpoint-1";
constexpr std::string_view kDigestKey = ",\"sha256\":\"";
constexpr std::string_view kEnd = "\"}\n";
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kTailBytes =
    kDigestKey.size() + kDigestDigits + kEnd.size();
constexpr std::size_t kMaxFieldDepth = 16;

verifier::protocol::JsonLimits Limits() {
  verifier::protocol::JsonLimits limits;
  limits.depth = kMaxFieldDepth;
  return limits;
}

// The depth of the deepest array or object, 0 for other values. The values are
// the caller's own: no one else chooses the depth of the recursion.
std::size_t DepthOf(const json::value& value) {
  std::size_t depth = 0;
  if (const json::array* array = value.if_array()) {
    for (const json::value& item : *array) {
      depth = std::max(depth, DepthOf(item));
    }
    return depth + 1;
  }
  if (const json::object* object = value.if_object()) {
    for (const auto& [key, item] : *object) {
      depth = std::max(depth, DepthOf(item));
    }
    return depth + 1;
  }
  return 0;
}

std::optional<ManifestEntry> ReadEntry(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const json::value* name = object->if_contains("name");
  const json::value* size = object->if_contains("size");
  const json::value* digest = object->if_contains("sha256");
  if (name == nullptr || !name->is_string() || size == nullptr ||
      !size->is_int64() || size->get_int64() < 0 || digest == nullptr ||
      !digest->is_string()) {
    return std::nullopt;
  }
  ManifestEntry entry{std::string(name->get_string()),
                      static_cast<std::uint64_t>(size->get_int64()),
                      std::string(digest->get_string())};
  if (!IsCheckpointFileName(entry.name)) return std::nullopt;
  return entry;
}

CheckpointResult<Manifest> ReadManifest(const json::object& object,
                                        const std::string& path) {
  const json::value* format = object.if_contains("format");
  if (format == nullptr || !format->is_string() ||
      std::string_view(format->get_string()) != kFormat) {
    return CheckpointError(path, "\"format\" must be " + Quoted(kFormat));
  }
  const json::value* run_id = object.if_contains("run_id");
  const json::value* step = object.if_contains("step");
  const json::value* files = object.if_contains("files");
  const json::value* fields = object.if_contains("fields");
  if (run_id == nullptr || !run_id->is_string() || step == nullptr ||
      !step->is_int64() || files == nullptr || !files->is_array() ||
      fields == nullptr || !fields->is_object()) {
    return CheckpointError(path,
                           "\"run_id\", \"step\", \"files\" or "
                           "\"fields\" is missing or of another type");
  }
  Manifest manifest;
  manifest.run_id = std::string(run_id->get_string());
  manifest.step = step->get_int64();
  manifest.fields = fields->get_object();
  for (const json::value& value : files->get_array()) {
    auto entry = ReadEntry(value);
    if (!entry) return CheckpointError(path, "\"files\" is malformed");
    if (!manifest.files.empty() && manifest.files.back().name >= entry->name) {
      return CheckpointError(path, "\"files\" must be sorted, each once");
    }
    manifest.files.push_back(std::move(*entry));
  }
  return manifest;
}

}  // namespace

bool IsCheckpointFileName(std::string_view name) {
  constexpr std::size_t kMostBytes = 200;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kMostBytes && name.front() != '.' &&
         name != kManifestName &&
         std::all_of(name.begin(), name.end(), allowed);
}

CheckpointResult<std::string> ManifestText(const Manifest& manifest) {
  const std::string path(kManifestName);
  // One level is the manifest itself.
  if (DepthOf(manifest.fields) + 1 > kMaxFieldDepth) {
    return CheckpointError(path, "the fields are nested too deep");
  }
  json::array files;
  for (const ManifestEntry& entry : manifest.files) {
    files.push_back(json::object{
        {"name", entry.name}, {"size", entry.size}, {"sha256", entry.sha256}});
  }
  std::string text =
      verifier::protocol::JsonText(json::object{{"format", kFormat},
                                                {"run_id", manifest.run_id},
                                                {"step", manifest.step},
                                                {"files", std::move(files)},
                                                {"fields", manifest.fields}});
  text.pop_back();  // the brace; kEnd closes
  const std::string digest = Sha256Hex(AsBytes(text));
  text.append(kDigestKey).append(digest).append(kEnd);
  if (text.size() > kMaxManifestBytes) {
    return CheckpointError(
        path,
        "over the limit of " + std::to_string(kMaxManifestBytes) + " bytes");
  }
  const auto again = ParseManifest(text, path);
  if (!again) return again.error();
  return text;
}

CheckpointResult<Manifest> ParseManifest(std::string_view text,
                                         const std::string& path) {
  if (text.size() < kTailBytes || !text.ends_with(kEnd)) {
    return CheckpointError(path, "is cut off or does not end in its digest");
  }
  const std::string_view head = text.substr(0, text.size() - kTailBytes);
  const std::string_view tail = text.substr(head.size());
  if (!tail.starts_with(kDigestKey) ||
      tail.substr(kDigestKey.size(), kDigestDigits) !=
          Sha256Hex(AsBytes(head))) {
    return CheckpointError(path, "its own digest does not match");
  }
  const auto value = verifier::protocol::ParseStrictJson(text, Limits());
  if (!value || !value->is_object()) {
    return CheckpointError(
        path, "is not valid JSON" +
                  (value ? std::string() : ": " + value.error().detail));
  }
  return ReadManifest(value->get_object(), path);
}

}  // namespace trainer
