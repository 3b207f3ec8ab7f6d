// Tests sandbox/scope.h by itself: what a scope holds, and that it is refused
// where it would not, since EndScope would then end everything of this user.
// Such kernels are made by a filter that answers one call in their place.

#include "sandbox/scope.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <functional>
#include <string>

#include "sandbox/landlock.h"
#include "user_leg.h"

namespace sandbox {
namespace {

// One call, where the lower word of an argument is `value`, and its answer.
struct Answer {
  unsigned number;
  unsigned argument;
  unsigned value;
  unsigned error;  // 0: done, it says
};

bool Install(const Answer& answer) {
  constexpr auto kNumber = static_cast<unsigned>(offsetof(seccomp_data, nr));
  const auto argument =
      static_cast<unsigned>(offsetof(seccomp_data, args) + 8 * answer.argument);
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ, answer.number, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument),
      BPF_JUMP(BPF_JMP | BPF_JEQ, answer.value, 0, 1),
      BPF_STMT(BPF_RET, SECCOMP_RET_ERRNO | answer.error),
      BPF_STMT(BPF_RET, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{std::size(filter), filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

// The error of EnterScope where the kernel answers so; "0": it was entered.
std::string Entering(const Answer& answer) {
  return RunInChild([&]() -> std::string {
    if (!Install(answer)) return "no filter";
    errno = EPERM;  // as an earlier call may have left it
    return std::to_string(EnterScope().error);
  });
}

class ScopeTest : public testing::Test {
 protected:
  void SetUp() override {
    if (LandlockAbi() < kScopeAbi) GTEST_SKIP() << "by Landlock alone";
  }
};

TEST_F(ScopeTest, HoldsSignalsAndPrivilegesAndGetsOrphans) {
  EXPECT_EQ(RunInChild([]() -> std::string {
              if (EnterScope()) return "not entered";
              int reaps = 0;
              prctl(PR_GET_CHILD_SUBREAPER, &reaps);
              if (reaps != 1) return "gets no orphans";
              if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return "gains";
              const bool held = kill(getppid(), 0) != 0 && errno == EPERM;
              return held ? "" : "signals";
            }),
            "");
}

// With a process in it that has a session of its own and has lost its parent.
std::string EndingScope() {
  int ends[2];
  if (pipe(ends) != 0 || EnterScope()) return "not entered";
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    static_cast<void>(!write(ends[1], "x", 1));
    for (;;) pause();
  }
  close(ends[1]);
  char ready = 0;
  if (read(ends[0], &ready, 1) != 1) return "no process";
  if (!EndScope()) return "not ended";
  pollfd end{ends[0], 0, 0};
  return poll(&end, 1, 0) == 1 ? "" : "a process is left";
}

TEST_F(ScopeTest, EndsAllOfItAndNothingElse) {
  EXPECT_EQ(RunInChild([]() -> std::string {
              const pid_t beside = fork();
              if (beside == 0) {
                for (;;) pause();
              }
              std::string wrong = RunInChild(EndingScope);
              if (waitpid(beside, nullptr, WNOHANG) != 0) wrong += "beside";
              kill(beside, SIGKILL);
              waitpid(beside, nullptr, 0);
              return wrong;
            }),
            "");
}

TEST_F(ScopeTest, IsRefusedWhereTheKernelHasNoScopes) {
  EXPECT_EQ(Entering({SYS_landlock_create_ruleset, 2, 1, EOPNOTSUPP}),
            std::to_string(ENOSYS));
}

TEST_F(ScopeTest, IsRefusedWhereAStepFails) {
  EXPECT_EQ(Entering({SYS_landlock_create_ruleset, 2, 0, ENOMEM}),
            std::to_string(ENOMEM));
  EXPECT_EQ(Entering({SYS_landlock_restrict_self, 1, 0, E2BIG}),
            std::to_string(E2BIG));
  EXPECT_EQ(Entering({SYS_prctl, 0, PR_SET_NO_NEW_PRIVS, EINVAL}),
            std::to_string(EINVAL));
  EXPECT_EQ(Entering({SYS_prctl, 0, PR_SET_CHILD_SUBREAPER, EINVAL}),
            std::to_string(EINVAL));
}

TEST_F(ScopeTest, IsRefusedWhereItDoesNotHold) {
  const std::string refused = std::to_string(ENOTRECOVERABLE);
  EXPECT_EQ(Entering({SYS_landlock_restrict_self, 1, 0, 0}), refused);
  // Whatever it is that keeps the signal back, it is not the scope.
  EXPECT_EQ(Entering({SYS_kill, 1, 0, ESRCH}), refused);
}

// Nobody's parent, or one that others too are given to.
TEST_F(ScopeTest, IsRefusedWithoutAParentToAsk) {
  if (!CanTake(Leg::kRoot)) GTEST_SKIP() << "needs root";
  EXPECT_EQ(
      RunInChild([]() -> std::string {
        if (unshare(CLONE_NEWPID) != 0) return "no namespace";
        const auto entering = [] {
          return std::to_string(EnterScope().error) + " ";
        };
        return RunInChild([&] { return RunInChild(entering) + entering(); });
      }),
      std::to_string(ENOTRECOVERABLE) + " " + std::to_string(ENOTRECOVERABLE) +
          " ");
}

}  // namespace
}  // namespace sandbox
