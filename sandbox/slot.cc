#include "sandbox/slot.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <span>
#include <string>
#include <string_view>

#include "sandbox/landlock.h"
#include "sandbox/mounts.h"
#include "sandbox/raw_call.h"

namespace sandbox {
namespace {

// The only descriptor that a slot is given.
constexpr int kOrdersFd = 3;

Trouble WriteOnce(Step step, const char* path, std::string_view text) {
  const Fd file(open(path, O_WRONLY | O_CLOEXEC));
  const auto size = static_cast<ssize_t>(text.size());
  if (!file || write(file.get(), text.data(), text.size()) != size) {
    return {step, errno};
  }
  return {};
}

// One user and one group, who have the numbers inside that programs see.
Trouble MapUser(unsigned inside, unsigned uid, unsigned gid) {
  const auto map = [inside](unsigned outside) {
    return std::to_string(inside) + " " + std::to_string(outside) + " 1";
  };
  constexpr Step kStep = Step::kUserMap;
  // The files of a process that is not dumpable belong to root.
  if (prctl(PR_SET_DUMPABLE, 1) != 0) return {kStep, errno};
  Trouble trouble = WriteOnce(kStep, "/proc/self/setgroups", "deny");
  if (!trouble) trouble = WriteOnce(kStep, "/proc/self/uid_map", map(uid));
  if (!trouble) trouble = WriteOnce(kStep, "/proc/self/gid_map", map(gid));
  return trouble;
}

Trouble ReadyDescriptors(int orders) {
  if (dup3(orders, kOrdersFd, O_CLOEXEC) < 0 && errno != EINVAL) {
    return {Step::kDescriptors, errno};
  }
  close_range(kOrdersFd + 1, ~0U, 0);
  return {};
}

// Of the keeper, before there is an agent.
Trouble PrepareSlot(const SlotPlan& plan, const SlotOrder& order, unsigned uid,
                    unsigned gid) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGCHLD, SIG_DFL);
  if (plan.level == Level::kL1) {
    if (const Trouble trouble = MapUser(order.uid, uid, gid)) return trouble;
  }
  // The kernel ends programs before it ends what we need.
  const Trouble scored =
      WriteOnce(Step::kOomScore, "/proc/self/oom_score_adj", "1000");
  if (scored) return scored;
  const Work work{order.uid, order.work_bytes};
  if (const Trouble trouble = EnterTree(*plan.tree, work)) return trouble;
  if (sethostname("jail", 4) != 0) return {Step::kHostName, errno};
  prctl(PR_SET_DUMPABLE, 0);
  return {};
}

// Tells the agent of the /w and /tmp that are mounted, with the rules for them.
bool Announce(int agent, Trouble trouble) {
  Fd rules;
  if (!trouble) trouble = MakeRules(&rules);
  const int fds[] = {rules.get()};
  return SendTo(agent, trouble,
                rules ? std::span<const int>(fds) : std::span<const int>());
}

// Until the agent is gone.
void Keep(int agent, unsigned uid) {
  if (!Announce(agent, {})) return;
  while (const auto order = ReceiveFrom<FreshOrder>(agent)) {
    if (!Announce(agent, MountFresh({uid, order->work_bytes}))) return;
  }
}

Trouble RunSlot(const SlotPlan& plan, const SlotOrder& order, unsigned uid,
                unsigned gid) {
  if (const Trouble trouble = PrepareSlot(plan, order, uid, gid)) {
    return trouble;
  }
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return {Step::kDescriptors, errno};
  }
  const long agent = Call(SYS_clone, SIGCHLD);
  if (agent < 0) return TroubleOf(Step::kFork, agent);
  close(agent == 0 ? ends[0] : ends[1]);
  if (agent == 0) {
    return RunAgent({.orders = kOrdersFd,
                     .keeper = ends[1],
                     .slot = order,
                     .own_user = plan.level >= Level::kL2,
                     .filters = plan.filters});
  }
  close(kOrdersFd);
  Keep(ends[0], order.uid);
  return {};
}

}  // namespace

long StartSlot(const SlotPlan& plan, const SlotOrder& order, int orders) {
  const unsigned uid = geteuid();
  const unsigned gid = getegid();
  unsigned long flags = SIGCHLD | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET |
                        CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
  if (plan.level == Level::kL1) flags |= CLONE_NEWUSER;
  const long pid = Call(SYS_clone, flags);
  if (pid != 0) return pid;
  Trouble trouble = ReadyDescriptors(orders);
  if (!trouble) trouble = RunSlot(plan, order, uid, gid);
  if (trouble) {
    static_cast<void>(
        SendTo(kOrdersFd, SlotReply{SlotReply::Kind::kTrouble, trouble}));
  }
  _exit(0);
}

}  // namespace sandbox
