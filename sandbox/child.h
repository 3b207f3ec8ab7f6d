// What runs between clone and exec: the stub init (PID 1 of the jail) and the
// program's process up to its execve.
//
// The child is a copy of one thread of a process with many: a lock that another
// thread held stays held for ever. So child.cc makes raw system calls and
// nothing else: no allocation, no locks, no C++ run time, no library function
// but syscall(2)'s wrapper. Everything it needs is prepared by the parent and
// borrowed here as plain pointers. It is built without sanitizers, whose run
// time is not safe there.

#ifndef SANDBOX_CHILD_H_
#define SANDBOX_CHILD_H_

#include <linux/filter.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace sandbox {

// One step in building the tree; paths are relative to its root.
struct TreeStep {
  enum class Kind : std::uint8_t {
    kDirectory,  // target
    kFile,       // target, empty: a place to bind to
    kSymlink,    // target -> source
    kBind,       // source, with all below it, at target, read-only
    kBindNode,   // a device node, source at target
    kTmpfs,      // target, with options
  };
  Kind kind;
  const char* source;
  const char* target;
  const char* options;
  std::uint64_t mount_attributes;
};

struct ChildFile {
  const char* path;  // absolute, inside the jail
  const char* data;
  std::size_t size;
  unsigned mode;
};

struct ChildLimit {
  unsigned resource;  // RLIMIT_*
  rlimit64 limit;
};

template <typename T>
struct View {
  const T* begin_ptr = nullptr;
  std::size_t count = 0;
  const T* begin() const { return begin_ptr; }
  const T* end() const { return begin_ptr + count; }
};

struct ChildPlan {
  int stdin_fd = -1;
  int stdout_fd = -1;
  int stderr_fd = -1;
  int status_fd = -1;  // a SOCK_SEQPACKET socket; carries StatusMessage

  // With a user namespace: the maps to write. Without: null, and the program's
  // process changes to `uid`.
  const char* uid_map = nullptr;
  const char* gid_map = nullptr;
  unsigned uid = 0;

  bool hands_out_work = false;  // a descriptor of /w, with kWork

  View<TreeStep> tree;
  View<ChildFile> files;
  View<ChildLimit> limits;
  const sock_fprog* filter = nullptr;
  const char* const* argv = nullptr;
  const char* const* envp = nullptr;
};

// Where the child was when a call failed.
enum class Step : std::uint8_t {
  kNone,
  kDescriptors,
  kSignals,
  kParent,
  kUserMap,
  kPrivateMounts,
  kRootMount,
  kTree,
  kReadOnly,
  kPivot,
  kHostName,
  kFiles,
  kHandOut,
  kFork,
  kOomScore,
  kLimits,
  kCapabilities,
  kUser,
  kSeccomp,
  kExec,
};

struct StatusMessage {
  enum class Kind : std::uint8_t {
    kFailed,
    kWork,  // carries a descriptor of /w, for looking up files only
    kStarted,
    kEnded,
  };
  Kind kind{};
  Step step{};                  // kFailed
  std::uint16_t index = 0;      // kFailed: which of the step's items
  std::int32_t error = 0;       // kFailed: errno
  std::int64_t time_ns = 0;     // when it was sent, CLOCK_MONOTONIC
  std::int32_t wait_code = 0;   // kEnded: as wait4 gives it
  std::int64_t cpu_us = 0;      // kEnded
  std::int64_t max_rss_kb = 0;  // kEnded
};

// Starts the stub init in new namespaces. Returns its PID and a pidfd, or -1
// and errno. Its exit signal is none: only waitid with __WALL sees it.
// Requires: every signal is blocked in the calling thread.
[[nodiscard]] pid_t StartChild(const ChildPlan& plan, int* pidfd);

}  // namespace sandbox

#endif  // SANDBOX_CHILD_H_
