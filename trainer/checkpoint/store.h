// CheckpointStore: the checkpoints of one run. A step is committed whole or not
// at all: a crash, a full disk or a failing one at any point leaves the older
// ones as they are.
//
//   checkpoints/step_000120/   manifest.json and the files it names
//   checkpoints/step_000160.tmp/   being written, or left by a crash
//
// The commit: step_N.tmp/ -> each file written and synced -> manifest.json,
// last -> the folder synced -> renamed to step_N -> the parent synced: that is
// the commit -> only then older ones are removed.
//
// For one thread at a time, and one process: hold a RunDirectory. Calls block
// on the disk.

#ifndef TRAINER_CHECKPOINT_STORE_H_
#define TRAINER_CHECKPOINT_STORE_H_

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/file_system.h"
#include "trainer/checkpoint/manifest.h"

namespace trainer {

// A file of a checkpoint. Its name: see IsCheckpointFileName.
struct CheckpointFile {
  std::string name{};
  std::vector<std::byte> bytes{};
};

struct LoadedCheckpoint {
  std::int64_t step = 0;
  std::string path{};                   // its folder
  std::vector<CheckpointFile> files{};  // sorted by name
  boost::json::object fields{};         // as given to Save

  // nullptr where there is none.
  [[nodiscard]] const CheckpointFile* Find(std::string_view name) const;
};

class CheckpointStore {
 public:
  // `path` is made at the first Save; its parent must exist. `run_id` is that
  // of the RunDirectory: checkpoints of another run are not loaded. `fs` must
  // outlive the store. Throws std::invalid_argument where keep < 2: with one,
  // a bad sector takes all.
  CheckpointStore(std::string path, std::string run_id, std::size_t keep = 2,
                  FileSystem& fs = RealFileSystem());

  // Commits `files` and `fields` (config digest, dataset digest and cursor,
  // RNG of every stream, world size, code version) as `step`, >= 0, replacing
  // an older checkpoint of that step. On an error the older checkpoints are as
  // they were; the caller may try again. What could not be cleaned up after
  // the commit is no error: it is named in `notices`, where given.
  //
  // Removed are checkpoints older than the `keep` newest ones that this store
  // saved or loaded itself, so that a broken one never counts.
  [[nodiscard]] CheckpointResult<void> Save(
      std::int64_t step, std::span<const CheckpointFile> files,
      const boost::json::object& fields,
      std::vector<std::string>* notices = nullptr);

  // The newest checkpoint that verifies in every byte: sizes, digests, no file
  // missing or extra, its step and its run. Nothing: there is none. Each newer
  // one that was passed over is named in `rejected`, with the reason. An error:
  // the folder itself cannot be listed. Memory: one checkpoint.
  [[nodiscard]] CheckpointResult<std::optional<LoadedCheckpoint>> LoadNewest(
      std::vector<std::string>* rejected = nullptr);

  // One checkpoint by its step, verified.
  [[nodiscard]] CheckpointResult<LoadedCheckpoint> Load(std::int64_t step);

  // "step_000120".
  [[nodiscard]] static std::string FolderName(std::int64_t step);

 private:
  CheckpointResult<std::vector<std::int64_t>> Steps();
  CheckpointResult<void> MakeFolder();
  CheckpointResult<void> RemoveLeftovers(std::vector<std::string>* notices);
  CheckpointResult<void> Write(const std::string& folder, std::int64_t step,
                               std::span<const CheckpointFile> files,
                               const boost::json::object& fields);
  CheckpointResult<void> Publish(std::int64_t step);
  void Prune(std::vector<std::string>* notices);

  std::string path_;
  std::string run_id_;
  std::size_t keep_;
  FileSystem& fs_;
  std::set<std::int64_t> good_;  // saved or loaded by this store
};

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_STORE_H_
