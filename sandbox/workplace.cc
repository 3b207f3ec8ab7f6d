#include "sandbox/workplace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>
#include <vector>

namespace sandbox {
namespace {

constexpr const char* kParent = "/tmp";
constexpr std::string_view kPrefix = "assay-jail-";
constexpr const char* kFolders[] = {"w", "tmp"};
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::vector<std::string> NamesIn(const Fd& folder) {
  std::vector<std::string> names;
  const int copy = openat(folder.get(), ".", kFolderFlags);
  DIR* const all = copy < 0 ? nullptr : fdopendir(copy);
  while (const dirent* entry = all != nullptr ? readdir(all) : nullptr) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (all != nullptr) closedir(all);
  return names;
}

bool IsFolder(const Fd& parent, const std::string& name) {
  struct stat status {};
  return fstatat(parent.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) ==
             0 &&
         S_ISDIR(status.st_mode);
}

// A folder that its maker may have locked himself out of.
Fd OpenFolder(const Fd& parent, const std::string& name) {
  fchmodat(parent.get(), name.c_str(), 0700, 0);
  return Fd(openat(parent.get(), name.c_str(), kFolderFlags));
}

// Moves the folder `name` of `from` to `to`, under a name that is free there.
bool MoveUp(const Fd& from, const std::string& name, const Fd& to,
            unsigned long* count) {
  fchmodat(from.get(), name.c_str(), 0700, 0);
  for (;;) {
    const std::string free = "#" + std::to_string((*count)++);
    if (renameat(from.get(), name.c_str(), to.get(), free.c_str()) == 0) {
      return true;
    }
    if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR) return false;
  }
}

// What is in `parent`, however deep, with no more than two folders open: what
// is in a folder's folder is moved up before the folder is removed.
bool Empty(const Fd& parent) {
  unsigned long moved = 0;
  for (;;) {
    const std::vector<std::string> names = NamesIn(parent);
    if (names.empty()) return true;
    for (const std::string& name : names) {
      if (!IsFolder(parent, name)) {
        if (unlinkat(parent.get(), name.c_str(), 0) != 0) return false;
        continue;
      }
      const Fd folder = OpenFolder(parent, name);
      for (const std::string& inner : NamesIn(folder)) {
        const bool done = IsFolder(folder, inner)
                              ? MoveUp(folder, inner, parent, &moved)
                              : unlinkat(folder.get(), inner.c_str(), 0) == 0;
        if (!done) return false;
      }
      if (unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR) != 0) return false;
    }
  }
}

// Takes the lock of a workplace that is still there; empty where somebody has
// it, or it is none of ours.
Fd Lock(const std::string& path) {
  Fd folder(open(path.c_str(), kFolderFlags));
  struct stat status {};
  const bool ours = folder && flock(folder.get(), LOCK_EX | LOCK_NB) == 0 &&
                    fstat(folder.get(), &status) == 0 &&
                    status.st_uid == geteuid() && status.st_nlink > 0;
  return ours ? std::move(folder) : Fd();
}

void RemoveLocked(const std::string& path, const Fd& folder) {
  if (Empty(folder)) rmdir(path.c_str());
}

}  // namespace

Trouble Workplace::Make(unsigned uid) {
  uid_ = uid;
  // A sweep may take the first ones before they are locked.
  for (int attempt = 0; attempt < 8 && !folder_; ++attempt) {
    path_ = std::string(kParent) + "/" + std::string(kPrefix) + "XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) break;
    folder_ = Lock(path_);
  }
  if (!folder_) return {Step::kWorkplace, errno};
  if (fchmod(folder_.get(), 0711) != 0) return {Step::kWorkplace, errno};
  return Refresh();
}

Trouble Workplace::Refresh() {
  if (!Empty(folder_)) return {Step::kWorkplace, errno};
  for (const char* name : kFolders) {
    if (const Trouble trouble = MakeFolder(name)) return trouble;
  }
  return {};
}

Trouble Workplace::MakeFolder(const char* name) const {
  const bool made =
      mkdirat(folder_.get(), name, 0700) == 0 &&
      (uid_ == geteuid() ||
       fchownat(folder_.get(), name, uid_, uid_, AT_SYMLINK_NOFOLLOW) == 0);
  return made ? Trouble{} : Trouble{Step::kWorkplace, errno};
}

void Workplace::Remove() {
  if (folder_) RemoveLocked(path_, folder_);
  folder_.Close();
}

void SweepWorkplaces() {
  const Fd parent(open(kParent, kFolderFlags));
  if (!parent) return;
  for (const std::string& name : NamesIn(parent)) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string path = std::string(kParent) + "/" + name;
    if (const Fd folder = Lock(path)) RemoveLocked(path, folder);
  }
}

}  // namespace sandbox
