// Zygote: an interpreter that has started, from which runs are forked. Of one
// agent; one thread.
//
// It is the distribution's own interpreter on its way to main.py, or main.js:
// it waits where it would look for that, in a hook that lies in /w while it
// starts (zygote_hook.py, zygote_node.cc), and so does each fork of it until it
// has become the program; then it returns from the hook, and the interpreter
// reads /w/main.py as it always does. What it holds is what the interpreter and
// some modules of its library make of themselves: of a request no more than
// OwnWords of its command line ever reaches the zygote, only forks.

#ifndef SANDBOX_ZYGOTE_H_
#define SANDBOX_ZYGOTE_H_

#include <linux/filter.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

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

// How many words of a command line its zygote is started with: python3 and the
// main file, or node, its heap and the main file.
[[nodiscard]] constexpr std::size_t OwnWords(Interpreter kind) {
  return kind == Interpreter::kNode ? 3 : 2;
}

class Zygote {
 public:
  // Starts one with OwnWords of `words`, in place of one that runs. Blocks
  // until it is ready: the time that the interpreter needs to start, kSetUpTime
  // at most. Requires: /w is fresh; it is so again afterwards. The error says
  // what failed, Step::kExec where the interpreter would not start.
  [[nodiscard]] Trouble Start(Interpreter kind, const char* const* words,
                              const ZygoteSetup& setup,
                              const char* const* environment);

  // It waits for programs with these words.
  [[nodiscard]] bool Fits(const char* const* words) const;
  // It would not start: there is no use in trying again.
  [[nodiscard]] bool gone() const noexcept { return gone_; }

  // False: it is gone.
  [[nodiscard]] bool Run(const RunOrder& order, std::span<const int> fds);

 private:
  Trouble Execute(Interpreter kind, const ZygoteSetup& setup,
                  const char* const* environment);
  void End();

  Fd orders_;
  std::vector<std::string> words_;
  long pid_ = -1;
  bool gone_ = false;
};

}  // namespace sandbox

#endif  // SANDBOX_ZYGOTE_H_
