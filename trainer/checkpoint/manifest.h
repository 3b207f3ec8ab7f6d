// Manifest: what a checkpoint's folder must hold, byte by byte, and the state
// of the run that is no tensor. Written last: without it there is no
// checkpoint. Thread-safe: no state.
//
// manifest.json is one line of JSON; its last member, "sha256", is the digest
// of all that stands before it, so that no bit of it can change unseen.

#ifndef TRAINER_CHECKPOINT_MANIFEST_H_
#define TRAINER_CHECKPOINT_MANIFEST_H_

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"

namespace trainer {

inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::uint64_t kMaxManifestBytes = 16 << 20;
inline constexpr std::size_t kMaxCheckpointFiles = 1'000;

struct ManifestEntry {
  std::string name;        // in the folder
  std::uint64_t size = 0;  // bytes
  std::string sha256;      // 64 lower-case hexadecimal digits
};

struct Manifest {
  std::string run_id;
  std::int64_t step = 0;
  std::vector<ManifestEntry> files;  // sorted by name
  boost::json::object fields;        // the caller's
};

// The text of manifest.json. Errors: `fields` that could not be read back
// (depth over 16, not UTF-8), or a text over kMaxManifestBytes. A double that
// is not finite is written as null.
[[nodiscard]] CheckpointResult<std::string> ManifestText(
    const Manifest& manifest);

// Reads it. `path` is for error texts.
[[nodiscard]] CheckpointResult<Manifest> ParseManifest(std::string_view text,
                                                       const std::string& path);

// Whether `name` may name a file of a checkpoint: 1 to 200 bytes of letters,
// digits, '.', '_' and '-', no '.' at the front, not manifest.json.
[[nodiscard]] bool IsCheckpointFileName(std::string_view name);

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_MANIFEST_H_
