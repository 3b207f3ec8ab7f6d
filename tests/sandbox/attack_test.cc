// Runs every program of tests/attacks as root, with control groups where the
// machine has them (L3) and without (L2), and as an ordinary user (L1), and
// asserts how it ends. After each: an honest program is still right, and no
// process is left. A machine that refuses namespaces fails these tests.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>

#include "attacks.h"
#include "described.h"
#include "file_text.h"
#include "sandbox/jail.h"
#include "sandbox/landlock.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Process {
  pid_t parent = 0;
  std::size_t depth = 0;  // of nested PID namespaces, below ours
};

std::map<pid_t, Process> Processes() {
  std::map<pid_t, Process> all;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", ignored)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    std::ifstream status(entry.path() / "status");
    for (std::string line; pid > 0 && std::getline(status, line);) {
      std::istringstream words(line);
      std::string name;
      words >> name;
      if (name == "PPid:") words >> all[pid].parent;
      if (name == "NSpid:") {
        const auto count = std::distance(std::istream_iterator<int>(words), {});
        all[pid].depth = static_cast<std::size_t>(count);
      }
    }
  }
  return all;
}

// True where a process of a run below this process is alive: it has a PID in
// the namespaces of its slot and of its run.
bool IsLeft() {
  const auto all = Processes();
  const std::size_t deep = all.at(getpid()).depth + 2;
  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
    if (one.second.depth < deep) return false;
    auto above = all.find(one.second.parent);
    while (above != all.end() && above->first != getpid()) {
      above = all.find(above->second.parent);
    }
    return above != all.end();
  });
}

bool IsWanted(const Attack& attack, Ending want, const RunResult& result) {
  const int code = want == kSignalled ? result.signal : result.exit_code;
  return result.ending == want && code == attack.code &&
         (attack.out == kAnyOutput || result.out == attack.out);
}

// What went wrong, or empty. Runs as the user of the leg.
std::string RunAttack(const Attack& attack, Level most,
                      const std::string& source) {
  const auto jail = Jail::Create(Level::kL1, most);
  if (!jail) return jail.error().message;
  const bool grouped = (*jail)->enforced().control_groups && attack.grouped;
  const Ending want = grouped ? *attack.grouped : attack.want;
  RunLimits limits;
  limits.cpu = seconds(2);
  limits.wall = want == Ending::kWallLimit ? seconds(3) : seconds(60);
  limits.processes = attack.processes;
  Program program = PythonProgram(source);
  // A secret that this process would hand on to whatever it executes.
  const int leaky = open("/proc/self/environ", O_RDONLY);
  const RunResult result = (*jail)->Run(program, limits);
  close(leaky);
  if (!IsWanted(attack, want, result)) return Describe(result);
  if (IsLeft()) return "a process is left";
  siginfo_t info{};
  waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL);
  if (info.si_pid != 0) return "a child is left";
  const RunResult honest = (*jail)->Run(
      PythonProgram("print(sum(map(int, input().split())))", "1 2\n"),
      RunLimits{.wall = seconds(60)});
  if (honest.ending != kExited || honest.out != "3\n") {
    return "afterwards, an honest program: " + Describe(honest);
  }
  return "";
}

class AttackTest : public testing::TestWithParam<std::tuple<Attack, Level>> {};

TEST_P(AttackTest, EndsAsItMust) {
  const auto& [attack, level] = GetParam();
  const Leg leg = level == Level::kL1 ? Leg::kOrdinary : Leg::kRoot;
  if (!CanTake(leg)) GTEST_SKIP() << "this leg is for root";
  if (LandlockAbi() < attack.landlock) GTEST_SKIP() << "by Landlock alone";
  const std::string source =
      ReadFile(ASSAY_ATTACKS "/" + std::string(attack.name) + ".py");
  ASSERT_FALSE(source.empty());
  EXPECT_EQ(
      RunLeg(leg, [&attack = attack, &source,
                   most = level] { return RunAttack(attack, most, source); }),
      "");
}

INSTANTIATE_TEST_SUITE_P(
    Jail, AttackTest,
    testing::Combine(testing::ValuesIn(kAttacks),
                     testing::Values(Level::kL3, Level::kL2, Level::kL1)),
    [](const auto& test) {
      const Attack& attack = std::get<0>(test.param);
      return std::string(attack.name) + "_" + std::to_string(test.index / 3) +
             "_" + std::string(LevelName(std::get<1>(test.param)));
    });

TEST(AttackFiles, EachIsInTheTable) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_ATTACKS)) {
    if (entry.path().extension() == ".py") {
      files.insert(entry.path().stem());
    }
  }
  for (const Attack& attack : kAttacks) files.erase(attack.name);
  EXPECT_TRUE(files.empty()) << *files.begin() << " runs in no test";
}

}  // namespace
}  // namespace sandbox
