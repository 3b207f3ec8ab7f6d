#include "sandbox/policy.h"

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "sandbox/fd.h"
#include "sandbox/policy_rules.h"

namespace sandbox {
namespace {

using Action = Decision::Action;

constexpr Decision kAllow{Action::kAllow, 0};
constexpr Decision kKill{Action::kKill, 0};
constexpr Decision kRefuse{Action::kErrno, EPERM};

// Of prctl: for an agent only.
constexpr std::uint64_t kAgentOptions[] = {PR_SET_SECCOMP, PR_SET_DUMPABLE};

bool Holds(std::span<const int> calls, int number) {
  return std::find(calls.begin(), calls.end(), number) != calls.end();
}

std::uint32_t KernelAction(const Decision& decision) {
  switch (decision.action) {
    case Action::kAllow:
      return SCMP_ACT_ALLOW;
    case Action::kErrno:
      return SCMP_ACT_ERRNO(static_cast<unsigned>(decision.error));
    case Action::kKill:
      break;
  }
  return SCMP_ACT_KILL_PROCESS;
}

using Context = std::unique_ptr<void, decltype(&seccomp_release)>;

int SetAttributes(scmp_filter_ctx context) {
  if (const int error = seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH,
                                         SCMP_ACT_KILL_PROCESS)) {
    return error;
  }
  constexpr std::uint32_t kBinaryTree = 2;
  return seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, kBinaryTree);
}

int AddRule(scmp_filter_ctx context, int number, const Decision& decision,
            const std::vector<ArgumentTest>& tests) {
  std::vector<scmp_arg_cmp> compare;
  compare.reserve(tests.size());
  for (const ArgumentTest& test : tests) {
    if (test.differs) {
      compare.push_back({test.index, SCMP_CMP_NE, test.value, 0});
    } else {
      compare.push_back(
          {test.index, SCMP_CMP_MASKED_EQ, test.mask, test.value});
    }
  }
  return seccomp_rule_add_array(context, KernelAction(decision), number,
                                static_cast<unsigned>(compare.size()),
                                compare.data());
}

boost::system::result<std::vector<sock_filter>, PolicyError> Export(
    scmp_filter_ctx context) {
  const Fd file(memfd_create("filter", MFD_CLOEXEC));
  if (!file || seccomp_export_bpf(context, file.get()) != 0) {
    return PolicyError("the filter cannot be exported");
  }
  const off_t size = lseek(file.get(), 0, SEEK_END);
  std::vector<sock_filter> program(static_cast<std::size_t>(size) /
                                   sizeof(sock_filter));
  if (program.empty() || program.size() > BPF_MAXINSNS ||
      pread(file.get(), program.data(), static_cast<std::size_t>(size), 0) !=
          size) {
    return PolicyError("the filter cannot be read back");
  }
  return program;
}

}  // namespace

Decision Policy::Evaluate(int number, const Arguments& arguments) const {
  for (const Rule& rule : rules_) {
    if (rule.number != number) continue;
    const bool holds = std::all_of(
        rule.tests.begin(), rule.tests.end(), [&](const ArgumentTest& test) {
          const std::uint64_t seen = arguments.at(test.index) & test.mask;
          return (seen != test.value) == test.differs;
        });
    if (holds) return rule.decision;
  }
  return otherwise_;
}

boost::system::result<std::vector<sock_filter>, PolicyError> Policy::Compile()
    const {
  const Context context(seccomp_init(KernelAction(otherwise_)),
                        &seccomp_release);
  if (context == nullptr || SetAttributes(context.get()) != 0) {
    return PolicyError("libseccomp cannot make a filter");
  }
  for (const Rule& rule : rules_) {
    const int error =
        AddRule(context.get(), rule.number, rule.decision, rule.tests);
    if (error != 0) {
      return PolicyError("libseccomp refuses the rule for system call " +
                         std::to_string(rule.number));
    }
  }
  return Export(context.get());
}

PolicyBuilder& PolicyBuilder::AllowProgram() {
  for (const int number : ProgramCalls()) AllowCall(number);
  for (const ConditionalCall& call : ProgramConditionalCalls()) {
    if (call.also.mask == 0) {
      AllowCall(call.number, {call.test});
    } else {
      AllowCall(call.number, {call.test, call.also});
    }
  }
  return *this;
}

PolicyBuilder& PolicyBuilder::Allow(WeakenWithFork) {
  AllowCall(SYS_fork);
  AllowCall(SYS_vfork);
  return AllowCall(SYS_clone, {{0, kForbiddenCloneFlags, 0}});
}

PolicyBuilder& PolicyBuilder::Allow(WeakenForAgent) {
  agent_ = true;
  for (const int number : AgentCalls()) AllowCall(number);
  for (const std::uint64_t option : kAgentOptions) {
    AllowCall(SYS_prctl, {{0, kWord, option}});
  }
  return AllowCall(SYS_clone, {{0, ~std::uint64_t{0}, kStubCloneFlags}});
}

PolicyBuilder& PolicyBuilder::AllowCall(
    int number, std::initializer_list<ArgumentTest> tests) {
  allowed_.push_back({number, tests, kAllow});
  return *this;
}

boost::system::result<Policy, PolicyError> PolicyBuilder::Build() const {
  Policy policy;
  for (const int number : HostileCalls()) {
    if (!agent_ || !Holds(AgentCalls(), number))
      policy.rules_.push_back({number, {}, kKill});
  }
  for (const RefusedCall& call : RefusedCalls()) {
    policy.rules_.push_back({call.number, {}, {Action::kErrno, call.error}});
  }
  for (const Policy::Rule& rule : allowed_) {
    const auto clash = std::find_if(
        policy.rules_.begin(), policy.rules_.end(), [&](const auto& other) {
          return other.number == rule.number && other.decision != kAllow;
        });
    if (clash != policy.rules_.end()) {
      return PolicyError("system call " + std::to_string(rule.number) +
                         " may not be allowed by any policy");
    }
    policy.rules_.push_back(rule);
  }
  return policy;
}

Policy LockPolicy(bool fork, bool on_host) {
  Policy lock;
  lock.otherwise_ = kAllow;
  for (const int number : AgentCalls()) {
    const bool kill = Holds(HostileCalls(), number);
    lock.rules_.push_back({number, {}, kill ? kKill : kRefuse});
  }
  for (const std::uint64_t option : kAgentOptions) {
    lock.rules_.push_back({SYS_prctl, {{0, kWord, option}}, kRefuse});
  }
  if (on_host) {
    for (const int number : HostCalls()) {
      lock.rules_.push_back({number, {}, kRefuse});
    }
    for (const ConditionalCall& call : HostConditionalCalls()) {
      lock.rules_.push_back({call.number, {call.test}, kRefuse});
    }
  }
  if (fork) {
    lock.rules_.push_back(
        {SYS_clone, {{0, CLONE_NEWPID, CLONE_NEWPID}}, kRefuse});
    return lock;
  }
  for (const int number : {SYS_fork, SYS_vfork}) {
    lock.rules_.push_back({number, {}, kRefuse});
  }
  for (const std::uint64_t flag : {CLONE_THREAD, CLONE_VM}) {
    lock.rules_.push_back({SYS_clone, {{0, flag, 0}}, kRefuse});
  }
  return lock;
}

Decision Together(const Decision& first, const Decision& second) {
  const auto strictness = [](const Decision& decision) {
    return static_cast<int>(decision.action);  // allow, errno, kill
  };
  return strictness(first) > strictness(second) ? first : second;
}

void throw_exception_from_error(const PolicyError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.message);
}

}  // namespace sandbox
