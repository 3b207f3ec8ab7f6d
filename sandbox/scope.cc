#include "sandbox/scope.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/landlock.h"

namespace sandbox {

Trouble EnterScope() {
  constexpr Step kStep = Step::kScope;
  if (LandlockAbi() < kScopeAbi) return {kStep, ENOSYS};
  const Fd rules = MakeScopeRules();
  if (!rules || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0 ||
      syscall(SYS_landlock_restrict_self, rules.get(), 0) != 0) {
    return {kStep, errno};
  }
  const pid_t parent = getppid();
  if (parent <= 1 || kill(parent, 0) == 0 || errno != EPERM) {
    return {kStep, ENOTRECOVERABLE};
  }
  return {};
}

bool EndScope() {
  // A process that has been killed cannot fork: the kernel asks both under one
  // lock. So the first round ends all; who is a child of another now, is ours
  // when that is gone.
  for (;;) {
    kill(-1, SIGKILL);
    siginfo_t ignored{};
    if (syscall(SYS_waitid, P_ALL, 0, &ignored, WEXITED | __WALL, nullptr) ==
        0) {
      continue;
    }
    if (errno != EINTR) return errno == ECHILD;
  }
}

}  // namespace sandbox
