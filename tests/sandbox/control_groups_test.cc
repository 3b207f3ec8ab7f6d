// Tests sandbox/control_groups.h: level L3, and that without groups all is as
// at L2. Each test says what holds on a machine of either kind.

#include "sandbox/control_groups.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "groups_of.h"
#include "sandbox/jail.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RunLimits kForking{
    .cpu = seconds(30), .wall = seconds(60), .processes = 8};

std::shared_ptr<const Jail> JailUpTo(Level most) {
  auto jail = Jail::Create(Level::kL1, most);
  EXPECT_TRUE(jail.has_value()) << jail.error().message;
  return jail ? *jail : nullptr;
}

// How `program` ends at L3, if this machine has it, as `grouped`, and below it
// as `alone`.
void ExpectEnds(const Program& program, const RunLimits& limits, Ending grouped,
                Ending alone) {
  for (const Level most : {Level::kL3, Level::kL2}) {
    const auto jail = JailUpTo(most);
    ASSERT_NE(jail, nullptr);
    const bool has_groups = jail->enforced().level == Level::kL3;
    EXPECT_EQ(jail->enforced().control_groups, has_groups);
    const auto begin = std::chrono::steady_clock::now();
    const RunResult result = jail->Run(program, limits);
    // Clearing away does not wait for what will never be.
    EXPECT_LT(std::chrono::steady_clock::now() - begin - result.wall,
              kSetUpTime);
    EXPECT_EQ(result.ending, has_groups ? grouped : alone)
        << EndingName(result.ending) << " " << result.exit_code << " "
        << result.signal << " " << result.out << result.err << result.failure;
    // The slot is as good as ever, or there is another one.
    for (int i = 0; i < 3; ++i) {
      const RunResult after =
          jail->Run(PythonProgram("print(1)"), {.wall = seconds(60)});
      EXPECT_EQ(after.out, "1\n") << after.failure;
    }
  }
}

// Before a jail may move this process to another.
const std::optional<GroupPlaces> places = OwnGroupPlaces();

// N children that each hold `mib` of memory at the same time.
Program Children(int count, int mib) {
  return PythonProgram(
      "import os\n"
      "ready, done = os.pipe(), os.pipe()\n"
      "for _ in range(" +
      std::to_string(count) +
      "):\n"
      "  if os.fork() == 0:\n"
      "    os.close(done[1])\n"
      "    block = b'x' * (" +
      std::to_string(mib) +
      " << 20)\n"
      "    os.write(ready[1], b'r'); os.read(done[0], 1)\n"
      "    os._exit(0)\n"
      "os.close(ready[1])\n"
      "got = 0\n"
      "while got < " +
      std::to_string(count) +
      " and (r := os.read(ready[0], 9)): got += len(r)\n"
      "os.close(done[1])\n"
      "print(got)\n");
}

TEST(ControlGroupsTest, TheMemoryOfAllProcessesIsTheRuns) {
  RunLimits limits = kForking;
  limits.memory_bytes = 128 * kMiB;
  // Each is well below what one process may have.
  ExpectEnds(Children(4, 24), limits, Ending::kExited, Ending::kExited);
  ExpectEnds(Children(4, 60), limits, Ending::kMemoryLimit, Ending::kExited);
}

// Those that are left may wait for who was killed, for ever: nobody waits for
// that.
TEST(ControlGroupsTest, ARunThatIsOutOfMemoryEnds) {
  const auto jail = JailUpTo(Level::kL3);
  RunLimits limits = kForking;
  limits.memory_bytes = 64 * kMiB;
  limits.wall = seconds(15);
  const Program program = PythonProgram(
      "import os, time\n"
      "for _ in range(3):\n"
      "  if os.fork() == 0:\n"
      "    block = b'x' * (50 << 20)\n"
      "    time.sleep(1000)\n"
      "time.sleep(1000)\n");
  const RunResult result = jail->Run(program, limits);
  EXPECT_EQ(result.ending, jail->enforced().control_groups
                               ? Ending::kMemoryLimit
                               : Ending::kWallLimit);
  EXPECT_EQ(result.wall >= limits.wall, !jail->enforced().control_groups);
}

// Each of the three may have more than its third.
TEST(ControlGroupsTest, MemoryIsHeldAtTheLimit) {
  const auto jail = JailUpTo(Level::kL3);
  if (!jail->enforced().control_groups) {
    EXPECT_FALSE(jail->enforced().missing_groups.why.empty());
    return;
  }
  RunLimits limits = kForking;
  limits.memory_bytes = 64 * kMiB;
  int most = 0;
  for (int mib = 4; mib <= 56; mib += 4) {
    const RunResult result = jail->Run(Children(3, mib), limits);
    if (result.ending == Ending::kExited && result.out == "3\n") most = mib;
  }
  // They have the run's memory, and what its slot leaves of the slack.
  EXPECT_GE(3 * most, 64);
  EXPECT_LE(3 * most, 64 + kGroupSlackBytes / kMiB);
}

TEST(ControlGroupsTest, FilesCountAsMemory) {
  RunLimits limits{.cpu = seconds(30), .wall = seconds(60)};
  limits.memory_bytes = 32 * kMiB;
  limits.file_bytes = 128 * kMiB;
  const auto fill = [](int mib) {
    return PythonProgram(
        "with open('/tmp/f', 'wb') as f:\n"
        "  for _ in range(" +
        std::to_string(mib) + "): f.write(bytes(1 << 20))\n");
  };
  ExpectEnds(fill(24), limits, Ending::kExited, Ending::kExited);
  ExpectEnds(fill(120), limits, Ending::kMemoryLimit, Ending::kExited);
}

// Many small processes beside full folders: whatever the kernel chooses to
// kill, the run is to blame for it.
TEST(ControlGroupsTest, WhoeverIsKilledItIsTheRunsDoing) {
  RunLimits limits = kForking;
  limits.memory_bytes = 16 * kMiB;
  limits.file_bytes = 256 * kMiB;
  const Program program = PythonProgram(
      "import os\n"
      "for _ in range(5):\n"
      "  if os.fork() == 0: break\n"
      "with open(f'/w/{os.getpid()}', 'wb') as f:\n"
      "  for _ in range(40): f.write(bytes(1 << 20))\n"
      "while True:\n"
      "  try: os.wait()\n"
      "  except ChildProcessError: break\n");
  ExpectEnds(program, limits, Ending::kMemoryLimit, Ending::kExited);
}

TEST(ControlGroupsTest, OrphansComputeOnTheRunsTime) {
  RunLimits limits = kForking;
  limits.cpu = seconds(1);
  limits.wall = seconds(5);
  const Program program = PythonProgram(
      "import os, time\n"
      "if os.fork() == 0:\n"
      "  for _ in range(3):\n"
      "    if os.fork() == 0:\n"
      "      while True: pass\n"
      "  os._exit(0)\n"
      "os.wait(); time.sleep(1000)\n");
  ExpectEnds(program, limits, Ending::kCpuLimit, Ending::kWallLimit);
}

// What children have used that nobody waited for is in the figure, and decides
// when the program has ended by itself too.
TEST(ControlGroupsTest, TimeOfIgnoredChildrenIsCounted) {
  const Program program = PythonProgram(
      "import os, signal, time\n"
      "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
      "if os.fork() == 0:\n"
      "  while time.process_time() < 0.5: pass\n"
      "  os._exit(0)\n"
      "try: os.wait()\n"
      "except ChildProcessError: pass\n");
  const auto jail = JailUpTo(Level::kL3);
  const RunResult result = jail->Run(program, kForking);
  EXPECT_EQ(result.ending, Ending::kExited) << result.err;
  if (jail->enforced().control_groups) {
    EXPECT_GE(result.cpu, milliseconds(490));
    RunLimits limits = kForking;
    limits.cpu = milliseconds(300);
    EXPECT_EQ(jail->Run(program, limits).ending, Ending::kCpuLimit);
  } else {
    EXPECT_LT(result.cpu, milliseconds(490));
  }
}

// A small limit after a large one and the other way round, with files left
// between them.
TEST(ControlGroupsTest, EachRunHasLimitsOfItsOwn) {
  const auto jail = JailUpTo(Level::kL3);
  const Program fill = PythonProgram(
      "with open('/w/f', 'wb') as f:\n"
      "  for _ in range(100): f.write(bytes(1 << 20))\n"
      "print('ok')\n");
  for (int turn = 0; turn < 4; ++turn) {
    RunLimits large{.cpu = seconds(30), .wall = seconds(60)};
    large.file_bytes = 128 * kMiB;
    large.memory_bytes = 256 * kMiB;
    EXPECT_EQ(jail->Run(fill, large).out, "ok\n");
    RunLimits small = kLeastLimits;
    small.cpu = seconds(30);
    small.wall = seconds(60);
    small.output_bytes = kMiB;
    small.file_bytes = kMiB;
    const RunResult result = jail->Run(PythonProgram("print('ok')"), small);
    EXPECT_EQ(result.out, "ok\n") << result.failure << result.err;
    // In the slot of the large one.
    RunLimits held = kForking;
    held.memory_bytes = 64 * kMiB;
    EXPECT_EQ(jail->Run(Children(3, 56), held).ending,
              jail->enforced().control_groups ? Ending::kMemoryLimit
                                              : Ending::kExited);
  }
}

TEST(ControlGroupsTest, NothingIsLeftOfThem) {
  bool has_groups = false;
  {
    const auto jail = JailUpTo(Level::kL3);
    has_groups = jail->enforced().control_groups;
    const auto other = jail->With({});
    ASSERT_TRUE(other.has_value());
    EXPECT_EQ((*other)->enforced().control_groups, has_groups);
    EXPECT_EQ(RunVerdict((*other)->Run({.argv = {"/usr/bin/true"}}, {})), "OK");
    EXPECT_EQ(!GroupsOf(places, getpid()).empty(), has_groups);
  }
  EXPECT_TRUE(GroupsOf(places, getpid()).empty());
}

// Names the level, and one fix at least.
TEST(ControlGroupsTest, WhereThereAreNoneThatIsSaid) {
  const std::string wrong = RunInChild([]() -> std::string {
    if (geteuid() == 0) {
      if (unshare(CLONE_NEWNS) != 0 ||
          mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        return "unshare";
      }
      std::error_code error;
      if (std::filesystem::exists("/sys/fs/cgroup", error) &&
          mount("tmpfs", "/sys/fs/cgroup", "tmpfs", MS_RDONLY, nullptr) != 0) {
        return "mount";
      }
    }
    const auto jail = Jail::Create();
    if (!jail) return jail.error().message;
    const Enforced& enforced = (*jail)->enforced();
    if (enforced.control_groups) return "groups without a place for them";
    if (enforced.level != (geteuid() == 0 ? Level::kL2 : Level::kL1)) {
      return "not the strongest level that is left";
    }
    if (enforced.missing_groups.why.empty()) return "no word why";
    if (enforced.cpu_source != "rusage") return "another source of time";
    if (enforced.memory_source != "rlimit_data") return "another limit";
    if (RunVerdict((*jail)->Run(PythonProgram("print(1)"), {})) != "OK") {
      return "programs do not run";
    }
    const auto strict = Jail::Create(Level::kL3);
    if (strict) return "L3 without groups";
    const std::string& why = strict.error().message;
    if (why.find("L3") == std::string::npos) return why;
    return geteuid() != 0 || why.find("systemd") != std::string::npos ||
                   why.find("mount") != std::string::npos
               ? ""
               : why;
  });
  EXPECT_EQ(wrong, "");
}

// A service that is killed in the middle of many runs; the next one removes
// what it left.
TEST(ControlGroupsTest, TheNextOneSweeps) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t service = fork();
  if (service == 0) {
    const auto jail = Jail::Create();
    std::vector<std::thread> runs;
    for (int i = 0; jail && i < 12; ++i) {
      runs.emplace_back([&] {
        const Program program = PythonProgram(
            "import os, time\n"
            "os.fork()\nopen('/w/x', 'w').write('x' * 999)\n"
            "time.sleep(1000)\n");
        static_cast<void>(
            (*jail)->Run(program, {.wall = seconds(300), .processes = 4}));
      });
    }
    std::this_thread::sleep_for(seconds(1));
    static_cast<void>(write(ready[1], jail ? "+" : "-", 1));
    for (std::thread& run : runs) run.join();
    _exit(0);
  }
  close(ready[1]);
  char said = 0;
  ASSERT_EQ(read(ready[0], &said, 1), 1);
  close(ready[0]);
  EXPECT_EQ(said, '+');
  const bool has_groups = !GroupsOf(places, service).empty();
  kill(service, SIGKILL);
  ASSERT_EQ(waitpid(service, nullptr, 0), service);
  const auto jail = JailUpTo(Level::kL3);
  if (places && places->version == 1) {
    EXPECT_EQ(jail->enforced().control_groups, has_groups);
  }
  EXPECT_TRUE(GroupsOf(places, service).empty())
      << GroupsOf(places, service).front();
}

}  // namespace
}  // namespace sandbox
