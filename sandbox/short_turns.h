// TakeShortTurns: how long a thread computes before others have their turn on
// its processor. Who wakes up beside one that computes waits for the rest of
// its turn, 1.4 to 4 ms by default: longer than most requests take.

#ifndef SANDBOX_SHORT_TURNS_H_
#define SANDBOX_SHORT_TURNS_H_

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace sandbox {

// In nanoseconds; the least that the kernel takes.
inline constexpr std::uint64_t kShortTurn = 100'000;

// Gives the calling thread, and what it starts from now on, turns of
// kShortTurn. Its policy and its niceness stay. Nothing changes under a kernel
// that cannot (before Linux 6.12). Fit for a child between fork and exec: two
// system calls.
inline void TakeShortTurns() noexcept {
  constexpr std::uint64_t kKeepPolicy = 0x08;
  const struct {  // the kernel's struct sched_attr
    std::uint32_t size = 48;
    std::uint32_t policy = 0;
    std::uint64_t flags = kKeepPolicy;
    std::int32_t nice = getpriority(PRIO_PROCESS, 0);
    std::uint32_t priority = 0;
    std::uint64_t runtime = kShortTurn;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
  } attributes;
  static_assert(sizeof(attributes) == 48);
  static_cast<void>(syscall(SYS_sched_setattr, 0, &attributes, 0));
}

}  // namespace sandbox

#endif  // SANDBOX_SHORT_TURNS_H_
