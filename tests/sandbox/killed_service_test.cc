// A service that is killed (SIGKILL) in the middle of many runs of every kind:
// no process, mount, file or control group of it is left, and the next one is
// as good. All in a PID namespace with a /proc and a /tmp of its own, so that
// whatever is left shows, and nothing of anybody else.

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "groups_of.h"
#include "sandbox/control_groups.h"
#include "sandbox/jail.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kRounds = 8;
constexpr int kRunsAtOnce = 12;
constexpr seconds kLong{60};

// Before a jail may move this process to another group.
const std::optional<GroupPlaces> places = OwnGroupPlaces();

struct Kind {
  Program program;
  RunLimits limits;
};

std::vector<Kind> Kinds() {
  const RunLimits plain{.wall = kLong};
  const RunLimits forks{.wall = kLong, .processes = 8};
  return {
      {{.argv = {"/usr/bin/true"}}, plain},
      {PythonProgram("print(sum(range(100000)))"), plain},
      {PythonProgram("while True: pass"), plain},
      {PythonProgram("import time; time.sleep(1000)"), plain},
      {PythonProgram("open('/w/x', 'w').write('x' * 1000000)"), plain},
      {PythonProgram("while True: print('x' * 10000)"), plain},
      {PythonProgram("import os\n"
                     "for _ in range(5):\n"
                     "  if os.fork() == 0: os.setsid()\n"
                     "while True: pass\n"),
       forks},
      {PythonProgram("import os; os.kill(os.getpid(), 9)"), plain},
  };
}

// Runs programs until it is killed; says on `ready` that it does.
[[noreturn]] void Serve(int ready) {
  const auto jail = Jail::Create();
  if (!jail) _exit(1);
  const std::vector<Kind> kinds = Kinds();
  std::vector<std::thread> threads;
  for (int i = 0; i < kRunsAtOnce; ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t turn = static_cast<std::size_t>(i);; ++turn) {
        const Kind& kind = kinds[turn % kinds.size()];
        static_cast<void>((*jail)->Run(kind.program, kind.limits));
      }
    });
  }
  if (write(ready, "+", 1) != 1) _exit(1);
  for (;;) pause();
}

// Empty where a jail is made that runs a program.
std::string NextOneWorks() {
  return RunInChild([]() -> std::string {
    const auto jail = Jail::Create();
    if (!jail) return jail.error().message;
    const RunResult result =
        (*jail)->Run(PythonProgram("print(1)"), {.wall = kLong});
    return result.out == "1\n" ? "" : "the next one: " + result.failure;
  });
}

std::set<std::string> Processes() {
  std::set<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") == std::string::npos) {
      all.insert(name);
    }
  }
  return all;
}

bool AwaitAlone() {
  const auto end = std::chrono::steady_clock::now() + kLong;
  while (std::chrono::steady_clock::now() < end) {
    while (waitpid(-1, nullptr, WNOHANG) > 0) continue;
    if (Processes() == std::set<std::string>{"1"}) return true;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return false;
}

std::size_t Mounts() {
  std::ifstream file("/proc/self/mountinfo");
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

std::string LeftFile() {
  for (const auto& entry : std::filesystem::directory_iterator("/tmp")) {
    return entry.path();
  }
  return "";
}

// One service that is killed after `age`; what is left of it, or empty.
std::string KillOne(milliseconds age) {
  const std::size_t mounts = Mounts();
  int ends[2];
  if (pipe(ends) != 0) return "pipe";
  const pid_t service = fork();
  if (service == 0) Serve(ends[1]);
  close(ends[1]);
  char said = 0;
  const bool served = read(ends[0], &said, 1) == 1;
  close(ends[0]);
  if (!served) return "it does not serve";
  std::this_thread::sleep_for(age);
  kill(service, SIGKILL);
  if (!AwaitAlone()) return "a process is left";
  if (Mounts() != mounts) return "a mount is left";
  if (const std::string wrong = NextOneWorks(); !wrong.empty()) return wrong;
  if (!AwaitAlone()) return "a process of the next one is left";
  if (const std::string file = LeftFile(); !file.empty()) return file;
  // Its PID here is too small to be one outside.
  const auto groups = GroupsOf(places, service);
  return groups.empty() ? "" : groups.front();
}

// Calls `body` as PID 1 of a namespace where nothing else is.
std::string RunAlone(const std::function<std::string()>& body) {
  return RunInChild([&]() -> std::string {
    if (unshare(CLONE_NEWPID | CLONE_NEWNS) != 0) return "unshare";
    return RunInChild([&]() -> std::string {
      if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
          mount("proc", "/proc", "proc", 0, nullptr) != 0 ||
          mount("tmpfs", "/tmp", "tmpfs", 0, "mode=1777") != 0) {
        return "mount";
      }
      return body();
    });
  });
}

TEST(KilledServiceTest, LeavesNothing) {
  if (!CanTake(Leg::kRoot)) GTEST_SKIP() << "needs root";
  for (int round = 0; round < kRounds; ++round) {
    // From the middle of starting to the middle of everything.
    const milliseconds age(37 * round);
    EXPECT_EQ(RunAlone([&] { return KillOne(age); }), "")
        << age.count() << " ms";
  }
}

}  // namespace
}  // namespace sandbox
