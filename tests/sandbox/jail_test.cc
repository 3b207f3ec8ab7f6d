// Tests sandbox/jail.h: what goes in, what comes out, and what is left behind.

#include "sandbox/jail.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "sandbox/landlock.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::seconds;

const RunLimits kRoomy{.cpu = seconds(30), .wall = seconds(60)};

std::shared_ptr<const Jail> MakeJail() {
  auto jail = Jail::Create();
  EXPECT_TRUE(jail.has_value()) << jail.error().message;
  return jail ? *jail : nullptr;
}

std::size_t OpenFiles() {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/self/fd")) {
    static_cast<void>(entry);
    ++count;
  }
  return count;
}

std::string Mounts() {
  std::ifstream file("/proc/self/mountinfo");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(JailTest, SaysWhatItEnforces) {
  const auto jail = MakeJail();
  const Enforced& enforced = jail->enforced();
  const Level root = enforced.control_groups ? Level::kL3 : Level::kL2;
  EXPECT_EQ(enforced.level, geteuid() == 0 ? root : Level::kL1);
  EXPECT_TRUE(enforced.namespaces);
  EXPECT_TRUE(enforced.system_call_filter);
  EXPECT_EQ(enforced.landlock, LandlockAbi() > 0);
  EXPECT_EQ(enforced.missing_groups.why.empty(), enforced.control_groups);
}

TEST(JailTest, IsNeverSilentlyWeakerThanAsked) {
  const auto below = Jail::Create(Level::kL3, Level::kL2);
  ASSERT_TRUE(below.has_error());
  EXPECT_NE(below.error().message.find("L3"), std::string::npos);
  const auto jail = Jail::Create(Level::kL3);
  EXPECT_EQ(jail.has_value(), MakeJail()->enforced().level == Level::kL3);
  if (jail) {
    EXPECT_EQ((*jail)->enforced().level, Level::kL3);
  }
}

TEST(JailTest, AnOrdinaryUserRunsAtL1) {
  EXPECT_EQ(RunLeg(Leg::kOrdinary,
                   []() -> std::string {
                     const auto jail = Jail::Create();
                     if (!jail) return jail.error().message;
                     if (Jail::Create(Level::kL2)) return "L2 without root";
                     return (*jail)->enforced().level == Level::kL1 ? ""
                                                                    : "not L1";
                   }),
            "");
}

TEST(JailTest, WhereTheKernelRefusesThereIsNoJail) {
  EXPECT_EQ(RunLeg(Leg::kOrdinary,
                   [] {
                     return RunInChild([]() -> std::string {
                       const rlimit none{0, 0};
                       if (setrlimit(RLIMIT_NPROC, &none) != 0) return "limit";
                       const auto jail = Jail::Create();
                       if (jail) return "a jail without a process";
                       const std::string& why = jail.error().message;
                       return why.find("clone: ") != std::string::npos ? ""
                                                                       : why;
                     });
                   }),
            "");
}

TEST(JailTest, LargeInputAndOutputDoNotBlockEachOther) {
  const auto jail = MakeJail();
  const std::string input(4 << 20, 'x');
  const RunResult echo =
      jail->Run(PythonProgram("import sys\n"
                              "while True:\n"
                              "  part = sys.stdin.read(4096)\n"
                              "  if not part: break\n"
                              "  sys.stdout.write(part)\n"
                              "  sys.stderr.write(part)\n",
                              input),
                kRoomy);
  EXPECT_EQ(echo.ending, Ending::kExited);
  EXPECT_EQ(echo.out, input);
  EXPECT_EQ(echo.err, input);
  // Nobody reads the input; nobody is stopped by that.
  EXPECT_EQ(jail->Run(PythonProgram("print(1)", input), kRoomy).out, "1\n");
}

TEST(JailTest, InputCannotBeWritten) {
  const auto jail = MakeJail();
  const RunResult result =
      jail->Run(PythonProgram("import os\n"
                              "try: os.write(0, b'x'); print('wrote')\n"
                              "except OSError: print('refused')\n",
                              "input"),
                kRoomy);
  EXPECT_EQ(result.out, "refused\n");
}

TEST(JailTest, BytesPassUnchanged) {
  const auto jail = MakeJail();
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const RunResult result = jail->Run(PythonProgram("import sys\n"
                                                   "sys.stdout.buffer.write("
                                                   "sys.stdin.buffer.read())",
                                                   bytes),
                                     kRoomy);
  EXPECT_EQ(result.out, bytes);
}

TEST(JailTest, ExitCodesAndUsageComeFromThisProgram) {
  const auto jail = MakeJail();
  for (const int code : {0, 1, 3, 255}) {
    const RunResult result = jail->Run(
        PythonProgram("raise SystemExit(" + std::to_string(code) + ")"),
        kRoomy);
    EXPECT_EQ(result.ending, Ending::kExited);
    EXPECT_EQ(result.exit_code, code);
  }
  const RunResult busy =
      jail->Run(PythonProgram("import time\n"
                              "while time.process_time() < 0.3: pass\n"),
                kRoomy);
  EXPECT_GE(busy.cpu, std::chrono::milliseconds(290));
  EXPECT_LT(busy.cpu, seconds(10));
  EXPECT_GE(busy.wall, std::chrono::milliseconds(290));
}

TEST(JailTest, EqualProgramsPrintEqualText) {
  const auto jail = MakeJail();
  const Program program = PythonProgram("print(set('abcdefgh'), hash('x'))");
  const std::string first = jail->Run(program, kRoomy).out;
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(jail->Run(program, kRoomy).out, first);
}

TEST(JailTest, FilesLieInTheWorkingDirectory) {
  const auto jail = MakeJail();
  Program program = PythonProgram("import helper; print(helper.VALUE)");
  program.files.push_back({.name = "helper.py", .content = "VALUE = 7"});
  EXPECT_EQ(jail->Run(program, kRoomy).out, "7\n");
}

TEST(JailTest, ProgramsThatCannotStartAreFailuresOfOurs) {
  const auto jail = MakeJail();
  const auto failure = [&](const Program& program) {
    const RunResult result = jail->Run(program, kRoomy);
    EXPECT_EQ(result.ending, Ending::kFailed);
    return result.failure;
  };
  EXPECT_EQ(failure({.argv = {"/usr/bin/no-such-program"}}),
            "cannot execute the program: No such file or directory");
  EXPECT_EQ(failure({}), "argv[0] must be an absolute path");
  EXPECT_EQ(failure({.argv = {"true"}}), "argv[0] must be an absolute path");
  for (const char* name : {"", ".", "..", "a/b", "/etc/x"}) {
    EXPECT_EQ(failure({.argv = {"/usr/bin/true"},
                       .files = {{.name = name, .content = ""}}}),
              std::string("not a file name: ") + name);
  }
  EXPECT_EQ(failure({.argv = {"/usr/bin/true"},
                     .files = {{.name = std::string(255, 'a')},
                               {.name = std::string(256, 'a')}}}),
            "not a file name: " + std::string(256, 'a'));
  EXPECT_EQ(failure({.argv = {"/usr/bin/true"},
                     .files = {{.name = "a"}, {.name = "a"}}}),
            "cannot write the program's files: File exists");
}

TEST(JailTest, RunsInParallelDoNotMix) {
  const auto jail = MakeJail();
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int run = 0; run < 10; ++run) {
        const std::string want = std::to_string(thread * 100 + run);
        const RunResult result =
            jail->Run(PythonProgram("print(input())", want + "\n"), kRoomy);
        if (result.out == want + "\n") ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 40);
}

TEST(JailTest, NothingIsLeftAfter500Runs) {
  const auto jail = MakeJail();
  const Program program{.argv = {"/usr/bin/true"}};
  EXPECT_EQ(jail->Run(program, kRoomy).ending, Ending::kExited);
  const std::size_t files = OpenFiles();
  const std::string mounts = Mounts();
  for (int run = 0; run < 500; ++run) {
    ASSERT_EQ(jail->Run(program, kRoomy).ending, Ending::kExited);
  }
  EXPECT_EQ(OpenFiles(), files);
  EXPECT_EQ(Mounts(), mounts);
  siginfo_t info{};
  waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL);
  EXPECT_EQ(info.si_pid, 0) << "a child has ended that nobody reaps";
}

TEST(JailTest, NothingIsLeftForTheNextRun) {
  const auto jail = MakeJail();
  Program program = PythonProgram(
      "import os\n"
      "print(os.listdir('/w'), os.listdir('/tmp'))\n"
      "for place in '/w', '/tmp': open(place + '/left', 'w').close()\n");
  for (int run = 0; run < 6; ++run) {  // more than there are slots
    program.fresh_interpreter = run % 2 == 1;
    EXPECT_EQ(jail->Run(program, kRoomy).out, "['main.py'] []\n");
  }
}

// All of a jail is one session, which the kernel weighs against others; a
// program cannot signal more than its own.
TEST(JailTest, AProgramHasAGroupOfItsOwnAndNoSession) {
  const auto jail = MakeJail();
  Program program =
      PythonProgram("import os\nprint(os.getpgrp() != 0, os.getsid(0))\n");
  for (const bool fresh : {false, true}) {
    program.fresh_interpreter = fresh;
    EXPECT_EQ(jail->Run(program, kRoomy).out, "True 0\n") << fresh;
  }
}

std::atomic<int> handled{0};

TEST(JailTest, HandlersOfThisProcessDoNotRunInTheJailAndStay) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) { ++handled; };
  ASSERT_EQ(sigaction(SIGTERM, &action, &before), 0);
  const RunResult result = MakeJail()->Run(
      PythonProgram("import os, signal\n"
                    "print(signal.getsignal(signal.SIGTERM) is "
                    "signal.SIG_DFL, signal.pthread_sigmask(0, []))\n"
                    "os.kill(os.getpid(), signal.SIGTERM)\n"
                    "import time; time.sleep(100)\n"),
      kRoomy);
  EXPECT_EQ(result.ending, Ending::kSignalled);
  EXPECT_EQ(result.signal, SIGTERM);
  EXPECT_EQ(handled, 0);
  raise(SIGTERM);
  EXPECT_EQ(handled, 1);
  sigaction(SIGTERM, &before, nullptr);
}

// A process that dies by SIGKILL takes its jails with it.
TEST(JailTest, TheJailDiesWithItsSupervisor) {
  const std::string marker = "dies-with-" + std::to_string(getpid());
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t supervisor = fork();
  if (supervisor == 0) {
    const auto jail = Jail::Create();
    // A child that holds the descriptors of every slot keeps nothing alive.
    for (int i = 0; jail && i < 3; ++i) {
      static_cast<void>((*jail)->Run({.argv = {"/usr/bin/true"}}, kRoomy));
    }
    if (fork() == 0) {
      close(ends[1]);
      char none = 0;
      _exit(read(ends[0], &none, 1) == 0 ? 0 : 1);
    }
    Program program = PythonProgram("import time; time.sleep(1000)");
    program.argv.push_back(marker);
    program.fresh_interpreter = true;  // its command line shows the marker
    if (jail) static_cast<void>((*jail)->Run(program, kRoomy));
    _exit(0);
  }
  const auto running = [&marker] {
    std::error_code ignored;
    for (const auto& entry :
         std::filesystem::directory_iterator("/proc", ignored)) {
      std::ifstream file(entry.path() / "cmdline");
      std::stringstream text;
      text << file.rdbuf();
      if (text.str().find(marker) != std::string::npos) return true;
    }
    return false;
  };
  const auto wait_for = [&running](bool wanted) {
    const auto end = std::chrono::steady_clock::now() + seconds(30);
    while (running() != wanted && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return running() == wanted;
  };
  EXPECT_TRUE(wait_for(true));
  kill(supervisor, SIGKILL);
  EXPECT_EQ(waitpid(supervisor, nullptr, 0), supervisor);
  EXPECT_TRUE(wait_for(false));
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace sandbox
