// Child: what runs between clone and exec: the stub init, PID 1 of one run, and
// the program's process up to its execve.
//
// Both share the memory of the agent that starts them (CLONE_VM), the stub for
// its whole life, the program until execve (CLONE_VFORK). So child.cc makes raw
// system calls (raw_call.h) on stacks of its own and nothing else: no
// allocation, no lock, no errno, no function of the C library. What it needs is
// prepared by the agent, borrowed here as plain pointers, and left alone until
// the stub is reaped. It is built without sanitizers.

#ifndef SANDBOX_CHILD_H_
#define SANDBOX_CHILD_H_

#include <linux/filter.h>
#include <sys/resource.h>

#include <cstddef>
#include <cstdint>

#include "sandbox/step.h"

namespace sandbox {

struct ChildLimit {
  unsigned resource = 0;  // RLIMIT_*
  rlimit64 limit{};
};

// Where a status socket lies in every process of a run but the program, and the
// rules of Landlock until they hold.
inline constexpr int kStatusFd = 3;
inline constexpr int kRulesFd = 4;

struct ChildPlan {
  // Standard streams, the status socket, which carries StatusMessage, and the
  // rules of Landlock or -1.
  int fds[kRulesFd + 1] = {-1, -1, -1, -1, -1};
  unsigned uid = 0;            // the program's; its group is the same
  bool changes_user = true;    // false: it has it already
  bool own_pids = true;        // false: no PID namespace of its own (scope.h)
  const char* work = "/w";     // its working directory
  const char* file = nullptr;  // what is executed; found from `work`
  const ChildLimit* limits = nullptr;
  std::size_t limit_count = 0;
  const sock_fprog* lock = nullptr;
  const char* const* argv = nullptr;
  const char* const* envp = nullptr;
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

// Starts the stub init in a new PID namespace, which starts the program, sends
// kStarted, and at its end kEnded. Returns its PID, or -errno, and a pidfd. It
// has no exit signal. One at a time: its stacks are static. Requires: every
// signal is at its default and none is blocked.
[[nodiscard]] long StartStub(const ChildPlan& plan, int* pidfd);

// The same without a program: one that is forked elsewhere (zygote.h) runs in
// its namespace. It holds no descriptor.
[[nodiscard]] long StartEmptyStub(int* pidfd);

// In a fork of a zygote: it becomes the program of `plan`, whose argv and envp
// do not count, or ends with kFailed. Afterwards it has three descriptors.
void BecomeProgramHere(const ChildPlan& plan);

// In the zygote: waits for the end of the program `pid` and sends kEnded.
void WatchProgram(long pid, int status_fd);

// Sends what `trouble` says as kFailed on kStatusFd.
void SendTrouble(int status_fd, const Trouble& trouble);

}  // namespace sandbox

#endif  // SANDBOX_CHILD_H_
