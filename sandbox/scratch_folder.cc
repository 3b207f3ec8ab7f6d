#include "sandbox/scratch_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <vector>

namespace sandbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLock = "/lock";

JailError SystemError(const std::string& what) {
  return JailError(what + ": " + std::system_category().message(errno));
}

bool IsOurs(const std::string& folder) {
  struct stat status {};
  return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == geteuid();
}

// Its process holds the lock as long as it lives.
void RemoveIfLeft(const std::string& folder) {
  if (!IsOurs(folder)) return;
  const Fd lock(open((folder + kLock).c_str(),
                     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!lock || flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

void RemoveLeft(const fs::path& above, const std::string& name) {
  std::error_code error;
  std::vector<std::string> found;
  for (fs::directory_iterator at(above, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().filename().native().starts_with(name)) {
      found.push_back(at->path());
    }
  }
  for (const std::string& folder : found) RemoveIfLeft(folder);
}

}  // namespace

boost::system::result<ScratchFolder, JailError> ScratchFolder::Make(
    const std::string& name) {
  std::error_code error;
  const fs::path above = fs::temp_directory_path(error);
  if (error) return JailError("temporary files: " + error.message());
  RemoveLeft(above, name);
  std::string path = above / (name + "XXXXXX");
  if (mkdtemp(path.data()) == nullptr) return SystemError("make " + path);
  ScratchFolder made;
  made.path_ = path;
  made.lock_ = Fd(open((path + kLock).c_str(),
                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made.lock_ || flock(made.lock_.get(), LOCK_EX) != 0) {
    return SystemError("lock " + path);
  }
  return made;
}

ScratchFolder::~ScratchFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace sandbox
