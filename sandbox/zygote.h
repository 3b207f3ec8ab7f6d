// Zygote: an interpreter that has started, from which runs are forked. Of one
// agent; one thread.
//
// It is the distribution's own python3 on its way to main.py: it waits within
// the import of `site`, in a hook that lies in /w while it starts
// (zygote_hook.py), and so does each fork of it until it has become the
// program; then it returns from the hook and Python reads /w/main.py as it
// always does. What it holds is what Python and some modules of its library
// make of themselves: no word of a request ever reaches the zygote, only forks.

#ifndef SANDBOX_ZYGOTE_H_
#define SANDBOX_ZYGOTE_H_

#include <linux/filter.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sandbox/fd.h"
#include "sandbox/orders.h"

namespace sandbox {

// To a zygote, before its first order.
struct ZygoteSetup {
  static constexpr std::size_t kMostLock = 128;

  unsigned uid = 0;
  bool own_user = true;
  std::uint16_t lock_size = 0;
  std::uint16_t fork_lock_size = 0;
  std::array<sock_filter, kMostLock> lock{};
  std::array<sock_filter, kMostLock> fork_lock{};
};

// The descriptors of a zygote's RunOrder: those of an agent's, a pidfd of the
// stub init in whose namespace the program runs, and where there is Landlock
// its rules.
inline constexpr std::size_t kStubFd = kRunFds;
inline constexpr std::size_t kZygoteRulesFd = kRunFds + 1;

class Zygote {
 public:
  // Starts one. Blocks until it is ready: the time that Python needs to start,
  // kSetUpTime at most.
  // Requires: /w is fresh; it is so again afterwards. The error says what
  // failed, Step::kExec where Python would not start.
  [[nodiscard]] Trouble Start(Interpreter kind, const ZygoteSetup& setup,
                              const char* const* environment);

  [[nodiscard]] bool started() const noexcept {
    return static_cast<bool>(orders_);
  }
  // It would not start: there is no use in trying again.
  [[nodiscard]] bool gone() const noexcept { return gone_; }

  // False: it is gone.
  [[nodiscard]] bool Run(const RunOrder& order, std::span<const int> fds);

 private:
  Trouble Execute(Interpreter kind, const ZygoteSetup& setup,
                  const char* const* environment);

  Fd orders_;
  bool gone_ = false;
};

}  // namespace sandbox

#endif  // SANDBOX_ZYGOTE_H_
