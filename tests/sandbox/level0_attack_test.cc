// The attacks of tests/attacks at L0, as root in a container and as an ordinary
// user there: they end as they do in a jail with namespaces, but for those in
// the tables below.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
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

const RunLimits kRoomy{.cpu = seconds(30), .wall = seconds(60)};

// The attacks that end in another way at L0. Most look at /w, /tmp and /proc by
// name, which are none of theirs here, or make files, which they may not; an
// exit code 1 is an exception that says so.
const bool has_work = std::filesystem::exists("/w");  // of the host
const Attack kOtherwise[] = {
    {"kill_parent", kExited, 1},
    {"proc_read", kExited, 1},
    {"host_files", kExited, 1},
    {"write_usr", kExited, 0, "EACCES\n"},
    {"fill_disk", kExited, 0,
     has_work ? "EACCES True\nEACCES True\n" : "ENOENT True\nEACCES True\n"},
    {"many_files", kExited, 0, has_work ? "EACCES True\n" : "ENOENT True\n"},
    {"large_file", kExited, 1},
    {"deep_folders", kExited, 1},
    {"symlinks", kExited, 1},
    {"leave_files", kExited, 1},
    {"leave_odd_files", kExited, 1},
    {"override_modes", kExited, 1},
    {"shared_memory", kExited, 0, "EPERM True True\n"},  // they exist
};

// What no layer of L0 holds.
constexpr const char* kNotHeld[] = {
    "environment",   // the host's name can be read
    "honest_tools",  // it makes temporary files
};

// "Name:\tvalue" of /proc/PID/status.
std::string Field(const std::string& pid, const std::string& name) {
  std::ifstream file("/proc/" + pid + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name)) return line.substr(name.size() + 1);
  }
  return "";
}

// The names of all processes below this one but those that hold its jails.
std::string Left() {
  std::map<std::string, std::string> parents;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string pid = entry.path().filename();
    if (std::isdigit(pid[0]) != 0) parents[pid] = Field(pid, "PPid:");
  }
  const std::string me = std::to_string(getpid());
  std::string left;
  for (const auto& [pid, parent] : parents) {
    std::string child = pid;
    while (parents.count(child) != 0 && parents[child] != me) {
      child = parents[child];
    }
    if (parents.count(child) == 0) continue;  // `child` is a spawner
    // Without a name it is gone by now, as the slot of a run that is over.
    const std::string name = Field(pid, "Name:");
    if (!name.empty() && name != Field(child, "Name:")) left += name + " ";
  }
  return left;
}

bool IsHeld(const Attack& attack) {
  return attack.landlock <= LandlockAbi() &&
         std::none_of(std::begin(kNotHeld), std::end(kNotHeld),
                      [&](std::string_view one) { return one == attack.name; });
}

Attack AtL0(const Attack& attack) {
  for (const Attack& other : kOtherwise) {
    if (std::string_view(other.name) == attack.name &&
        other.processes == attack.processes) {
      return other;
    }
  }
  return attack;
}

// What went wrong, or empty.
std::string RunAttack(const Jail& jail, const Attack& attack) {
  RunLimits limits;
  limits.cpu = seconds(2);
  limits.wall = attack.want == Ending::kWallLimit ? seconds(3) : seconds(60);
  limits.processes = attack.processes;
  const RunResult result =
      jail.Run(PythonProgram(ReadFile(ASSAY_ATTACKS "/" +
                                      std::string(attack.name) + ".py")),
               limits);
  const int code = attack.want == kSignalled ? result.signal : result.exit_code;
  const bool wanted = result.ending == attack.want && code == attack.code &&
                      (attack.out == kAnyOutput || result.out == attack.out);
  if (!wanted) return Describe(result);
  const std::string left = Left();
  if (!left.empty()) return "left: " + left;
  const RunResult honest = jail.Run(
      PythonProgram("print(sum(map(int, input().split())))", "1 2\n"), kRoomy);
  return honest.out == "3\n" ? "" : "an honest program: " + Describe(honest);
}

constexpr std::size_t kShards = 4;  // each has a share of the attacks

class Level0AttackTest
    : public testing::TestWithParam<std::tuple<Leg, std::size_t>> {};

TEST_P(Level0AttackTest, AllEndAsTheyMust) {
  const auto& [leg, shard] = GetParam();
  if (!CanTake(leg)) GTEST_SKIP() << "this leg is for root";
  const auto run = [shard = shard]() -> std::string {
    if (LandlockAbi() < kScopeAbi) return "";  // Level0Test says what then
    const auto jail = Jail::Create(Level::kL0);
    if (!jail) return jail.error().message;
    std::string wrong;
    for (std::size_t i = shard; i < std::size(kAttacks); i += kShards) {
      if (!IsHeld(kAttacks[i])) continue;
      const std::string why = RunAttack(**jail, AtL0(kAttacks[i]));
      if (!why.empty())
        wrong += std::string(kAttacks[i].name) + ": " + why + "\n";
    }
    return wrong;
  };
  EXPECT_EQ(RunWithoutNamespaces(leg, run), "");
}

INSTANTIATE_TEST_SUITE_P(
    Jail, Level0AttackTest,
    testing::Combine(testing::Values(Leg::kRoot, Leg::kOrdinary),
                     testing::Range(std::size_t{0}, kShards)),
    [](const auto& test) {
      return std::string(std::get<0>(test.param) == Leg::kRoot ? "Root"
                                                               : "Ordinary") +
             std::to_string(std::get<1>(test.param));
    });

}  // namespace
}  // namespace sandbox
