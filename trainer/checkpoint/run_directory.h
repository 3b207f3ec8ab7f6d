// RunDirectory: a run's folder, held by one process. Two runs that share one
// folder would mix their checkpoints and logs: the second is refused. Of a run
// with several ranks, rank 0 holds the folder. Move-only.

#ifndef TRAINER_CHECKPOINT_RUN_DIRECTORY_H_
#define TRAINER_CHECKPOINT_RUN_DIRECTORY_H_

#include <string>
#include <string_view>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/file_system.h"
#include "trainer/checkpoint/files.h"

namespace trainer {

class RunDirectory {
 public:
  // Makes `path` and its parents where needed, locks `path`/run.lock (flock:
  // the lock ends with the process, however it ends) and reads or makes the
  // run's id. Errors name the process that holds the lock, or say why the
  // folder cannot be written.
  [[nodiscard]] static CheckpointResult<RunDirectory> Open(
      const std::string& path);

  // Absolute, symbolic links resolved: the same whatever happens to a link.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  // 32 hexadecimal digits, drawn at random when the run began.
  [[nodiscard]] const std::string& run_id() const noexcept { return run_id_; }
  // path() + "/" + name.
  [[nodiscard]] std::string Path(std::string_view name) const;

 private:
  RunDirectory(OpenFile lock, std::string path, std::string run_id);

  OpenFile lock_;
  std::string path_;
  std::string run_id_;
};

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_RUN_DIRECTORY_H_
