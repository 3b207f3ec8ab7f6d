#include "sandbox/slot.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/landlock.h"
#include "sandbox/mounts.h"
#include "sandbox/raw_call.h"
#include "sandbox/scope.h"
#include "sandbox/workplace.h"

namespace sandbox {
namespace {

// The descriptors that a slot is given: its orders, and behind them the files
// of its control group.
constexpr int kOrdersFd = 3;
constexpr int kGroupFd = kOrdersFd + 1;

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

void Report(int orders, const Trouble& trouble) {
  static_cast<void>(
      SendTo(orders, SlotReply{SlotReply::Kind::kTrouble, trouble}));
}

// They get those numbers, in order; every other one is closed.
Trouble ReadyDescriptors(const std::vector<Fd>& fds) {
  const int end = kOrdersFd + static_cast<int>(fds.size());
  std::vector<int> copies;
  for (const Fd& fd : fds) {
    copies.push_back(fcntl(fd.get(), F_DUPFD_CLOEXEC, end));
    if (copies.back() < 0) return {Step::kDescriptors, errno};
  }
  int to = kOrdersFd;
  for (const int copy : copies) {
    if (dup3(copy, to++, O_CLOEXEC) < 0) return {Step::kDescriptors, errno};
  }
  close_range(static_cast<unsigned>(end), ~0U, 0);
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

// The /w and /tmp of a slot, and the rules for them.
class Place {
 public:
  explicit Place(const SlotPlan& plan, const SlotOrder& order)
      : plan_(plan), uid_(order.uid) {}

  // Requires: the slot has no namespaces.
  Trouble Make() {
    return workplace_.Make(HasOwnUsers(plan_.level) ? uid_ : geteuid());
  }

  Trouble Refresh(const FreshOrder& order) {
    if (plan_.level != Level::kL0) return MountFresh({uid_, order.work_bytes});
    return workplace_.Refresh();
  }

  // Tells the agent of what lies there now.
  bool Announce(int agent, Trouble trouble, bool makes_files) {
    Fd rules;
    if (!trouble) {
      trouble = plan_.level != Level::kL0
                    ? MakeRules(&rules)
                    : MakeHostRules(
                          {plan_.tree, workplace_.path(), makes_files}, &rules);
    }
    const int fds[] = {rules.get()};
    return SendTo(agent, trouble,
                  rules ? std::span<const int>(fds) : std::span<const int>());
  }

  [[nodiscard]] const std::string& workplace() const {
    return workplace_.path();
  }

 private:
  const SlotPlan& plan_;
  const unsigned uid_;
  Workplace workplace_;
};

// Until there is something to read from the agent; false: the spawner is gone.
bool Wait(int agent, const Fd& spawner) {
  // poll leaves alone what is negative.
  pollfd fds[] = {{agent, POLLIN, 0}, {spawner.get(), POLLIN, 0}};
  while (poll(fds, 2, -1) < 0) {
    if (errno != EINTR) return false;
  }
  return fds[1].revents == 0;
}

// Until the agent or the spawner is gone.
void Keep(int agent, const Fd& spawner, Place* place) {
  if (!place->Announce(agent, {}, false)) return;
  while (Wait(agent, spawner)) {
    const auto order = ReceiveFrom<FreshOrder>(agent);
    if (!order) return;
    const Trouble trouble = place->Refresh(*order);
    if (!place->Announce(agent, trouble, order->makes_files)) return;
  }
}

// Of the keeper of a slot without namespaces, before there is an agent.
// It is not killed with the spawner: there are files to remove.
Trouble PrepareScope(Fd* spawner, Place* place) {
  signal(SIGCHLD, SIG_DFL);
  *spawner = Fd(static_cast<int>(syscall(SYS_pidfd_open, getppid(), 0)));
  if (!*spawner) return {Step::kParent, errno};
  if (const Trouble trouble = EnterScope()) return trouble;
  if (const Trouble trouble = place->Make()) return trouble;
  prctl(PR_SET_DUMPABLE, 0);
  return {};
}

Trouble RunSlot(const SlotPlan& plan, const SlotOrder& order, unsigned uid,
                unsigned gid, std::span<const int> group) {
  const bool has_namespaces = plan.level != Level::kL0;
  Place place(plan, order);
  Fd spawner;
  const Trouble trouble = has_namespaces ? PrepareSlot(plan, order, uid, gid)
                                         : PrepareScope(&spawner, &place);
  if (trouble) return trouble;
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return {Step::kDescriptors, errno};
  }
  const long agent = Call(SYS_clone, SIGCHLD);
  if (agent < 0) return TroubleOf(Step::kFork, agent);
  close(agent == 0 ? ends[0] : ends[1]);
  if (agent == 0) {
    const Trouble ended = RunAgent({.orders = kOrdersFd,
                                    .keeper = ends[1],
                                    .slot = order,
                                    .own_user = HasOwnUsers(plan.level),
                                    .workplace = place.workplace(),
                                    .group = group,
                                    .filters = plan.filters});
    if (ended) Report(kOrdersFd, ended);
    _exit(0);
  }
  close(kOrdersFd);
  for (const int file : group) close(file);
  // Where an interpreter is killed, its forks become ours; the stub init of a
  // run ends only when all of its namespace are reaped.
  if (has_namespaces) signal(SIGCHLD, SIG_IGN);
  Keep(ends[0], spawner, &place);
  // With namespaces the kernel does, and the workplace is in them.
  if (!has_namespaces) static_cast<void>(EndScope());
  return {};
}

}  // namespace

long StartSlot(const SlotPlan& plan, const SlotOrder& order,
               const std::vector<Fd>& fds) {
  const unsigned uid = geteuid();
  const unsigned gid = getegid();
  unsigned long flags = SIGCHLD;
  if (plan.level != Level::kL0) {
    flags |= CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC |
             CLONE_NEWUTS | CLONE_NEWCGROUP;
  }
  if (plan.level == Level::kL1) flags |= CLONE_NEWUSER;
  const long pid = Call(SYS_clone, flags);
  if (pid != 0) return pid;
  Trouble trouble = ReadyDescriptors(fds);
  std::vector<int> group(fds.size() - 1);
  std::iota(group.begin(), group.end(), kGroupFd);
  if (!trouble) trouble = RunSlot(plan, order, uid, gid, group);
  if (trouble) Report(kOrdersFd, trouble);
  _exit(0);
}

}  // namespace sandbox
