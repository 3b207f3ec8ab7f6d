#include "sandbox/child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/securebits.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <type_traits>

namespace sandbox {
namespace {

constexpr int kStatusFd = 3;
constexpr int kLastSignal = 64;
constexpr int kLastCapability = 63;
// Hidden until the root is entered: no folder of a jail lies below it, and the
// child has opened what it needs of it.
constexpr char kRootPlace[] = "/proc";
constexpr char kRootOptions[] = "size=64k,nr_inodes=256,mode=755";

// Every argument fills its register: an int through `...` may leave rubbish in
// the upper half.
template <typename T>
long Word(T value) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<long>(value);
  } else if constexpr (std::is_null_pointer_v<T>) {
    return 0;
  } else {
    return static_cast<long>(value);
  }
}

template <typename... Args>
long Call(long number, Args... args) {
  return syscall(number, Word(args)...);
}

[[noreturn]] void Exit(int code) {
  for (;;) Call(SYS_exit_group, code);
}

// A failed call, with the index of the item it was about.
struct Failure {
  int error = 0;
  std::size_t index = 0;
};

constexpr Failure kDone{};

Failure Failed(std::size_t index = 0) { return {errno, index}; }

std::int64_t Now() {
  timespec time{};
  Call(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void Send(StatusMessage message) {
  message.time_ns = Now();
  Call(SYS_write, kStatusFd, &message, sizeof(message));
}

void Check(Step step, Failure failure) {
  if (failure.error == 0) return;
  Send({.kind = StatusMessage::Kind::kFailed,
        .step = step,
        .index = static_cast<std::uint16_t>(failure.index),
        .error = failure.error});
  Exit(1);
}

// The four descriptors become 0 to 3; every other one is closed.
Failure MoveDescriptors(const ChildPlan& plan) {
  const int from[] = {plan.stdin_fd, plan.stdout_fd, plan.stderr_fd,
                      plan.status_fd};
  long copies[4];
  for (int i = 0; i < 4; ++i) {
    copies[i] = Call(SYS_fcntl, from[i], F_DUPFD, kStatusFd + 1);
    if (copies[i] < 0) return Failed();
  }
  for (int i = 0; i < 4; ++i) {
    const int flags = i == kStatusFd ? O_CLOEXEC : 0;
    if (Call(SYS_dup3, copies[i], i, flags) < 0) return Failed();
  }
  if (Call(SYS_close_range, kStatusFd + 1, ~0U, 0) < 0) return Failed();
  return kDone;
}

// The kernel's struct sigaction, whose zero is the default action.
struct KernelAction {
  void* handler;
  unsigned long flags;
  void* restorer;
  unsigned long mask;
};

Failure ResetSignals() {
  const KernelAction action{};
  for (int signal = 1; signal <= kLastSignal; ++signal) {
    if (signal == SIGKILL || signal == SIGSTOP) continue;
    if (Call(SYS_rt_sigaction, signal, &action, nullptr, 8) < 0) {
      return Failed();
    }
  }
  return kDone;
}

// The jail dies with the thread that started it.
Failure FollowParent() {
  if (Call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) return Failed();
  // It may have died before that call; then nobody holds the other end.
  pollfd status{kStatusFd, 0, 0};
  if (Call(SYS_poll, &status, 1, 0) > 0) Exit(1);
  if (Call(SYS_setsid) < 0) return Failed();
  return kDone;
}

Failure WriteOnce(int folder, const char* path, const char* text) {
  std::size_t size = 0;
  while (text[size] != '\0') ++size;
  const long fd = Call(SYS_openat, folder, path, O_WRONLY | O_CLOEXEC, 0);
  if (fd < 0) return Failed();
  if (Call(SYS_write, fd, text, size) != static_cast<long>(size)) {
    return Failed();
  }
  Call(SYS_close, fd);
  return kDone;
}

Failure MapUser(const ChildPlan& plan) {
  if (plan.uid_map == nullptr) return kDone;
  // The files of a process that is not dumpable belong to root.
  if (Call(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0) < 0) return Failed();
  Failure failure = WriteOnce(AT_FDCWD, "/proc/self/setgroups", "deny");
  if (failure.error != 0) return failure;
  failure = WriteOnce(AT_FDCWD, "/proc/self/uid_map", plan.uid_map);
  if (failure.error != 0) return failure;
  return WriteOnce(AT_FDCWD, "/proc/self/gid_map", plan.gid_map);
}

Failure SetAttributes(const char* path, unsigned flags, std::uint64_t set) {
  mount_attr attributes{};
  attributes.attr_set = set;
  if (Call(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes,
           sizeof(attributes)) < 0) {
    return Failed();
  }
  return kDone;
}

Failure Bind(const TreeStep& step) {
  if (Call(SYS_mount, step.source, step.target, nullptr, MS_BIND | MS_REC,
           nullptr) < 0) {
    return Failed();
  }
  return SetAttributes(step.target, AT_RECURSIVE, step.mount_attributes);
}

Failure Build(const TreeStep& step) {
  using Kind = TreeStep::Kind;
  long done = -1;
  switch (step.kind) {
    case Kind::kDirectory:
      done = Call(SYS_mkdir, step.target, 0755);
      break;
    case Kind::kFile:
      done = Call(SYS_mknod, step.target, S_IFREG | 0444, 0);
      break;
    case Kind::kSymlink:
      done = Call(SYS_symlink, step.source, step.target);
      break;
    case Kind::kTmpfs:
      done = Call(SYS_mount, "tmpfs", step.target, "tmpfs",
                  MS_NOSUID | MS_NODEV, step.options);
      if (done == 0)
        return SetAttributes(step.target, 0, step.mount_attributes);
      break;
    case Kind::kBind:
    case Kind::kBindNode:
      return Bind(step);
  }
  return done < 0 ? Failed() : kDone;
}

Failure BuildTree(const ChildPlan& plan) {
  std::size_t index = 0;
  for (const TreeStep& step : plan.tree) {
    Failure failure = Build(step);
    failure.index = index++;
    if (failure.error != 0) return failure;
  }
  return kDone;
}

Failure MountRoot() {
  if (Call(SYS_mount, "tmpfs", kRootPlace, "tmpfs", MS_NOSUID | MS_NODEV,
           kRootOptions) < 0) {
    return Failed();
  }
  return Call(SYS_chdir, kRootPlace) < 0 ? Failed() : kDone;
}

Failure Pivot() {
  if (Call(SYS_pivot_root, ".", ".") < 0) return Failed();
  if (Call(SYS_umount2, ".", MNT_DETACH) < 0) return Failed();
  return Call(SYS_chdir, "/w") < 0 ? Failed() : kDone;
}

Failure WriteFile(const ChildFile& file) {
  const long fd = Call(SYS_openat, AT_FDCWD, file.path,
                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file.mode);
  if (fd < 0) return Failed();
  std::size_t done = 0;
  while (done < file.size) {
    const long wrote = Call(SYS_write, fd, file.data + done, file.size - done);
    if (wrote <= 0) return Failed();
    done += static_cast<std::size_t>(wrote);
  }
  Call(SYS_close, fd);
  return kDone;
}

Failure WriteFiles(const ChildPlan& plan) {
  std::size_t index = 0;
  for (const ChildFile& file : plan.files) {
    Failure failure = WriteFile(file);
    failure.index = index++;
    if (failure.error != 0) return failure;
  }
  return kDone;
}

// Before anything untrusted runs: the descriptor names this folder for ever,
// whatever is done to names later.
Failure HandOutWork(const ChildPlan& plan) {
  if (!plan.hands_out_work) return kDone;
  const long work = Call(SYS_openat, AT_FDCWD, "/w",
                         O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
  if (work < 0) return Failed();
  StatusMessage message{.kind = StatusMessage::Kind::kWork};
  iovec part{&message, sizeof(message)};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{nullptr, 0, &part, 1, control, sizeof(control), 0};
  cmsghdr* rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  *reinterpret_cast<int*>(CMSG_DATA(rights)) = static_cast<int>(work);
  if (Call(SYS_sendmsg, kStatusFd, &header, 0) < 0) return Failed();
  Call(SYS_close, work);
  return kDone;
}

Failure DropCapabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  return Call(SYS_capset, &header, none) < 0 ? Failed() : kDone;
}

// While the process still may: nothing that it executes can gain a capability.
Failure LockCapabilities() {
  for (int capability = 0; capability <= kLastCapability; ++capability) {
    if (Call(SYS_prctl, PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) {
      if (errno == EINVAL) break;  // past the last that this kernel knows
      return Failed();
    }
  }
  constexpr unsigned long kBits =
      SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
      SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
      SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
  if (Call(SYS_prctl, PR_SET_SECUREBITS, kBits, 0, 0, 0) < 0) return Failed();
  return kDone;
}

Failure ChangeUser(const ChildPlan& plan) {
  if (plan.uid_map != nullptr) return kDone;
  const unsigned id = plan.uid;
  if (Call(SYS_setgroups, 0, nullptr) < 0) return Failed();
  if (Call(SYS_setresgid, id, id, id) < 0) return Failed();
  return Call(SYS_setresuid, id, id, id) < 0 ? Failed() : kDone;
}

Failure SetLimits(const ChildPlan& plan) {
  for (const ChildLimit& limit : plan.limits) {
    if (Call(SYS_prlimit64, 0, limit.resource, &limit.limit, nullptr) < 0) {
      return Failed(limit.resource);
    }
  }
  return kDone;
}

Failure Filter(const ChildPlan& plan) {
  if (Call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return Failed();
  Send({.kind = StatusMessage::Kind::kStarted});
  if (Call(SYS_prctl, PR_SET_SECCOMP, 2 /* filter */, plan.filter, 0, 0) < 0) {
    return Failed();
  }
  return kDone;
}

// The program's process, from fork to exec.
[[noreturn]] void RunProgram(const ChildPlan& plan, int proc) {
  Check(Step::kOomScore, WriteOnce(proc, "self/oom_score_adj", "1000"));
  Check(Step::kCapabilities, LockCapabilities());
  Check(Step::kUser, ChangeUser(plan));
  Check(Step::kCapabilities, DropCapabilities());
  Call(SYS_umask, 022);
  const unsigned long no_signals = 0;
  Call(SYS_rt_sigprocmask, SIG_SETMASK, &no_signals, nullptr, 8);
  Check(Step::kLimits, SetLimits(plan));
  Check(Step::kSeccomp, Filter(plan));
  Call(SYS_execve, plan.argv[0], plan.argv, plan.envp);
  Check(Step::kExec, Failed());
  Exit(1);
}

std::int64_t Microseconds(const timeval& time) {
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
}

// PID 1: reaps everything, and ends with the program; then the kernel kills
// whatever is left in the namespace.
[[noreturn]] void ReapUntil(long program) {
  for (;;) {
    int status = 0;
    rusage usage{};
    const long pid = Call(SYS_wait4, -1, &status, __WALL, &usage);
    if (pid < 0 && errno != EINTR) Exit(1);
    if (pid != program) continue;
    Call(SYS_getrusage, RUSAGE_CHILDREN, &usage);
    Send({.kind = StatusMessage::Kind::kEnded,
          .wait_code = status,
          .cpu_us = Microseconds(usage.ru_utime) + Microseconds(usage.ru_stime),
          .max_rss_kb = usage.ru_maxrss});
    Exit(0);
  }
}

[[noreturn]] void RunInit(const ChildPlan& plan) {
  Check(Step::kDescriptors, MoveDescriptors(plan));
  Check(Step::kSignals, ResetSignals());
  Check(Step::kUserMap, MapUser(plan));
  Check(Step::kParent, FollowParent());
  const long proc =
      Call(SYS_openat, AT_FDCWD, "/proc", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
  Check(Step::kOomScore, proc < 0 ? Failed() : kDone);
  Call(SYS_umask, 0);
  const long separated =
      Call(SYS_mount, nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  Check(Step::kPrivateMounts, separated < 0 ? Failed() : kDone);
  Check(Step::kRootMount, MountRoot());
  Check(Step::kTree, BuildTree(plan));
  Check(Step::kReadOnly, SetAttributes(".", 0, MOUNT_ATTR_RDONLY));
  Check(Step::kPivot, Pivot());
  const long named = Call(SYS_sethostname, "jail", 4);
  Check(Step::kHostName, named < 0 ? Failed() : kDone);
  Check(Step::kFiles, WriteFiles(plan));
  Check(Step::kHandOut, HandOutWork(plan));

  const long program = Call(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, 0);
  Check(Step::kFork, program < 0 ? Failed() : kDone);
  if (program == 0) RunProgram(plan, static_cast<int>(proc));
  Call(SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  Check(Step::kCapabilities, LockCapabilities());
  Check(Step::kCapabilities, DropCapabilities());
  Call(SYS_close_range, 0, 2, 0);
  Call(SYS_close, proc);
  ReapUntil(program);
}

}  // namespace

pid_t StartChild(const ChildPlan& plan, int* pidfd) {
  unsigned long flags = CLONE_PIDFD | CLONE_NEWPID | CLONE_NEWNS |
                        CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS |
                        CLONE_NEWCGROUP;
  if (plan.uid_map != nullptr) flags |= CLONE_NEWUSER;
  const long pid = Call(SYS_clone, flags, nullptr, pidfd, nullptr, 0);
  if (pid == 0) RunInit(plan);
  return static_cast<pid_t>(pid);
}

}  // namespace sandbox
