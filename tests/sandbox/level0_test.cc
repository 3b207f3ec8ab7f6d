// L0: what holds where a machine refuses namespaces. As root in a container has
// it and as an ordinary user there: the level is taken only where it is asked
// for, and the attacks of tests/attacks end as they do in a jail with
// namespaces, but for those in the tables below.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "attacks.h"
#include "sandbox/jail.h"
#include "sandbox/landlock.h"
#include "sandbox/runner.h"
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

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The folders in /tmp that slots of this machine have.
std::vector<std::string> Workplaces() {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator("/tmp")) {
    const std::string name = entry.path().filename();
    if (name.starts_with("assay-jail-")) all.push_back(name);
  }
  return all;
}

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

std::string Describe(const RunResult& result) {
  return std::string(EndingName(result.ending)) + " code " +
         std::to_string(result.exit_code) + " signal " +
         std::to_string(result.signal) + " out '" + result.out.substr(0, 3000) +
         "' err '" + result.err.substr(0, 1000) + "' " + result.failure;
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

class Level0Test : public testing::TestWithParam<Leg> {
 protected:
  void SetUp() override {
    if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
    if (LandlockAbi() < kScopeAbi) GTEST_SKIP() << "by Landlock alone";
  }

  static std::string In(const std::function<std::string(const Jail&)>& body) {
    return RunWithoutNamespaces(GetParam(), [&]() -> std::string {
      const auto jail = Jail::Create(Level::kL0);
      return jail ? body(**jail) : jail.error().message;
    });
  }
};

INSTANTIATE_TEST_SUITE_P(Jail, Level0Test,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

TEST_P(Level0Test, IsTakenOnlyWhereItIsAskedFor) {
  EXPECT_EQ(RunWithoutNamespaces(
                GetParam(),
                []() -> std::string { return Jail::Create() ? "a jail" : ""; }),
            "");
}

TEST_P(Level0Test, IsNotTakenWhereAnotherCanBeHad) {
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     const auto jail = Jail::Create(Level::kL0);
                     if (!jail) return jail.error().message;
                     const Enforced& enforced = (*jail)->enforced();
                     return enforced.namespaces ? "" : "L0 for nothing";
                   }),
            "");
}

TEST_P(Level0Test, SaysWhatItEnforces) {
  EXPECT_EQ(In([](const Jail& jail) -> std::string {
              const Enforced& enforced = jail.enforced();
              if (enforced.level != Level::kL0) return "not L0";
              if (enforced.namespaces || enforced.user_namespace) {
                return "namespaces";
              }
              if (enforced.own_user != (geteuid() == 0)) return "own user";
              return enforced.landlock && enforced.system_call_filter
                         ? ""
                         : "Landlock and the filter";
            }),
            "");
}

// A jail of another service would be ended by this one's runs if a scope did
// not hold; so would this test.
TEST_P(Level0Test, EndsOnlyItsOwn) {
  EXPECT_EQ(In([](const Jail& jail) -> std::string {
              const auto other = Jail::Create(Level::kL0);
              if (!other) return other.error().message;
              RunResult slow;
              std::thread thread([&] {
                slow = (*other)->Run(
                    PythonProgram("import time; time.sleep(1); print(1)"),
                    kRoomy);
              });
              for (int i = 0; i < 5; ++i) {
                static_cast<void>(jail.Run(PythonProgram("print(2)"), kRoomy));
              }
              thread.join();
              return slow.out == "1\n" ? "" : Describe(slow);
            }),
            "");
}

TEST_P(Level0Test, ReadsNothingOfTheHostButItsSystem) {
  EXPECT_EQ(In([](const Jail& jail) -> std::string {
              const std::string place =
                  "/tmp/assay-level0-" + std::to_string(getpid());
              std::ofstream(place) << "expected";
              chmod(place.c_str(), 0666);
              const RunResult result = jail.Run(
                  PythonProgram(
                      "import os\n"
                      "for path in ('" +
                      place +
                      "', '/etc/passwd', '/', "
                      "'/tmp', '/proc/self/mem', f'/proc/{os.getppid()}/mem'"
                      ", '/proc/1/environ', '/dev/tty', '/home'):\n"
                      "  for flags in (os.O_RDONLY, os.O_WRONLY):\n"
                      "    try: os.open(path, flags); print(path)\n"
                      "    except OSError: pass\n"
                      "for call in (os.unlink, os.truncate, os.chmod, "
                      "os.utime, os.link):\n"
                      "  try: call('" +
                      place +
                      "', *([] if call in "
                      "(os.unlink, os.utime) else ['x'] if call is os.link "
                      "else [0])); print(call)\n"
                      "  except OSError: pass\n"),
                  kRoomy);
              unlink(place.c_str());
              return result.ending == kExited && result.out.empty()
                         ? result.err
                         : Describe(result);
            }),
            "");
}

TEST_P(Level0Test, CompilesAndRuns) {
  EXPECT_EQ(
      RunWithoutNamespaces(
          GetParam(),
          []() -> std::string {
            auto jail = Jail::Create(Level::kL0);
            if (!jail) return jail.error().message;
            const Runner runner(*jail);
            const Build build = runner.Compile(
                *FindLanguage("cpp"),
                {{.name = "main.cc",
                  .content =
                      "#include <thread>\n#include <cstdio>\nint main() {"
                      " std::thread([] { std::puts(\"42\"); }).join(); }"}},
                {});
            if (build.verdict != BuildVerdict::kReady) {
              return build.failure + build.compile.err;
            }
            const RunResult result = runner.Run(build.program, kRoomy, {});
            return result.out == "42\n" ? "" : Describe(result);
          }),
      "");
}

// Files of a run that may make some are gone before the next, however deep, and
// whatever their modes.
TEST_P(Level0Test, NothingIsLeftForTheNextRun) {
  EXPECT_EQ(
      In([](const Jail& jail) -> std::string {
        RunLimits limits = kRoomy;
        limits.processes = 2;
        for (int i = 0; i < 6; ++i) {
          const RunResult result = jail.Run(
              PythonProgram("import os\n"
                            "print(os.listdir('.'), os.listdir("
                            "os.environ['TMPDIR']))\n"
                            "open('left', 'w').close()\n"
                            "os.symlink('/usr', '#0')\n"
                            "for place in '.', os.environ['TMPDIR']:\n"
                            "  os.chdir(place)\n"
                            "  for _ in range(300):\n"
                            "    os.mkdir('d' * 100); os.chdir('d' * 100)\n"
                            "    open('file', 'w').close()\n"
                            "  os.mkdir('closed', 0)\n"),
              limits);
          if (result.out != "['main.py'] []\n" || !result.err.empty()) {
            return Describe(result);
          }
        }
        return "";
      }),
      "");
}

// However many a run has made, no other one waits until they are removed.
TEST_P(Level0Test, ARunThatMayMakeFilesIsTheLastInItsPlace) {
  EXPECT_EQ(In([](const Jail& jail) -> std::string {
              const Program program =
                  PythonProgram("import os; print(os.getcwd())");
              Program wanting = program;
              wanting.wanted = {"a"};
              RunLimits forking = kRoomy;
              forking.processes = 2;
              std::set<std::string> places;
              for (int i = 0; i < 3; ++i) {
                places.insert(jail.Run(program, forking).out);
                places.insert(jail.Run(wanting, kRoomy).out);
              }
              if (places.size() != 6) return "a place had two of them";
              for (int i = 0; i < 6; ++i) {
                places.insert(jail.Run(program, kRoomy).out);
              }
              return places.size() < 12 ? "" : "no place is used again";
            }),
            "");
}

TEST_P(Level0Test, WantedFilesComeBack) {
  EXPECT_EQ(In([](const Jail& jail) -> std::string {
              Program program = PythonProgram("open('a', 'w').write('text')");
              program.wanted = {"a", "main.py"};
              const RunResult result = jail.Run(program, kRoomy);
              if (result.files.at(0).content != "text") return Describe(result);
              return result.files.at(1).content.empty() ? "main.py" : "";
            }),
            "");
}

// The disk is as full as before, whatever a run does that no file is wanted of.
TEST_P(Level0Test, ARunMakesNoFilesWhereNoneAreWanted) {
  EXPECT_EQ(In([](const Jail& jail) -> std::string {
              RunLimits limits = kRoomy;
              limits.file_bytes = 4096;
              const RunResult result = jail.Run(
                  PythonProgram(
                      "import errno, os\n"
                      "for make in (lambda: open('x', 'w'), "
                      "lambda: os.mkdir('y'), lambda: os.symlink('a', 'b'), "
                      "lambda: os.mkfifo('c'), "
                      "lambda: os.open('.', os.O_TMPFILE | os.O_RDWR),"
                      "lambda: os.pwrite(os.open('main.py', os.O_RDWR), b'x', "
                      "4096)):\n"
                      "  try: make(); print('made')\n"
                      "  except OSError as e: print(errno.errorcode[e.errno])"),
                  limits);
              // As root main.py is not the program's.
              const char* last = geteuid() == 0 ? "EACCES\n" : "EFBIG\n";
              return result.out == "EACCES\nEACCES\nEACCES\nEPERM\nEPERM\n" +
                                       std::string(last)
                         ? ""
                         : Describe(result);
            }),
            "");
}

TEST_P(Level0Test, TheWorkplacesGoWithTheJail) {
  EXPECT_EQ(
      RunWithoutNamespaces(
          GetParam(),
          []() -> std::string {
            const std::string mine = std::to_string(geteuid());
            auto jail = Jail::Create(Level::kL0);
            if (!jail) return jail.error().message;
            if (Workplaces().empty()) return "no workplace";
            const auto all = Workplaces();
            jail = JailError();
            // Their keepers end by themselves.
            const auto end = std::chrono::steady_clock::now() + seconds(30);
            const auto gone = [&all] {
              const auto now = Workplaces();
              return std::any_of(all.begin(), all.end(), [&](auto& one) {
                return std::find(now.begin(), now.end(), one) == now.end();
              });
            };
            while (!gone() && std::chrono::steady_clock::now() < end) {
              std::this_thread::sleep_for(milliseconds(5));
            }
            return gone() ? "" : "a workplace is left";
          }),
      "");
}

// By SIGKILL of the service, with children that nobody waits for.
TEST_P(Level0Test, TheJailDiesWithItsSupervisor) {
  EXPECT_EQ(
      RunWithoutNamespaces(
          GetParam(),
          []() -> std::string {
            const std::string marker =
                "dies-with-" + std::to_string(getpid()) + ".py";
            const pid_t supervisor = fork();
            if (supervisor == 0) {
              const auto jail = Jail::Create(Level::kL0);
              Program program = PythonProgram(
                  "import os, time\n"
                  "if os.fork() == 0: os.setsid()\n"
                  "time.sleep(1000)\n");
              program.argv = {"/usr/bin/python3", marker};
              program.files[0].name = marker;
              RunLimits limits{.cpu = seconds(60), .wall = seconds(600)};
              limits.processes = 4;
              if (jail) static_cast<void>((*jail)->Run(program, limits));
              _exit(0);
            }
            const auto running = [&marker] {
              int count = 0;
              for (const auto& entry :
                   std::filesystem::directory_iterator("/proc")) {
                const std::string text = ReadFile(entry.path() / "cmdline");
                if (text.find(marker) != std::string::npos) ++count;
              }
              return count;
            };
            const auto wait_for = [&running](int wanted) {
              const auto end = std::chrono::steady_clock::now() + seconds(30);
              while (running() != wanted &&
                     std::chrono::steady_clock::now() < end) {
                std::this_thread::sleep_for(milliseconds(5));
              }
              return running() == wanted;
            };
            const bool ran = wait_for(2);
            kill(supervisor, SIGKILL);
            waitpid(supervisor, nullptr, 0);
            if (!ran) return "it did not run";
            return wait_for(0) ? "" : "a process is left";
          }),
      "");
}

}  // namespace
}  // namespace sandbox
