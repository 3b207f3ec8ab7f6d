// Tests sandbox/policy.h as data, and that the compiled filter says the same.
// The kernel's own answer is tested in attack_test.cc.

#include "sandbox/policy.h"

#include <errno.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "bpf_machine.h"
#include "sandbox/policy_rules.h"

namespace sandbox {
namespace {

using Action = Decision::Action;
using Arguments = Policy::Arguments;

constexpr Decision kAllow{Action::kAllow, 0};
constexpr Decision kKill{Action::kKill, 0};
constexpr Decision kRefuse{Action::kErrno, EPERM};
constexpr Decision kDone{Action::kErrno, 0};
constexpr int kLastNumber = 600;

constexpr std::uint64_t kPthreadFlags =
    CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
    CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
constexpr std::uint64_t kForkFlags =
    CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD;

Policy Plain() { return *PolicyBuilder().AllowProgram().Build(); }

Policy WithFork() {
  return *PolicyBuilder().AllowProgram().Allow(WeakenWithFork()).Build();
}

// What the agent of a slot has, and every program behind its lock.
Policy OfAgent() {
  return *PolicyBuilder()
              .AllowProgram()
              .Allow(WeakenWithFork())
              .Allow(WeakenForAgent())
              .Build();
}

TEST(PolicyTest, TheEmptyPolicyAllowsNothing) {
  const auto policy = PolicyBuilder().Build();
  ASSERT_TRUE(policy.has_value());
  for (int number = -1; number < kLastNumber; ++number) {
    EXPECT_NE(policy->Evaluate(number).action, Action::kAllow) << number;
  }
}

TEST(PolicyTest, NoPolicyMayAllowWhatKillsOrIsRefused) {
  for (const int number : HostileCalls()) {
    EXPECT_TRUE(PolicyBuilder().AllowCall(number).Build().has_error())
        << number;
  }
  for (const int number : {SYS_socket, SYS_clone3, SYS_io_uring_setup}) {
    EXPECT_TRUE(
        PolicyBuilder().AllowCall(static_cast<int>(number)).Build().has_error())
        << number;
  }
}

struct Row {
  const char* name;
  int number;
  Arguments arguments;
  Decision plain;
  Decision with_fork;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr std::uint64_t kHigh = 1ULL << 32;  // the kernel does not look there

constexpr Row kRows[] = {
    {"Read", SYS_read, {}, kAllow, kAllow},
    {"Ptrace", SYS_ptrace, {}, kKill, kKill},
    {"Unshare", SYS_unshare, {}, kKill, kKill},
    {"Socket",
     SYS_socket,
     {},
     {Action::kErrno, EAFNOSUPPORT},
     {Action::kErrno, EAFNOSUPPORT}},
    {"Clone3",
     SYS_clone3,
     {},
     {Action::kErrno, ENOSYS},
     {Action::kErrno, ENOSYS}},
    {"Connect", SYS_connect, {}, kRefuse, kRefuse},
    {"Unknown", 599, {}, kRefuse, kRefuse},

    {"Thread", SYS_clone, {kPthreadFlags}, kAllow, kAllow},
    {"Fork", SYS_clone, {kForkFlags}, kRefuse, kAllow},
    {"ForkCall", SYS_fork, {}, kRefuse, kAllow},
    {"SharedMemoryFork", SYS_clone, {CLONE_VM | SIGCHLD}, kRefuse, kAllow},
    {"ThreadWithUserNamespace",
     SYS_clone,
     {kPthreadFlags | CLONE_NEWUSER},
     kRefuse,
     kRefuse},
    {"ForkWithPidNamespace",
     SYS_clone,
     {kForkFlags | CLONE_NEWPID},
     kRefuse,
     kRefuse},
    {"ForkWithMountNamespace",
     SYS_clone,
     {kForkFlags | CLONE_NEWNS},
     kRefuse,
     kRefuse},
    {"ForkOfParent", SYS_clone, {kForkFlags | CLONE_PARENT}, kRefuse, kRefuse},
    {"TracedFork", SYS_clone, {kForkFlags | CLONE_PTRACE}, kRefuse, kRefuse},

    {"PrivateMemory",
     SYS_mmap,
     {0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS},
     kAllow,
     kAllow},
    {"SharedFile", SYS_mmap, {0, 4096, 3, MAP_SHARED}, kAllow, kAllow},
    {"SharedMemory",
     SYS_mmap,
     {0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS},
     kRefuse,
     kRefuse},
    {"SharedMemoryValidated",
     SYS_mmap,
     {0, 4096, 3, MAP_SHARED_VALIDATE | MAP_ANONYMOUS},
     kRefuse,
     kRefuse},

    {"TerminalInput", SYS_ioctl, {0, 0x5412}, kRefuse, kRefuse},
    {"TerminalInputHighBits", SYS_ioctl, {0, kHigh | 0x5412}, kRefuse, kRefuse},
    {"LimitOfOneself", SYS_prlimit64, {0, 7}, kAllow, kAllow},
    {"LimitOfInit", SYS_prlimit64, {1, 7}, kRefuse, kRefuse},
    {"LimitOfOneselfToSet", SYS_prlimit64, {0, 7, 1}, kAllow, kAllow},
    {"LimitOfInitToRead", SYS_prlimit64, {1, 4}, kRefuse, kRefuse},
    {"CoreLimitToRead", SYS_prlimit64, {0, 4, 0, 1}, kAllow, kAllow},
    {"CoreLimit", SYS_prlimit64, {0, 4, 1}, kRefuse, kRefuse},
    {"CoreLimitHighBits", SYS_prlimit64, {0, kHigh | 4, 1}, kRefuse, kRefuse},
    {"CoreLimitHighPointer", SYS_prlimit64, {0, 4, kHigh}, kRefuse, kRefuse},
    {"OldCoreLimit", SYS_setrlimit, {4, 1}, kRefuse, kRefuse},
    {"OldCoreLimitHighBits", SYS_setrlimit, {kHigh | 4, 1}, kRefuse, kRefuse},
    {"OldLimit", SYS_setrlimit, {7, 1}, kAllow, kAllow},
    {"Send", SYS_sendto, {0, 1, 1}, kAllow, kAllow},
    {"SendToAddress", SYS_sendto, {0, 1, 1, 0, kHigh}, kRefuse, kRefuse},
    {"ReadAhead", SYS_fadvise64, {0, 0, 0, 3}, kAllow, kAllow},
    {"DropFromMemory", SYS_fadvise64, {0, 0, 0, 4}, kRefuse, kRefuse},
    {"Sync", SYS_fsync, {}, kDone, kDone},
    {"SyncData", SYS_fdatasync, {}, kDone, kDone},
    {"SyncMemory", SYS_msync, {}, kDone, kDone},
    {"UnixPair", SYS_socketpair, {1}, kAllow, kAllow},
    {"OtherPair", SYS_socketpair, {40}, kRefuse, kRefuse},
};

// The filter's answer in the words of the policy.
Decision FromKernel(std::uint32_t answer) {
  if (answer == SECCOMP_RET_ALLOW) return kAllow;
  if (answer == SECCOMP_RET_KILL_PROCESS) return kKill;
  EXPECT_EQ(answer & SECCOMP_RET_ACTION_FULL, SECCOMP_RET_ERRNO);
  return {Action::kErrno, static_cast<int>(answer & SECCOMP_RET_DATA)};
}

Decision Compiled(const std::vector<sock_filter>& program, int number,
                  const Arguments& arguments,
                  std::uint32_t architecture = AUDIT_ARCH_X86_64) {
  seccomp_data call{};
  call.nr = number;
  call.arch = architecture;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    call.args[i] = arguments[i];
  }
  const auto answer = Answer(program, call);
  EXPECT_TRUE(answer.has_value()) << number;
  return FromKernel(answer.value_or(SECCOMP_RET_ALLOW));
}

// What the kernel makes of two filters: the stricter answer (the lower word),
// the later one of equals.
Decision BothCompiled(const std::vector<sock_filter>& first,
                      const std::vector<sock_filter>& second, int number,
                      const Arguments& arguments) {
  return Together(Compiled(first, number, arguments),
                  Compiled(second, number, arguments));
}

class PolicyRows : public testing::TestWithParam<Row> {};

TEST_P(PolicyRows, DecidesTheSameAsDataAndCompiled) {
  const Row& row = GetParam();
  EXPECT_EQ(Plain().Evaluate(row.number, row.arguments), row.plain);
  EXPECT_EQ(WithFork().Evaluate(row.number, row.arguments), row.with_fork);
  EXPECT_EQ(Compiled(*Plain().Compile(), row.number, row.arguments), row.plain);
  EXPECT_EQ(Compiled(*WithFork().Compile(), row.number, row.arguments),
            row.with_fork);
  const auto agent = *OfAgent().Compile();
  EXPECT_EQ(BothCompiled(agent, *LockPolicy(false).Compile(), row.number,
                         row.arguments),
            row.plain);
  EXPECT_EQ(BothCompiled(agent, *LockPolicy(true).Compile(), row.number,
                         row.arguments),
            row.with_fork);
}

INSTANTIATE_TEST_SUITE_P(Policy, PolicyRows, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

// Arguments that some rule looks at, and their neighbours.
const Arguments kSamples[] = {
    {},
    {1, 1, 1, 1, 1, 1},
    {~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL},
    {0x10100, 2, 3, MAP_PRIVATE},
    {kForkFlags, 0x5401, 0, MAP_SHARED},
    {kPthreadFlags},
    {kStubCloneFlags},
    {kStubCloneFlags | SIGCHLD},
    {kStubCloneFlags | CLONE_THREAD},
    {kHigh | kStubCloneFlags},
    {CLONE_VM | CLONE_VFORK | SIGCHLD},
    {CLONE_NEWPID},
    {22},  // PR_SET_SECCOMP
    {kHigh | 22},
    {4},   // PR_SET_DUMPABLE
    {38},  // PR_SET_NO_NEW_PRIVS
    {0, 4, 1, 4, 1},
    {kHigh | 4, kHigh | 4, kHigh, kHigh | 4, kHigh},
    {5, 5, 1, 5},
    {0, 8, 1, 8},
    {16, 16, 1, 16},
};

TEST(PolicyTest, EveryNumberIsDecidedAsTheFilterDecides) {
  for (const Policy& policy :
       {Plain(), WithFork(), OfAgent(), LockPolicy(false), LockPolicy(true),
        LockPolicy(false, true), LockPolicy(true, true)}) {
    const auto program = policy.Compile();
    ASSERT_TRUE(program.has_value());
    for (int number = 0; number < kLastNumber; ++number) {
      for (const Arguments& arguments : kSamples) {
        EXPECT_EQ(Compiled(*program, number, arguments),
                  policy.Evaluate(number, arguments))
            << number;
      }
    }
  }
}

// The lock leaves of the agent's filter what the program's own would be.
TEST(PolicyTest, AgentAndLockTogetherAreTheProgramsPolicy) {
  const Policy agent = OfAgent();
  for (const bool fork : {false, true}) {
    const Policy wanted = fork ? WithFork() : Plain();
    const Policy lock = LockPolicy(fork);
    for (int number = 0; number < kLastNumber; ++number) {
      for (const Arguments& arguments : kSamples) {
        EXPECT_EQ(Together(agent.Evaluate(number, arguments),
                           lock.Evaluate(number, arguments)),
                  wanted.Evaluate(number, arguments))
            << number << " first argument " << arguments[0];
      }
    }
  }
}

// Where a program is on the host, it is refused more, and nothing else.
TEST(PolicyTest, OnTheHostNoModesTimesUnnamedFilesAndGroupsOfOthers) {
  constexpr int kUnnamed = O_TMPFILE | O_RDWR;
  for (const bool fork : {false, true}) {
    const Policy lock = LockPolicy(fork, true);
    std::vector<int> refused;
    for (int number = 0; number < kLastNumber; ++number) {
      if (lock.Evaluate(number) != LockPolicy(fork).Evaluate(number)) {
        EXPECT_EQ(lock.Evaluate(number), kRefuse);
        refused.push_back(number);
      }
    }
    EXPECT_THAT(refused,
                testing::UnorderedElementsAre(SYS_chmod, SYS_fchmod,
                                              SYS_fchmodat, SYS_utimensat));
    EXPECT_EQ(lock.Evaluate(SYS_openat, {0, 0, kUnnamed}), kRefuse);
    EXPECT_EQ(lock.Evaluate(SYS_open, {0, kUnnamed}), kRefuse);
    EXPECT_EQ(lock.Evaluate(SYS_open, {0, O_DIRECTORY}), kAllow);
    EXPECT_EQ(lock.Evaluate(SYS_openat, {0, 0, O_CREAT | O_RDWR}), kAllow);
    EXPECT_EQ(lock.Evaluate(SYS_setpgid, {0, 0}), kAllow);
    EXPECT_EQ(lock.Evaluate(SYS_setpgid, {0, 1}), kRefuse);
  }
}

TEST(PolicyTest, TheAgentMayDoNoMoreThanItNeeds) {
  const Policy agent = OfAgent();
  const Policy program = WithFork();
  std::vector<int> more;
  for (int number = 0; number < kLastNumber; ++number) {
    const bool may = agent.Evaluate(number) == kAllow;
    if (may && program.Evaluate(number) != kAllow) more.push_back(number);
  }
  EXPECT_THAT(more, testing::UnorderedElementsAre(
                        SYS_sendmsg, SYS_recvmsg, SYS_setresuid, SYS_setresgid,
                        SYS_setgroups, SYS_capset, SYS_setns,
                        SYS_landlock_restrict_self, SYS_pidfd_send_signal));
}

TEST(PolicyTest, TheStricterOfTwoDecides) {
  const Decision other{Action::kErrno, ENOSYS};
  EXPECT_EQ(Together(kAllow, kAllow), kAllow);
  EXPECT_EQ(Together(kAllow, kRefuse), kRefuse);
  EXPECT_EQ(Together(kRefuse, kAllow), kRefuse);
  EXPECT_EQ(Together(kKill, kRefuse), kKill);
  EXPECT_EQ(Together(kRefuse, kKill), kKill);
  EXPECT_EQ(Together(other, kRefuse), kRefuse);
}

TEST(PolicyTest, OtherArchitecturesAreKilled) {
  const auto program = Plain().Compile();
  constexpr int kX32 = 0x40000000;
  for (int number = 0; number < kLastNumber; ++number) {
    EXPECT_EQ(Compiled(*program, number, {}, AUDIT_ARCH_I386), kKill);
    EXPECT_EQ(Compiled(*program, number, {}, AUDIT_ARCH_AARCH64), kKill);
    EXPECT_EQ(Compiled(*program, kX32 | number, {}), kKill);
  }
}

}  // namespace
}  // namespace sandbox
