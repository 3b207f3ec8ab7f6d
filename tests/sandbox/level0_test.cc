// L0: what holds where a machine refuses namespaces, as root in a container has
// it and as an ordinary user there. The level is taken only where it is asked
// for.

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

#include "described.h"
#include "file_text.h"
#include "sandbox/jail.h"
#include "sandbox/landlock.h"
#include "sandbox/runner.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RunLimits kRoomy{.cpu = seconds(30), .wall = seconds(60)};

// The folders in /tmp that slots of this machine have.
std::vector<std::string> Workplaces() {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator("/tmp")) {
    const std::string name = entry.path().filename();
    if (name.starts_with("assay-jail-")) all.push_back(name);
  }
  return all;
}

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
              return result.ending == Ending::kExited && result.out.empty()
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
