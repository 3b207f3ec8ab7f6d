// assay-spawner: makes the slots of one service, until that ends. Started by
// spawner.cc from memory with nothing of the service in it: no descriptor but
// two, no environment, no byte of its memory. One thread.
//
//   assay-spawner LEVEL [SOURCE TARGET]...      folders, see folder.h
//
// Descriptor 3: SlotOrder with its descriptors; 4: a pidfd of the service.

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/orders.h"
#include "sandbox/policy.h"
#include "sandbox/slot.h"
#include "sandbox/workplace.h"

namespace sandbox {
namespace {

constexpr int kControlFd = 3;
constexpr int kServiceFd = 4;
constexpr int kExitNoFilter = 1;
constexpr int kExitNoLevel = 2;
constexpr int kNiceTries = 50;
constexpr useconds_t kNicePause = 20'000;  // microseconds

std::optional<std::vector<sock_filter>> Compiled(const Policy& policy) {
  auto filter = policy.Compile();
  if (!filter) return std::nullopt;
  return *std::move(filter);
}

std::optional<AgentFilters> Filters(bool on_host) {
  const auto agent = PolicyBuilder()
                         .AllowProgram()
                         .Allow(WeakenWithFork())
                         .Allow(WeakenForAgent())
                         .Build();
  if (!agent) return std::nullopt;
  auto filter = Compiled(*agent);
  auto lock = Compiled(LockPolicy(false, on_host));
  auto fork_lock = Compiled(LockPolicy(true, on_host));
  if (!filter || !lock || !fork_lock) return std::nullopt;
  return AgentFilters{*filter, *lock, *fork_lock};
}

// Waits for an order; false once the service is gone.
bool Wait() {
  std::array<pollfd, 2> fds{{{kControlFd, POLLIN, 0}, {kServiceFd, POLLIN, 0}}};
  while (poll(fds.data(), fds.size(), -1) < 0) {
  }
  return fds[1].revents == 0;
}

// Linux weighs sessions against each other, whatever the niceness in them: ours
// is as nice as who started us. Where it does not, there is no such file. One
// who is not root may say so ten times a second, all processes together.
void NiceSession() {
  const int niceness = getpriority(PRIO_PROCESS, 0);
  if (niceness <= 0) return;
  const Fd file(open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC));
  const std::string text = std::to_string(niceness);
  for (int i = 0; i < kNiceTries; ++i) {
    if (write(file.get(), text.data(), text.size()) >= 0 || errno != EAGAIN) {
      return;
    }
    usleep(kNicePause);
  }
}

// Of all runs, which may not change it: no file, and no handler that stands
// behind a pipe in core_pattern, which ignores 0 but not 1.
void RefuseCores() {
  rlimit limit{};
  getrlimit(RLIMIT_CORE, &limit);
  limit.rlim_cur = limit.rlim_max = std::min<rlim_t>(limit.rlim_max, 1);
  setrlimit(RLIMIT_CORE, &limit);
}

int Main(int argc, char** argv) {
  setsid();  // signals of the terminal are for the service
  NiceSession();
  RefuseCores();
  signal(SIGCHLD, SIG_IGN);  // slots that end leave no zombies
  const auto level = LevelOf(argc > 1 ? argv[1] : "");
  if (!level) return kExitNoLevel;
  std::vector<Folder> folders;
  for (int i = 2; i + 1 < argc; i += 2) {
    folders.push_back({argv[i], argv[i + 1]});
  }
  const Tree tree(folders);
  if (*level == Level::kL0) SweepWorkplaces();
  const auto filters = Filters(*level == Level::kL0);
  if (!filters) return kExitNoFilter;
  const SlotPlan plan{.level = *level, .tree = &tree, .filters = &*filters};
  std::vector<Fd> fds;
  while (Wait()) {
    const auto order = ReceiveFrom<SlotOrder>(kControlFd, &fds);
    if (!order || fds.empty()) break;
    const long pid = StartSlot(plan, *order, fds);
    if (pid < 0) {
      static_cast<void>(SendTo(
          fds[0].get(),
          SlotReply{SlotReply::Kind::kTrouble, TroubleOf(Step::kFork, pid)}));
    }
    fds.clear();
  }
  return 0;
}

}  // namespace
}  // namespace sandbox

int main(int argc, char** argv) { return sandbox::Main(argc, argv); }
