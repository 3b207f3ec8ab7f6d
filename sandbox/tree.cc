#include "sandbox/tree.h"

#include <linux/mount.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "sandbox/program.h"

namespace sandbox {
namespace {

constexpr std::uint64_t kHostFolder =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
constexpr std::uint64_t kDevice =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;

}  // namespace

Tree::Tree(const std::vector<Folder>& folders) {
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
  Add(Kind::kSymlink, "/w/" + std::string(kInputFile), "dev/stdin");
  Add(Kind::kDirectory, "", "w");
  Add(Kind::kTmpfs, "", "w");
  Add(Kind::kDirectory, "", "tmp");
  Add(Kind::kTmpfs, "", "tmp");
  std::vector<Folder> sorted = folders;
  std::sort(sorted.begin(), sorted.end(),  // a folder before what is in it
            [](const auto& a, const auto& b) { return a.target < b.target; });
  for (const Folder& folder : sorted) AddFolder(folder);
}

void Tree::Add(TreeStep::Kind kind, std::string source, std::string target,
               std::uint64_t mount_attributes) {
  steps_.push_back(
      {kind, std::move(source), std::move(target), mount_attributes});
}

// Nothing where an entry holds it already.
void Tree::AddFolder(const Folder& folder) {
  using Kind = TreeStep::Kind;
  std::string path =
      std::filesystem::path(folder.target).lexically_normal().relative_path();
  if (path.ends_with('/')) path.pop_back();
  const auto has = [this](const std::string& target, bool bound) {
    return std::any_of(steps_.begin(), steps_.end(), [&](const TreeStep& e) {
      return e.target == target &&
             (!bound || e.kind == Kind::kBind || e.kind == Kind::kSymlink);
    });
  };
  for (std::size_t end = path.find('/'); end != std::string::npos;
       end = path.find('/', end + 1)) {
    const std::string above = path.substr(0, end);
    if (has(above, true)) return;
    if (!has(above, false)) Add(Kind::kDirectory, "", above);
  }
  if (path.empty() || has(path, true)) return;
  if (!has(path, false)) Add(Kind::kDirectory, "", path);
  Add(Kind::kBind, folder.source, path, kHostFolder);
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

std::string Tree::Name(std::size_t index) const {
  return index < steps_.size() ? "/" + steps_[index].target : "";
}

}  // namespace sandbox
