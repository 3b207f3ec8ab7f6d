#include "sandbox/mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>

#include "sandbox/limits.h"

namespace sandbox {
namespace {

// Hidden until the root is entered: no folder of a jail lies below it.
constexpr const char* kRootPlace = "/proc";
constexpr const char* kRootOptions = "size=64k,nr_inodes=256,mode=755";

long SetAttributes(const char* path, unsigned flags, std::uint64_t set) {
  mount_attr attributes{};
  attributes.attr_set = set;
  return syscall(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes,
                 sizeof(attributes));
}

// At /w, whose files may be executed, and at /tmp, whose may not.
long MountWork(const char* target, const Work& work) {
  const std::string id = std::to_string(work.uid);
  const std::string options = "mode=700,uid=" + id + ",gid=" + id +
                              ",nr_inodes=" + std::to_string(kMaxFiles) +
                              ",size=" + std::to_string(work.bytes);
  const bool executes = std::string(target).ends_with("w");
  unsigned long flags = MS_NOSUID | MS_NODEV;
  if (!executes) flags |= MS_NOEXEC;
  return mount("tmpfs", target, "tmpfs", flags, options.c_str());
}

long Bind(const TreeStep& step) {
  const char* target = step.target.c_str();
  if (mount(step.source.c_str(), target, nullptr, MS_BIND | MS_REC, nullptr) !=
      0) {
    return -1;
  }
  return SetAttributes(target, AT_RECURSIVE, step.mount_attributes);
}

long Build(const TreeStep& step, const Work& work) {
  using Kind = TreeStep::Kind;
  switch (step.kind) {
    case Kind::kDirectory:
      return mkdir(step.target.c_str(), 0755);
    case Kind::kFile:
      return mknod(step.target.c_str(), S_IFREG | 0444, 0);
    case Kind::kSymlink:
      return symlink(step.source.c_str(), step.target.c_str());
    case Kind::kTmpfs:
      return MountWork(step.target.c_str(), work);
    case Kind::kBind:
    case Kind::kBindNode:
      break;
  }
  return Bind(step);
}

Trouble BuildTree(const Tree& tree, const Work& work) {
  std::size_t index = 0;
  for (const TreeStep& step : tree.steps()) {
    if (Build(step, work) != 0) return {Step::kTree, errno, index};
    ++index;
  }
  return {};
}

Trouble Pivot() {
  if (syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 ||
      chdir("/") != 0) {
    return {Step::kPivot, errno};
  }
  return {};
}

}  // namespace

Trouble EnterTree(const Tree& tree, const Work& work) {
  umask(0);
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return {Step::kPrivateMounts, errno};
  }
  if (mount("tmpfs", kRootPlace, "tmpfs", MS_NOSUID | MS_NODEV, kRootOptions) !=
          0 ||
      chdir(kRootPlace) != 0) {
    return {Step::kRootMount, errno};
  }
  if (const Trouble trouble = BuildTree(tree, work)) return trouble;
  if (SetAttributes(".", 0, MOUNT_ATTR_RDONLY) != 0) {
    return {Step::kReadOnly, errno};
  }
  return Pivot();
}

Trouble MountFresh(const Work& work) {
  for (const char* target : {"/w", "/tmp"}) {
    if (umount2(target, MNT_DETACH) != 0 || MountWork(target, work) != 0) {
      return {Step::kFresh, errno};
    }
  }
  return {};
}

}  // namespace sandbox
