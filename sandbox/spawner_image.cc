#include "sandbox/spawner_image.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>

#include <cstddef>

#include "sandbox/raw_call.h"

asm(".pushsection .rodata\n"
    ".balign 16\n"
    "assay_spawner_begin:\n"
    ".incbin \"" ASSAY_SPAWNER
    "\"\n"
    "assay_spawner_end:\n"
    ".popsection\n");
extern "C" const char assay_spawner_begin[];
extern "C" const char assay_spawner_end[];

namespace sandbox {
namespace {

constexpr std::size_t kStackBytes = 16 * 1024;
constexpr int kLastSignal = 64;
constexpr int kFirstFree = 8;  // above every descriptor that it is given

// The kernel's struct sigaction, whose zero is the default action.
struct KernelAction {
  void* handler;
  unsigned long flags;
  void* restorer;
  unsigned long mask;
};

void ResetSignals() {
  const KernelAction action{};
  for (int signal = 1; signal <= kLastSignal; ++signal) {
    Call(SYS_rt_sigaction, signal, &action, nullptr, 8);
  }
  const unsigned long none = 0;
  Call(SYS_rt_sigprocmask, SIG_SETMASK, &none, nullptr, 8);
}

[[noreturn]] void Execute(void* argument) {
  const auto& start = *static_cast<const SpawnerStart*>(argument);
  ResetSignals();
  const int from[] = {-1, -1, -1, start.control, start.service, start.image};
  constexpr int kCount = sizeof(from) / sizeof(from[0]);
  long copies[kCount];
  copies[0] = Call(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR);
  if (copies[0] >= 0) {
    copies[0] = Call(SYS_fcntl, copies[0], F_DUPFD, kFirstFree);
  }
  copies[1] = copies[2] = copies[0];
  for (int i = 3; i < kCount; ++i) {
    copies[i] = Call(SYS_fcntl, from[i], F_DUPFD, kFirstFree);
  }
  for (int i = 0; i < kCount; ++i) {
    const int flags = i == kCount - 1 ? O_CLOEXEC : 0;
    if (Call(SYS_dup3, copies[i], i, flags) < 0) Exit(1);
  }
  Call(SYS_close_range, kCount, ~0U, 0);
  const char* const none[] = {nullptr};
  Call(SYS_execveat, kCount - 1, "", start.argv, none, AT_EMPTY_PATH);
  Exit(1);
}

}  // namespace

std::span<const char> SpawnerImage() {
  return {assay_spawner_begin, assay_spawner_end};
}

long ExecuteSpawner(const SpawnerStart& start, int* pidfd) {
  alignas(16) char stack[kStackBytes];
  return CloneOnto(CLONE_VM | CLONE_VFORK | CLONE_PIDFD, stack + kStackBytes,
                   pidfd, &Execute, const_cast<SpawnerStart*>(&start));
}

}  // namespace sandbox
