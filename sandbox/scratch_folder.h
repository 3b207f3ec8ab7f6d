// ScratchFolder: a folder of this process alone, gone with it. What processes
// that were killed have left is removed when the next one makes its own. Not
// for sharing between threads.

#ifndef SANDBOX_SCRATCH_FOLDER_H_
#define SANDBOX_SCRATCH_FOLDER_H_

#include <boost/system/result.hpp>
#include <string>
#include <utility>

#include "sandbox/fd.h"
#include "sandbox/probe.h"

namespace sandbox {

class ScratchFolder {
 public:
  // Below the folder for temporary files (TMPDIR), with a name that begins with
  // `name` and a random end; only its owner can enter it. Folders of the same
  // user and `name` whose process is gone are removed.
  [[nodiscard]] static boost::system::result<ScratchFolder, JailError> Make(
      const std::string& name);

  ScratchFolder() = default;  // none
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&& other) noexcept
      : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
  Fd lock_;  // held as long as the folder is
};

}  // namespace sandbox

#endif  // SANDBOX_SCRATCH_FOLDER_H_
