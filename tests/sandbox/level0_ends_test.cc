// L0: what is left when one of those who hold a jail is killed, in the middle
// of a run: nothing. At the other levels the kernel sees to that.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/jail.h"
#include "sandbox/landlock.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kPatience{30};

std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    std::ifstream status(entry.path() / "status");
    for (std::string word; pid > 0 && status >> word;) {
      pid_t above = 0;
      if (word == "PPid:" && status >> above && above == parent) {
        children.push_back(pid);
      }
    }
  }
  return children;
}

bool IsThere(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string word; status >> word;) {
    if (word == "State:" && status >> word) return word != "Z";
  }
  return false;
}

bool Wait(const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!done() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  return done();
}

// Those of a jail in which one program runs.
struct Holders {
  std::vector<pid_t> spawners;  // one
  std::vector<pid_t> keepers;   // of two slots
  std::vector<pid_t> agents;
  std::vector<pid_t> run;  // its stub init and what is below it
};

Holders Find() {
  Holders all;
  all.spawners = ChildrenOf(getpid());
  const auto below = [](const std::vector<pid_t>& above) {
    std::vector<pid_t> found;
    for (const pid_t one : above) {
      for (const pid_t child : ChildrenOf(one)) found.push_back(child);
    }
    return found;
  };
  all.keepers = below(all.spawners);
  all.agents = below(all.keepers);
  for (auto more = below(all.agents); !more.empty(); more = below(more)) {
    all.run.insert(all.run.end(), more.begin(), more.end());
  }
  return all;
}

using Group = std::vector<pid_t> Holders::*;

// Kills those of `chosen` while a program runs, and sets the workplace that it
// had. What went wrong, or empty.
std::string Kill(Group chosen, std::string* workplace) {
  const auto jail = Jail::Create(Level::kL0);
  if (!jail) return jail.error().message;
  RunResult result;
  std::thread thread([&] {
    RunLimits limits{.cpu = seconds(60), .wall = kPatience * 2};
    limits.processes = 4;
    result = (*jail)->Run(PythonProgram("import os, time\n"
                                        "print(os.getcwd(), flush=True)\n"
                                        "if os.fork() == 0: os.setsid()\n"
                                        "time.sleep(1000)\n"),
                          limits);
  });
  Holders all;
  const bool ran = Wait([&all] {
    all = Find();
    return all.run.size() == 3;  // a stub init, the program and its child
  });
  for (const pid_t one : all.*chosen) kill(one, SIGKILL);
  const bool ended = Wait([&all] {
    const auto gone = [](pid_t one) { return !IsThere(one); };
    return std::all_of(all.run.begin(), all.run.end(), gone) &&
           std::all_of(all.agents.begin(), all.agents.end(), gone);
  });
  // What would hold this test up.
  for (const pid_t one : all.run) kill(one, SIGKILL);
  thread.join();
  *workplace = result.out.substr(0, result.out.rfind("/w\n"));
  if (!ran || !workplace->starts_with("/tmp/assay-jail-")) {
    return "it did not run";
  }
  if (!ended) return "a process is left";
  return result.ending == Ending::kFailed ? "" : "not a failure of ours";
}

class Level0EndsTest : public testing::TestWithParam<Leg> {
 protected:
  void SetUp() override {
    if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
    if (LandlockAbi() < kScopeAbi) GTEST_SKIP() << "by Landlock alone";
  }

  // The files go too: at once, or when the next jail is made.
  static std::string Killing(Group chosen, bool leaves_files) {
    return RunWithoutNamespaces(GetParam(), [&]() -> std::string {
      std::string workplace;
      std::string wrong = Kill(chosen, &workplace);
      if (!wrong.empty()) return wrong;
      const auto gone = [&] { return !std::filesystem::exists(workplace); };
      if (!leaves_files) return Wait(gone) ? "" : "files are left";
      const auto next = Jail::Create(Level::kL0);
      return gone() ? "" : "the next jail leaves the files of the last one";
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Jail, Level0EndsTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

TEST_P(Level0EndsTest, WithTheSpawner) {
  EXPECT_EQ(Killing(&Holders::spawners, false), "");
}

TEST_P(Level0EndsTest, WithItsKeeper) {
  EXPECT_EQ(Killing(&Holders::keepers, true), "");
}

TEST_P(Level0EndsTest, WithItsAgent) {
  EXPECT_EQ(Killing(&Holders::agents, false), "");
}

}  // namespace
}  // namespace sandbox
