// Tree: the file system that a program sees. Made once; any thread.
//
// A read-only root of a few entries: the host's /usr (read-only, no set-uid, no
// devices), /bin, /lib and the like as the host has them, four devices, and the
// writable /w (the working directory) and /tmp, fresh for every run and sized.
// /dev/stdin is a link to kInputFile in /w, which is there for the programs that
// say so. There is no /proc, no /sys, no /home, and of /etc only `alternatives`,
// which shared libraries of the distribution may go through. There is no
// /dev/zero: mapped shared, it is memory that no limit counts.

#ifndef SANDBOX_TREE_H_
#define SANDBOX_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/folder.h"

namespace sandbox {

// One step in building it; targets are relative to its root.
struct TreeStep {
  enum class Kind : std::uint8_t {
    kDirectory,  // target
    kFile,       // target, empty: a place to bind to
    kSymlink,    // target -> source
    kBind,       // source, with all below it, at target
    kBindNode,   // a device node, source at target
    kTmpfs,      // target: fresh for every run, sized
  };
  Kind kind;
  std::string source;
  std::string target;
  std::uint64_t mount_attributes;
};

class Tree {
 public:
  // Reads what this host's root looks like (/bin a link or a folder). `folders`
  // are there too.
  explicit Tree(const std::vector<Folder>& folders = {});

  [[nodiscard]] const std::vector<TreeStep>& steps() const { return steps_; }

  // What step `index` makes, e.g. "/usr", for messages.
  [[nodiscard]] std::string Name(std::size_t index) const;

 private:
  void Add(TreeStep::Kind kind, std::string source, std::string target,
           std::uint64_t mount_attributes = 0);
  void AddLikeHost(const std::string& name);
  void AddFolder(const Folder& folder);

  std::vector<TreeStep> steps_;
};

}  // namespace sandbox

#endif  // SANDBOX_TREE_H_
