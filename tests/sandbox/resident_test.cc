// assay-jail from outside, as root and as an ordinary user: what passes through
// it, how it ends, and what its program cannot do.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "jailed.h"
#include "user_leg.h"

namespace sandbox {
namespace {

struct Run {
  const char* name;
  std::vector<std::string> arguments;
  std::string input;
  std::string end;
  std::string out;  // exactly
  std::string err;  // a part of it; "" : nothing at all
};

std::vector<Run> Runs() {
  return {
      {"streams",
       Python("import sys\nfor l in sys.stdin: print(l.upper(), end='')\n"
              "print('e', file=sys.stderr)"),
       "a\nb\n", "exit 0", "A\nB\n", "e\n"},
      {"exit_code", Python("raise SystemExit(3)"), "", "exit 3", "", ""},
      {"exit_125", Python("raise SystemExit(125)"), "", "exit 125", "", ""},
      {"abort", Python("import os; os.abort()"), "", "signal 6", "", ""},
      {"kill_self", Python("import os; os.kill(os.getpid(), 9)"), "",
       "signal 9", "", ""},
      {"not_found",
       {"--", "/usr/bin/no-such-program"},
       "",
       "exit 127",
       "",
       "No such file"},
      {"a_folder", {"--", "/usr"}, "", "exit 126", "", "Permission denied"},
      {"relative", {"--", "python3"}, "", "exit 125", "", "an absolute path"},
      {"no_program", {}, "", "exit 125", "", "no program"},
      {"unknown_option", {"--rw", "/x"}, "", "exit 125", "", "--rw"},
      {"no_folder",
       {"--ro", "/no/such", "--", kPython},
       "",
       "exit 125",
       "",
       "/no/such: No such file"},
      {"root_folder",
       {"--ro", "/", "--", kPython},
       "",
       "exit 125",
       "",
       "below /"},
      {"a_file",
       {"--ro", "/etc/passwd", "--", kPython},
       "",
       "exit 125",
       "",
       "not a folder"},
      {"bad_memory",
       {"--memory", "lots", "--", kPython},
       "",
       "exit 125",
       "",
       "--memory"},
      {"little_memory",
       {"--memory", "1M", "--", kPython},
       "",
       "exit 125",
       "",
       "memory_bytes is out of range"},
      {"many_processes",
       {"--processes", "257", "--", kPython},
       "",
       "exit 125",
       "",
       "processes is out of range"},
      // What it cannot do.
      {"no_network",
       Python("import socket\ntry: socket.socket()\nexcept OSError as e: "
              "print(e.errno)"),
       "", "exit 0", "97\n", ""},
      {"no_host_files",
       Python("import os\nprint(os.path.exists('/etc/passwd'), "
              "os.path.exists('/proc/self'), os.path.exists('/home'), "
              "os.path.exists('/root'))"),
       "", "exit 0", "False False False False\n", ""},
      {"no_writing",
       Python("import os\nfor f in '/usr/x', '/x', '/bin/x':\n"
              "  try: open(f, 'w'); print('wrote')\n"
              "  except OSError as e: print(e.errno)"),
       "", "exit 0", "30\n30\n30\n", ""},
      {"no_fork",
       Python("import os\ntry: os.fork()\nexcept OSError as e: print(e.errno)"),
       "", "exit 0", "1\n", ""},
      {"fork_where_allowed",
       Python("import subprocess\n"
              "print(subprocess.run(['/bin/echo', 'x'],"
              " capture_output=True).stdout)",
              {"--processes", "8"}),
       "", "exit 0", "b'x\\n'\n", ""},
      {"threads",
       Python("import threading\nt = threading.Thread(target=lambda:"
              " print('in a thread'))\nt.start()\nt.join()"),
       "", "exit 0", "in a thread\n", ""},
      {"memory",
       Python("try: x = bytearray(2 << 30); print('all')\n"
              "except MemoryError: print('refused')"),
       "", "exit 0", "refused\n", ""},
      {"no_new_privileges",
       Python("import os\ntry: os.setuid(0)\n"
              "except OSError as e: print(e.errno, os.getuid() != 0)"),
       "", "exit 0", "1 True\n", ""},
      {"no_descriptors",
       Python("import os\ndef is_open(f):\n"
              "  try: os.fstat(f); return True\n"
              "  except OSError: return False\n"
              "print([f for f in range(100) if is_open(f)])"),
       "", "exit 0", "[0, 1, 2]\n", ""},
      {"no_environment",
       Python("import os\nprint('SECRET' in os.environ,"
              " os.environ['PYTHONUNBUFFERED'])"),
       "", "exit 0", "False 1\n", ""},
      {"a_violation",
       Python("import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)"), "",
       "signal 31", "", "broke the policy"},
  };
}

class ResidentTest : public testing::TestWithParam<std::tuple<Run, Leg>> {};

TEST_P(ResidentTest, EndsAsItMust) {
  const auto& [run, leg] = GetParam();
  if (!CanTake(leg)) GTEST_SKIP() << "this leg is for root";
  setenv("SECRET", "1", 1);
  EXPECT_EQ(RunLeg(leg,
                   [&run = run]() -> std::string {
                     Jailed jailed(run.arguments);
                     jailed.Write(run.input);
                     jailed.CloseInput();
                     const std::string out = jailed.out();
                     const std::string err = jailed.err();
                     const std::string end = jailed.Wait();
                     const bool same = end == run.end && out == run.out &&
                                       err.find(run.err) != std::string::npos &&
                                       err.empty() == run.err.empty();
                     return same ? "" : end + " out: " + out + " err: " + err;
                   }),
            "");
}

INSTANTIATE_TEST_SUITE_P(
    Jail, ResidentTest,
    testing::Combine(testing::ValuesIn(Runs()),
                     testing::Values(Leg::kRoot, Leg::kOrdinary)),
    [](const auto& test) {
      return std::string(std::get<0>(test.param).name) +
             (std::get<1>(test.param) == Leg::kRoot ? "_Root" : "_Ordinary");
    });

class ResidentLegTest : public testing::TestWithParam<Leg> {};

TEST_P(ResidentLegTest, ReadsTheFoldersItIsGiven) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  char folder[] = "/tmp/resident-XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string name = folder;
  chmod(folder, 0755);
  std::ofstream(name + "/a.txt") << "of the host";
  std::filesystem::create_directory(name + "/below");
  std::ofstream(name + "/below/b.txt") << "deep";
  const std::string source =
      "import os\n"
      "print(open('" +
      name + "/a.txt').read(), open('" + name +
      "/below/b.txt').read(), os.listdir('/tmp'))\n"
      "try: open('" +
      name +
      "/c', 'w')\n"
      "except OSError as e: print(e.errno)\n"
      "open('/tmp/mine', 'w').write('x'); print(os.getcwd())";
  EXPECT_EQ(RunLeg(GetParam(),
                   [&]() -> std::string {
                     // Twice the same, and one inside the other.
                     Jailed jailed(Python(source, {"--ro", name + "/below",
                                                   "--ro", name + "/"}));
                     const std::string out = jailed.out();
                     const std::string wanted = "of the host deep ['" +
                                                name.substr(5) + "']\n30\n/w\n";
                     return out == wanted ? "" : out + jailed.err();
                   }),
            "");
  std::filesystem::remove_all(name);
}

TEST_P(ResidentLegTest, SpeaksForAsLongAsItIsSpokenTo) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  EXPECT_EQ(RunLeg(GetParam(),
                   []() -> std::string {
                     Jailed jailed(
                         Python("import sys\n"
                                "for l in sys.stdin: print(len(l))"));
                     for (std::size_t i = 0; i < 100; ++i) {
                       jailed.Write(std::string(i, 'x') + "\n");
                       const std::string line = jailed.ReadLine();
                       if (line != std::to_string(i + 1)) return line;
                     }
                     jailed.CloseInput();
                     const std::string end = jailed.Wait();
                     return end == "exit 0" ? "" : end;
                   }),
            "");
}

TEST_P(ResidentLegTest, NothingOutlivesIt) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  for (const int number : {SIGTERM, SIGINT, SIGKILL}) {
    const std::string marker = Marker();
    EXPECT_EQ(RunLeg(GetParam(),
                     [&]() -> std::string {
                       Jailed jailed(Python(
                           "import os, signal, sys, time\n"
                           "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                           "if os.fork() == 0: os.setsid()\n"
                           "os.write(1, b'" +  // both do, each in one piece
                               marker +
                               "\\n')\n"
                               "time.sleep(1000)",
                           {"--processes", "4"}));
                       if (jailed.ReadLine() != marker) return "did not start";
                       if (WithMarker(marker).size() < 3) return "not there";
                       kill(jailed.pid(), number);
                       const std::string end = jailed.Wait();
                       if (number != SIGKILL && end != "signal 15") return end;
                       return Vanishes(marker) ? "" : "something is left";
                     }),
              "")
        << number;
  }
}

TEST_P(ResidentLegTest, DiesWithItsParent) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  const std::string marker = Marker();
  EXPECT_EQ(RunLeg(GetParam(),
                   [&]() -> std::string {
                     int ends[2];
                     if (pipe(ends) != 0) return "pipe";
                     const pid_t parent = fork();
                     if (parent == 0) {
                       Jailed jailed(Python("import time\nprint('" + marker +
                                            "')\ntime.sleep(1000)"));
                       const bool up = jailed.ReadLine() == marker;
                       if (write(ends[1], up ? "y" : "n", 1) != 1) _exit(1);
                       pause();
                     }
                     char up = 'n';
                     if (read(ends[0], &up, 1) != 1 || up != 'y') return "no";
                     kill(parent, SIGKILL);
                     waitpid(parent, nullptr, 0);
                     close(ends[0]);
                     close(ends[1]);
                     return Vanishes(marker) ? "" : "something is left";
                   }),
            "");
}

// Where the kernel weighs sessions, the jail's is as nice as who started it.
TEST_P(ResidentLegTest, ItsSessionIsAsNiceAsWhoStartedIt) {
  if (access("/proc/self/autogroup", W_OK) != 0) return;
  EXPECT_EQ(
      RunLeg(GetParam(),
             []() -> std::string {
               const std::string marker = Marker();
               std::string nice;
               // Niceness is of a thread, and of what it starts.
               std::thread([&] {
                 setpriority(PRIO_PROCESS, 0, 5);
                 Jailed jailed({"--", kPython, "-c",
                                "print('up', flush=True); input()", marker});
                 if (jailed.ReadLine() != "up") return;
                 for (const pid_t pid : WithMarker(marker)) {
                   if (pid == jailed.pid()) continue;  // not in it
                   std::ifstream file("/proc/" + std::to_string(pid) +
                                      "/autogroup");
                   std::string line;
                   std::getline(file, line);
                   nice += line.substr(line.find(" ") + 1);
                 }
               }).join();
               return nice == "nice 5" ? "" : "it is '" + nice + "'";
             }),
      "");
}

INSTANTIATE_TEST_SUITE_P(Jail, ResidentLegTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

}  // namespace
}  // namespace sandbox
