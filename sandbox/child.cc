#include "sandbox/child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "sandbox/raw_call.h"

namespace sandbox {
namespace {

constexpr std::size_t kStackBytes = 32 * 1024;
alignas(16) char stub_stack[kStackBytes];
alignas(16) char program_stack[kStackBytes];

std::int64_t Now() {
  timespec time{};
  Call(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void Send(int fd, StatusMessage message) {
  message.time_ns = Now();
  Call(SYS_write, fd, &message, sizeof(message));
}

void Check(const Trouble& trouble) {
  if (!trouble) return;
  SendTrouble(kStatusFd, trouble);
  Exit(1);
}

// The descriptors of the plan become 0 to 3; every other one is closed.
Trouble MoveDescriptors(const ChildPlan& plan) {
  const auto failed = [](long answer) {
    return TroubleOf(Step::kDescriptors, answer);
  };
  const int count = plan.fds[kRulesFd] < 0 ? kRulesFd : kRulesFd + 1;
  long copies[kRulesFd + 1];
  for (int i = 0; i < count; ++i) {
    copies[i] = Call(SYS_fcntl, plan.fds[i], F_DUPFD, kRulesFd + 1);
    if (copies[i] < 0) return failed(copies[i]);
  }
  for (int i = 0; i < count; ++i) {
    const int flags = i >= kStatusFd ? O_CLOEXEC : 0;
    const long moved = Call(SYS_dup3, copies[i], i, flags);
    if (moved < 0) return failed(moved);
  }
  return failed(Call(SYS_close_range, count, ~0U, 0));
}

long DropCapabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  return Call(SYS_capset, &header, none);
}

Trouble ChangeUser(const ChildPlan& plan) {
  if (!plan.changes_user) return {};
  const unsigned id = plan.uid;
  long answer = Call(SYS_setgroups, 0, nullptr);
  if (answer == 0) answer = Call(SYS_setresgid, id, id, id);
  if (answer == 0) answer = Call(SYS_setresuid, id, id, id);
  return TroubleOf(Step::kUser, answer);
}

Trouble SetLimits(const ChildPlan& plan) {
  for (std::size_t i = 0; i < plan.limit_count; ++i) {
    const ChildLimit& limit = plan.limits[i];
    const long answer =
        Call(SYS_prlimit64, 0, limit.resource, &limit.limit, nullptr);
    if (answer < 0) return TroubleOf(Step::kLimits, answer, limit.resource);
  }
  return {};
}

Trouble BecomeProgram(const ChildPlan& plan) {
  Call(SYS_umask, 022);
  const long entered = Call(SYS_chdir, plan.work);
  if (entered < 0) return TroubleOf(Step::kFresh, entered);
  if (const Trouble trouble = ChangeUser(plan)) return trouble;
  const long dropped = DropCapabilities();
  if (dropped < 0) return TroubleOf(Step::kCapabilities, dropped);
  if (const Trouble trouble = SetLimits(plan)) return trouble;
  const long restricted = plan.fds[kRulesFd] < 0
                              ? 0
                              : Call(SYS_landlock_restrict_self, kRulesFd, 0);
  if (restricted < 0) return TroubleOf(Step::kLandlock, restricted);
  Send(kStatusFd, {.kind = StatusMessage::Kind::kStarted});
  return TroubleOf(Step::kSeccomp,
                   Call(SYS_prctl, PR_SET_SECCOMP, 2 /* filter */, plan.lock));
}

[[noreturn]] void RunProgram(void* argument) {
  const auto& plan = *static_cast<const ChildPlan*>(argument);
  Check(BecomeProgram(plan));
  Check(TroubleOf(Step::kExec,
                  Call(SYS_execve, plan.file, plan.argv, plan.envp)));
  Exit(1);
}

std::int64_t Microseconds(const timeval& time) {
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
}

// `usage` is of the program and what it has waited for.
void SendEnded(int status_fd, int wait_code, const rusage& usage) {
  Send(status_fd,
       {.kind = StatusMessage::Kind::kEnded,
        .wait_code = wait_code,
        .cpu_us = Microseconds(usage.ru_utime) + Microseconds(usage.ru_stime),
        .max_rss_kb = usage.ru_maxrss});
}

// PID 1: reaps everything, and ends with the program; then the kernel kills
// whatever is left in the namespace.
[[noreturn]] void ReapUntil(long program) {
  for (;;) {
    int status = 0;
    rusage usage{};
    const long pid = Call(SYS_wait4, -1, &status, __WALL, &usage);
    if (pid < 0 && pid != -EINTR) Exit(1);
    if (pid != program) continue;
    Call(SYS_getrusage, RUSAGE_CHILDREN, &usage);
    SendEnded(kStatusFd, status, usage);
    Exit(0);
  }
}

[[noreturn]] void RunStub(void* argument) {
  const auto& plan = *static_cast<const ChildPlan*>(argument);
  Check(MoveDescriptors(plan));
  // No session of its own: the kernel would weigh it against the service's.
  Check(TroubleOf(Step::kParent, Call(SYS_setpgid, 0, 0)));
  const long program =
      CloneOnto(CLONE_VM | CLONE_VFORK | SIGCHLD, program_stack + kStackBytes,
                nullptr, &RunProgram, argument);
  Check(TroubleOf(Step::kFork, program));
  Check(TroubleOf(Step::kCapabilities, DropCapabilities()));
  Call(SYS_close_range, 0, 2, 0);
  Call(SYS_close, kRulesFd);
  ReapUntil(program);
}

// The kernel's struct sigaction.
struct KernelAction {
  void (*handler)(int);
  unsigned long flags;
  void* restorer;
  unsigned long mask;
};

// PID 1 of a program that somebody else waits for. What is left to it is reaped
// by the kernel.
[[noreturn]] void RunEmptyStub(void*) {
  const KernelAction ignore{SIG_IGN, 0, nullptr, 0};
  Call(SYS_rt_sigaction, SIGCHLD, &ignore, nullptr, 8);
  Call(SYS_close_range, 0, ~0U, 0);
  if (DropCapabilities() < 0) Exit(1);
  for (;;) Call(SYS_pause);
}

}  // namespace

void SendTrouble(int status_fd, const Trouble& trouble) {
  Send(status_fd, {.kind = StatusMessage::Kind::kFailed,
                   .step = trouble.step,
                   .index = static_cast<std::uint16_t>(trouble.index),
                   .error = trouble.error});
}

long StartStub(const ChildPlan& plan, int* pidfd) {
  auto* argument = const_cast<ChildPlan*>(&plan);
  const unsigned long pids = plan.own_pids ? CLONE_NEWPID : 0;
  return CloneOnto(pids | CLONE_VM | CLONE_PIDFD, stub_stack + kStackBytes,
                   pidfd, &RunStub, argument);
}

long StartEmptyStub(int* pidfd) {
  return CloneOnto(CLONE_NEWPID | CLONE_VM | CLONE_PIDFD,
                   stub_stack + kStackBytes, pidfd, &RunEmptyStub, nullptr);
}

void BecomeProgramHere(const ChildPlan& plan) {
  Check(MoveDescriptors(plan));
  Check(TroubleOf(Step::kParent, Call(SYS_setpgid, 0, 0)));
  Check(BecomeProgram(plan));
  Call(SYS_close_range, kStatusFd, kRulesFd, 0);
}

void WatchProgram(long pid, int status_fd) {
  int status = 0;
  rusage usage{};
  long waited = 0;
  do {
    waited = Call(SYS_wait4, pid, &status, __WALL, &usage);
  } while (waited == -EINTR);
  if (waited == pid) SendEnded(status_fd, status, usage);
}

}  // namespace sandbox
