#include "trainer/checkpoint/store.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/sha256.h"

namespace trainer {
namespace {

constexpr std::string_view kPrefix = "step_";
constexpr std::string_view kTemporary = ".tmp";
constexpr std::string_view kOld = ".old.tmp";  // replaced, to be removed

// The step of a name that FolderName made, else nothing.
std::optional<std::int64_t> StepOf(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  const std::string_view digits = name.substr(kPrefix.size());
  std::int64_t step = -1;
  const auto end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, step);
  if (read.ec != std::errc() || read.ptr != end || step < 0 ||
      CheckpointStore::FolderName(step) != name) {
    return std::nullopt;
  }
  return step;
}

// step_N.tmp or step_N.old.tmp.
bool IsLeftover(std::string_view name) {
  for (const std::string_view suffix : {kOld, kTemporary}) {
    if (name.ends_with(suffix)) {
      return StepOf(name.substr(0, name.size() - suffix.size())).has_value();
    }
  }
  return false;
}

void Notice(std::vector<std::string>* notices, const CheckpointError& error) {
  if (notices != nullptr) notices->push_back(error.ToString());
}

CheckpointResult<std::vector<ManifestEntry>> Entries(
    const std::string& folder, std::span<const CheckpointFile> files) {
  if (files.size() > kMaxCheckpointFiles) {
    return CheckpointError(
        folder, "more than " + std::to_string(kMaxCheckpointFiles) + " files");
  }
  std::vector<ManifestEntry> entries;
  for (const CheckpointFile& file : files) {
    if (!IsCheckpointFileName(file.name)) {
      return CheckpointError(folder, Quoted(file.name) + " may not be a name");
    }
    entries.push_back({file.name, file.bytes.size(), Sha256Hex(file.bytes)});
  }
  std::sort(entries.begin(), entries.end(),
            [](const ManifestEntry& one, const ManifestEntry& other) {
              return one.name < other.name;
            });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (entries[i - 1].name == entries[i].name) {
      return CheckpointError(folder,
                             Quoted(entries[i].name) + " is there twice");
    }
  }
  return entries;
}

// Whether the folder holds what the manifest names and nothing else.
CheckpointResult<void> CheckNames(const std::string& folder,
                                  const std::vector<std::string>& names,
                                  const Manifest& manifest) {
  std::set<std::string_view> wanted{kManifestName};
  for (const ManifestEntry& entry : manifest.files) wanted.insert(entry.name);
  for (const std::string& name : names) {
    if (wanted.erase(name) == 0) {
      return CheckpointError(folder + "/" + name,
                             "an extra file, not in the manifest");
    }
  }
  if (!wanted.empty()) {
    return CheckpointError(folder + "/" + std::string(*wanted.begin()),
                           "is missing");
  }
  return {};
}

CheckpointResult<CheckpointFile> ReadFile(FileSystem& fs,
                                          const std::string& folder,
                                          const ManifestEntry& entry) {
  const std::string path = folder + "/" + entry.name;
  auto bytes = ReadWholeFile(fs, path, entry.size);
  if (!bytes) return bytes.error();
  if (bytes->size() != entry.size) {
    return CheckpointError(path, "has " + std::to_string(bytes->size()) +
                                     " bytes, the manifest says " +
                                     std::to_string(entry.size));
  }
  if (Sha256Hex(*bytes) != entry.sha256) {
    return CheckpointError(path, "its SHA-256 is not that of the manifest");
  }
  return CheckpointFile{entry.name, std::move(*bytes)};
}

CheckpointResult<LoadedCheckpoint> Verify(FileSystem& fs,
                                          const std::string& folder,
                                          std::int64_t step,
                                          const std::string& run_id) {
  // Also an error for a symbolic link: what it points to is not ours to trust.
  const auto is_folder =
      OpenFile::Open(fs, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  if (!is_folder) return is_folder.error();
  std::vector<std::string> names;
  const int code = fs.List(folder, names);
  if (code < 0) return SystemError(folder, "listing", code);
  const std::string path = folder + "/" + std::string(kManifestName);
  if (!std::binary_search(names.begin(), names.end(), kManifestName)) {
    return CheckpointError(path, "is missing");
  }
  const auto text = ReadWholeFile(fs, path, kMaxManifestBytes);
  if (!text) return text.error();
  auto manifest = ParseManifest(AsText(*text), path);
  if (!manifest) return manifest.error();
  if (manifest->run_id != run_id) {
    return CheckpointError(path, "belongs to run " + Quoted(manifest->run_id) +
                                     ", this is run " + Quoted(run_id));
  }
  if (manifest->step != step) {
    return CheckpointError(path,
                           "is of step " + std::to_string(manifest->step) +
                               ", its folder of step " + std::to_string(step));
  }
  if (auto done = CheckNames(folder, names, *manifest); !done) {
    return done.error();
  }
  LoadedCheckpoint loaded{step, folder, {}, std::move(manifest->fields)};
  for (const ManifestEntry& entry : manifest->files) {
    auto file = ReadFile(fs, folder, entry);
    if (!file) return file.error();
    loaded.files.push_back(std::move(*file));
  }
  return loaded;
}

}  // namespace

const CheckpointFile* LoadedCheckpoint::Find(std::string_view name) const {
  const auto found =
      std::find_if(files.begin(), files.end(),
                   [name](const auto& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

CheckpointStore::CheckpointStore(std::string path, std::string run_id,
                                 std::size_t keep, FileSystem& fs)
    : path_(std::move(path)), run_id_(std::move(run_id)), keep_(keep), fs_(fs) {
  if (keep_ < 2) throw std::invalid_argument("CheckpointStore: keep < 2");
}

std::string CheckpointStore::FolderName(std::int64_t step) {
  std::string digits = std::to_string(step);
  constexpr std::size_t kDigits = 6;
  if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
  return std::string(kPrefix) + digits;
}

// Ascending; empty where the folder does not exist yet.
CheckpointResult<std::vector<std::int64_t>> CheckpointStore::Steps() {
  std::vector<std::string> names;
  const int code = fs_.List(path_, names);
  std::vector<std::int64_t> steps;
  if (code == -ENOENT) return steps;
  if (code < 0) return SystemError(path_, "listing", code);
  for (const std::string& name : names) {
    if (const auto step = StepOf(name)) steps.push_back(*step);
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

CheckpointResult<void> CheckpointStore::MakeFolder() {
  const int code = fs_.MakeDirectory(path_);
  if (code == -EEXIST) return {};
  if (code < 0) return SystemError(path_, "making the folder", code);
  return SyncDirectory(fs_, ParentOf(path_));
}

CheckpointResult<void> CheckpointStore::RemoveLeftovers(
    std::vector<std::string>* notices) {
  std::vector<std::string> names;
  const int code = fs_.List(path_, names);
  if (code < 0) return SystemError(path_, "listing", code);
  for (const std::string& name : names) {
    if (!IsLeftover(name)) continue;
    const auto done = RemoveFolder(fs_, path_ + "/" + name);
    if (!done) Notice(notices, done.error());
  }
  return {};
}

CheckpointResult<void> CheckpointStore::Write(
    const std::string& folder, std::int64_t step,
    std::span<const CheckpointFile> files, const boost::json::object& fields) {
  auto entries = Entries(folder, files);
  if (!entries) return entries.error();
  const auto text = ManifestText({run_id_, step, std::move(*entries), fields});
  if (!text) return text.error();
  const int code = fs_.MakeDirectory(folder);
  if (code < 0) return SystemError(folder, "making the folder", code);
  for (const CheckpointFile& file : files) {
    auto done = WriteAndSync(fs_, folder + "/" + file.name, file.bytes);
    if (!done) return done;
  }
  auto done = WriteAndSync(fs_, folder + "/" + std::string(kManifestName),
                           AsBytes(*text));
  if (!done) return done;
  return SyncDirectory(fs_, folder);
}

// The temporary folder becomes the checkpoint.
CheckpointResult<void> CheckpointStore::Publish(std::int64_t step) {
  const std::string folder = path_ + "/" + FolderName(step);
  const std::string temporary = folder + std::string(kTemporary);
  int code = fs_.Rename(temporary, folder);
  if (code == -ENOTEMPTY || code == -EEXIST) {
    // The step is there already: swapped at once, the old one is a leftover.
    code = fs_.Exchange(temporary, folder);
    if (code == -EINVAL || code == -ENOSYS) {
      // A disk that cannot swap: for a moment only older steps are there.
      const std::string old = folder + std::string(kOld);
      code = fs_.Rename(folder, old);
      if (code == 0) code = fs_.Rename(temporary, folder);
      if (code < 0) static_cast<void>(fs_.Rename(old, folder));
    }
  }
  if (code < 0) return SystemError(folder, "renaming to it", code);
  return SyncDirectory(fs_, path_);
}

CheckpointResult<void> CheckpointStore::Save(
    std::int64_t step, std::span<const CheckpointFile> files,
    const boost::json::object& fields, std::vector<std::string>* notices) {
  if (step < 0) return CheckpointError(path_, "a step below 0");
  if (auto done = MakeFolder(); !done) return done;
  if (auto done = RemoveLeftovers(notices); !done) return done;
  const std::string temporary =
      path_ + "/" + FolderName(step) + std::string(kTemporary);
  if (auto done = Write(temporary, step, files, fields); !done) {
    // Gives the space back; what stays is removed by the next Save.
    static_cast<void>(RemoveFolder(fs_, temporary));
    return done;
  }
  good_.erase(step);  // until it is committed again
  if (auto done = Publish(step); !done) return done;
  good_.insert(step);
  Prune(notices);
  return {};
}

void CheckpointStore::Prune(std::vector<std::string>* notices) {
  if (good_.size() > keep_) {
    auto oldest = good_.end();
    std::advance(oldest, -static_cast<std::ptrdiff_t>(keep_));
    good_.erase(good_.begin(), oldest);
  }
  if (good_.size() == keep_) {
    const auto steps = Steps();
    if (!steps) return Notice(notices, steps.error());
    bool renamed = false;
    for (const std::int64_t step : *steps) {
      if (step >= *good_.begin()) break;
      // Renamed first: no half-removed folder under a checkpoint's name.
      const std::string folder = path_ + "/" + FolderName(step);
      const int code = fs_.Rename(folder, folder + std::string(kOld));
      if (code < 0) Notice(notices, SystemError(folder, "removing", code));
      renamed = renamed || code == 0;
    }
    if (renamed) {
      const auto synced = SyncDirectory(fs_, path_);
      if (!synced) return Notice(notices, synced.error());
    }
  }
  const auto done = RemoveLeftovers(notices);
  if (!done) Notice(notices, done.error());
}

CheckpointResult<LoadedCheckpoint> CheckpointStore::Load(std::int64_t step) {
  auto loaded = Verify(fs_, path_ + "/" + FolderName(step), step, run_id_);
  if (loaded) good_.insert(step);
  return loaded;
}

CheckpointResult<std::optional<LoadedCheckpoint>> CheckpointStore::LoadNewest(
    std::vector<std::string>* rejected) {
  const auto steps = Steps();
  if (!steps) return steps.error();
  for (auto step = steps->rbegin(); step != steps->rend(); ++step) {
    auto loaded = Load(*step);
    if (loaded) return std::optional(std::move(*loaded));
    Notice(rejected, loaded.error());
  }
  return std::optional<LoadedCheckpoint>();
}

}  // namespace trainer
