#include "sandbox/tree.h"

#include <linux/mount.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace sandbox {
namespace {

constexpr std::uint64_t kHostFolder =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
constexpr std::uint64_t kDevice =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
constexpr std::uint64_t kTemporary =
    MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

}  // namespace

Tree::Tree() {
  using Kind = TreeStep::Kind;
  Add(Kind::kDirectory, "", "usr");
  Add(Kind::kBind, "/usr", "usr", kHostFolder);
  for (const char* name : {"bin", "lib", "lib64", "sbin"}) AddLikeHost(name);
  std::error_code ignored;
  if (std::filesystem::is_directory("/etc/alternatives", ignored)) {
    Add(Kind::kDirectory, "", "etc");
    Add(Kind::kDirectory, "", "etc/alternatives");
    Add(Kind::kBind, "/etc/alternatives", "etc/alternatives",
        kHostFolder | MOUNT_ATTR_NOEXEC);
  }
  Add(Kind::kDirectory, "", "dev");
  for (const char* name : {"null", "full", "urandom"}) {
    const std::string target = std::string("dev/") + name;
    Add(Kind::kFile, "", target);
    Add(Kind::kBindNode, "/" + target, target, kDevice);
  }
  Add(Kind::kSymlink, "urandom", "dev/random");
  Add(Kind::kDirectory, "", "w");
  Add(Kind::kTmpfs, "", "w", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
  Add(Kind::kDirectory, "", "tmp");
  Add(Kind::kTmpfs, "", "tmp", kTemporary);
}

void Tree::Add(TreeStep::Kind kind, std::string source, std::string target,
               std::uint64_t mount_attributes) {
  entries_.push_back(
      {kind, std::move(source), std::move(target), mount_attributes});
}

void Tree::AddLikeHost(const std::string& name) {
  using Kind = TreeStep::Kind;
  const std::filesystem::path path = "/" + name;
  std::error_code ignored;
  if (std::filesystem::is_symlink(path, ignored)) {
    Add(Kind::kSymlink, std::filesystem::read_symlink(path, ignored), name);
  } else if (std::filesystem::is_directory(path, ignored)) {
    Add(Kind::kDirectory, "", name);
    Add(Kind::kBind, path, name, kHostFolder);
  }
}

std::vector<TreeStep> Tree::Steps(const char* work_options) const {
  std::vector<TreeStep> steps;
  steps.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    steps.push_back({entry.kind, entry.source.c_str(), entry.target.c_str(),
                     work_options, entry.mount_attributes});
  }
  return steps;
}

std::string Tree::Name(std::size_t index) const {
  return index < entries_.size() ? "/" + entries_[index].target : "";
}

}  // namespace sandbox
