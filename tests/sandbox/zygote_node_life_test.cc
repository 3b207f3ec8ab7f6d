// Forks of a Node that has started (sandbox/zygote.h): which programs are such
// forks, what one leaves for the next, how limits hold, and what becomes of
// their zygotes.

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "node_runs.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kPatience{30};

// Who has no parent in its namespace is a fork of a zygote.
constexpr const char* kParent = "console.log(process.ppid)";

// What is wrong with the forks of one zygote, or empty.
std::string RunForks() {
  std::string why;
  const auto runner = MakeRunner(&why);
  if (runner == nullptr) return why;
  const auto run = [&](const std::string& source) {
    return Text(*runner, source);
  };
  if (run(kParent) != "0\n") return "not a fork: " + run(kParent);
  std::set<std::string> chances;
  constexpr int kChances = 8;
  for (const char* chance :
       {"Math.random()", "require('crypto').randomBytes(8).toString('hex')",
        "crypto.randomUUID()", "Math.random() * 2 ** 30 | 0"}) {
    chances.clear();
    for (int i = 0; i < kChances; ++i) {
      chances.insert(run("console.log(" + std::string(chance) + ")"));
    }
    if (chances.size() != kChances)
      return "the same twice: " + *chances.begin();
  }
  // What one makes of its modules and its files, the next does not see.
  for (int i = 0; i < 4; ++i) {
    const std::string said =
        run("const fs = require('fs')\n"
            "console.log(fs.mark, Array.prototype.mark, globalThis.mark,"
            " fs.readdirSync('/w'), fs.readdirSync('/tmp'),"
            " process.env.MARK)\n"
            "fs.mark = Array.prototype.mark = globalThis.mark = 1\n"
            "process.env.MARK = 1; fs.writeFileSync('/tmp/a', '')\n"
            "console.log = process.exit = fs.readFileSync = null");
    if (said != "undefined undefined undefined [ 'main.js' ] [] undefined\n") {
      return "what was left: " + said;
    }
  }
  return run("console.log('still', process.ppid)") == "still 0\n"
             ? ""
             : "the zygote is gone";
}

class ZygoteNodeLegTest : public testing::TestWithParam<Leg> {};

TEST_P(ZygoteNodeLegTest, ForksAreCleanOfEachOther) {
  if (!HasNode()) GTEST_SKIP() << "node is not installed";
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  EXPECT_EQ(RunLeg(GetParam(), RunForks), "");
}

INSTANTIATE_TEST_SUITE_P(Node, ZygoteNodeLegTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

// What is forked, and what is not.
struct Choice {
  const char* name;
  std::vector<std::string> options;
  const char* main;
  bool fresh;
  bool forked;
};

void PrintTo(const Choice& choice, std::ostream* os) { *os << choice.name; }

class ZygoteNodeChoiceTest : public testing::TestWithParam<Choice> {};

TEST_P(ZygoteNodeChoiceTest, ProgramsThatFitAreForked) {
  if (!HasNode()) GTEST_SKIP() << "node is not installed";
  std::string why;
  const auto runner = MakeRunner(&why);
  ASSERT_NE(runner, nullptr) << why;
  const Choice& choice = GetParam();
  Program program = ProgramOf(*runner, kParent);
  program.files[0].name = choice.main;
  program.argv = {"/usr/bin/node"};
  program.limit_words.clear();
  for (const std::string& option : choice.options) {
    program.argv.push_back(option);
  }
  program.argv.emplace_back(choice.main);
  program.fresh_interpreter = choice.fresh;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Text(*runner, program), choice.forked ? "0\n" : "1\n");
    // Another one in between.
    EXPECT_EQ(Text(*runner, kParent), "0\n");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Node, ZygoteNodeChoiceTest,
    testing::ValuesIn(std::vector<Choice>{
        {"Usual", {"--max-old-space-size=256"}, "main.js", false, true},
        {"OtherFile", {"--max-old-space-size=256"}, "a.out", false, true},
        {"Fresh", {"--max-old-space-size=256"}, "main.js", true, false},
        {"NoHeap", {}, "main.js", false, false},
        {"OtherOption", {"--no-warnings"}, "main.js", false, false},
        {"MoreOptions",
         {"--max-old-space-size=256", "--no-warnings"},
         "main.js",
         false,
         false}}),
    [](const auto& test) { return test.param.name; });

// The limits of a run hold in a fork, and count from its start.
struct Limited {
  const char* name;
  RunLimits limits;
  const char* source;
  Ending want;
};

void PrintTo(const Limited& row, std::ostream* os) { *os << row.name; }

RunLimits With(void (*change)(RunLimits&)) {
  RunLimits limits = kRoomy;
  change(limits);
  return limits;
}

class ZygoteNodeLimitTest : public testing::TestWithParam<Limited> {};

TEST_P(ZygoteNodeLimitTest, Holds) {
  if (!HasNode()) GTEST_SKIP() << "node is not installed";
  std::string why;
  const auto runner = MakeRunner(&why);
  ASSERT_NE(runner, nullptr) << why;
  const Program program = ProgramOf(*runner, GetParam().source);
  for (int i = 0; i < 3; ++i) {
    const RunResult result = runner->Run(program, GetParam().limits, {});
    EXPECT_EQ(result.ending, GetParam().want) << Describe(result);
    EXPECT_EQ(Text(*runner, kParent), "0\n");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Node, ZygoteNodeLimitTest,
    testing::ValuesIn(std::vector<Limited>{
        {"Cpu", With([](RunLimits& all) { all.cpu = milliseconds(200); }),
         "for (;;);", Ending::kCpuLimit},
        {"CpuOfWorkers",
         With([](RunLimits& all) { all.cpu = milliseconds(200); }),
         "new (require('worker_threads').Worker)('for (;;);', {eval: true})",
         Ending::kCpuLimit},
        {"Wall", With([](RunLimits& all) { all.wall = milliseconds(200); }),
         "setInterval(() => {}, 1000)", Ending::kWallLimit},
        {"Output", With([](RunLimits& all) { all.output_bytes = 1000; }),
         "for (;;) console.log('x'.repeat(99))", Ending::kOutputLimit},
        {"Heap", With([](RunLimits& all) { all.memory_bytes = 32 * kMiB; }),
         "const a = []; for (;;) a.push(new Array(1000).fill(1.5))",
         Ending::kSignalled},
        {"Buffers", With([](RunLimits& all) { all.memory_bytes = 32 * kMiB; }),
         "const a = []; for (;;) try { a.push(Buffer.alloc(1 << 24, 1)) }\n"
         "catch { process.exit(a.length < 64 ? 0 : 1) }",
         Ending::kExited}}),
    [](const auto& test) { return test.param.name; });

// The PIDs of this process's descendants whose command line is Node's.
std::vector<pid_t> Zygotes() {
  std::map<pid_t, pid_t> parents;
  std::vector<pid_t> nodes;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0) continue;
    std::ifstream status(entry.path() / "status");
    constexpr std::string_view kName = "PPid:";
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(kName))
        parents[pid] = std::atoi(&line[kName.size()]);
    }
    std::ifstream command(entry.path() / "cmdline");
    std::string word;
    if (std::getline(command, word, '\0') && word == "/usr/bin/node") {
      nodes.push_back(pid);
    }
  }
  std::erase_if(nodes, [&](pid_t pid) {
    while (pid > 1 && pid != getpid()) pid = parents[pid];
    return pid != getpid();
  });
  return nodes;
}

// How long a zygote waits is no time of its forks.
TEST(ZygoteNodeClockTest, StandsStillWhileAZygoteWaits) {
  if (!HasNode()) GTEST_SKIP() << "node is not installed";
  std::string why;
  const auto runner = MakeRunner(&why);
  ASSERT_NE(runner, nullptr) << why;
  for (const char* clock : {"performance.now() / 1000", "process.uptime()",
                            "(Date.now() - performance.timeOrigin) / 1000"}) {
    const auto latest = [&] {  // of both slots
      const auto read = [&] {
        return std::stod(
            Text(*runner, "console.log(" + std::string(clock) + ")"));
      };
      return std::max(read(), read());
    };
    const double before = latest();
    std::this_thread::sleep_for(milliseconds(2000));
    EXPECT_LT(latest(), before + 1.5) << clock;
  }
}

TEST(ZygoteNodeEndTest, OneThatIsKilledCostsNothing) {
  if (!HasNode()) GTEST_SKIP() << "node is not installed";
  std::string why;
  const auto runner = MakeRunner(&why);
  ASSERT_NE(runner, nullptr) << why;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Text(*runner, kParent), "0\n");
  const std::vector<pid_t> zygotes = Zygotes();
  EXPECT_GE(zygotes.size(), 1U);
  for (const pid_t zygote : zygotes) kill(zygote, SIGKILL);
  // A busy machine is late to end them, and until then they take orders.
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (!Zygotes().empty() && std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  ASSERT_TRUE(Zygotes().empty());
  // Each slot starts one program afresh at most, and a zygote for the next.
  for (int i = 0; i < 4; ++i) {
    const std::string said = Text(*runner, kParent);
    EXPECT_TRUE(said == "0\n" || said == "1\n") << said;
  }
  EXPECT_EQ(Text(*runner, kParent), "0\n");
  EXPECT_LE(Zygotes().size(), zygotes.size());
}

TEST(ZygoteNodeEndTest, NothingGrows) {
  if (!HasNode()) GTEST_SKIP() << "node is not installed";
  std::string why;
  const auto runner = MakeRunner(&why);
  ASSERT_NE(runner, nullptr) << why;
  const auto descriptors = [] {
    long count = 0;
    for (const pid_t pid : Zygotes()) {
      const std::filesystem::directory_iterator all(
          "/proc/" + std::to_string(pid) + "/fd");
      count += std::distance(begin(all), end(all));
    }
    return count;
  };
  for (int i = 0; i < 8; ++i) EXPECT_EQ(Text(*runner, kParent), "0\n");
  const auto zygotes = Zygotes();
  const long before = descriptors();
  constexpr int kRuns = 200;
  for (int i = 0; i < kRuns; ++i) EXPECT_EQ(Text(*runner, kParent), "0\n");
  EXPECT_EQ(Zygotes(), zygotes);
  EXPECT_EQ(descriptors(), before);
}

}  // namespace
}  // namespace sandbox
