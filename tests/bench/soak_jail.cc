// Runs a jail for long and prints, again and again, what would grow if anything
// were left behind: memory and descriptors of this process and of all that hold
// its jail, their number, their mounts, and its control groups, which at L3 are
// those of its slots.
// Mixed programs: C++ and Python that are right, that break the policy, that
// wait and compute beyond their time, that talk too much, that fork and leave
// children; each must end as it must.
//
//   soak_jail [RUNS [THREADS]]      default 200000 and 2

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "sandbox/control_groups.h"
#include "sandbox/runner.h"
#include "tests/bench/cpp_program.h"

namespace {

using sandbox::Ending;
using sandbox::RunLimits;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr long kPrintEvery = 20'000;

constexpr const char* kProgram = R"(
#include <sys/syscall.h>
#include <unistd.h>
#include <cstdio>
#include <cstring>
int main(int, char** argv) {
  switch (argv[1][0]) {
    case 'r': return std::puts("right") < 0;
    case 'v': return static_cast<int>(syscall(SYS_ptrace, 0, 0, 0, 0));
    case 'b': for (volatile int i = 0;; i = 0) {}
    case 's': for (;;) pause();
    case 't': for (;;) std::puts("talk");
    case 'f': for (int i = 0; i < 3; ++i) if (fork() == 0) for (;;) pause();
              return 0;
  }
}
)";

struct Kind {
  const char* argument;  // of the C++ program; null: Python
  RunLimits limits;
  Ending want;
};

const RunLimits kRoomy{.cpu = seconds(60), .wall = seconds(120)};

RunLimits With(void (*change)(RunLimits&)) {
  RunLimits limits = kRoomy;
  change(limits);
  return limits;
}

// Of twenty runs.
std::vector<Kind> Kinds() {
  const Kind right{"right", kRoomy, Ending::kExited};
  const Kind python{nullptr, kRoomy, Ending::kExited};
  std::vector<Kind> kinds;
  for (int i = 0; i < 8; ++i) kinds.insert(kinds.end(), {right, python});
  kinds.push_back({"violate", kRoomy, Ending::kViolation});
  kinds.push_back({"talk",
                   With([](RunLimits& all) { all.output_bytes = 4096; }),
                   Ending::kOutputLimit});
  kinds.push_back({"fork", With([](RunLimits& all) { all.processes = 8; }),
                   Ending::kExited});
  kinds.push_back(python);
  return kinds;
}

// Instead of one in two hundred: they take their time.
const std::vector<Kind> kSlow = {
    {"busy", With([](RunLimits& all) { all.cpu = milliseconds(5); }),
     Ending::kCpuLimit},
    {"sleep", With([](RunLimits& all) { all.wall = milliseconds(20); }),
     Ending::kWallLimit}};
constexpr long kSlowEvery = 200;

// "Name:  value" of a file of /proc; 0 where there is none.
long Field(const std::filesystem::path& path, std::string_view name) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name)) return std::atol(&line[name.size()]);
  }
  return 0;
}

long Lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  long count = 0;
  for (std::string line; std::getline(file, line);) ++count;
  return count;
}

long Entries(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::directory_iterator all(folder, error);
  return error ? 0 : std::distance(begin(all), end(all));
}

// This process and all below it.
std::vector<std::filesystem::path> Family() {
  std::map<long, long> parents;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const long pid = std::atol(entry.path().filename().c_str());
    if (pid > 0) parents[pid] = Field(entry.path() / "status", "PPid:");
  }
  std::vector<std::filesystem::path> family;
  for (const auto& [pid, parent] : parents) {
    long above = pid;
    while (above != getpid() && parents.count(above) != 0) {
      above = parents[above];
    }
    if (above == getpid()) family.push_back("/proc/" + std::to_string(pid));
  }
  return family;
}

void Print(bool grouped, long runs, long odd, double elapsed) {
  long others_kb = 0;
  long descriptors = 0;
  long mounts = 0;
  const auto family = Family();
  const std::filesystem::path mine = "/proc/" + std::to_string(getpid());
  for (const auto& one : family) {
    if (one != mine) others_kb += Field(one / "smaps_rollup", "Pss:");
    descriptors += Entries(one / "fd");
    mounts += Lines(one / "mountinfo");
  }
  const auto groups = sandbox::ControlGroups::OfProcess();
  std::printf(
      "%8ld runs %6.0f s   service %ld KiB, %ld descriptors   jail %zu "
      "processes, %ld KiB, %ld descriptors, %ld mounts, %zu control groups   "
      "ended otherwise: %ld\n",
      runs, elapsed, Field(mine / "status", "VmRSS:"), Entries(mine / "fd"),
      family.size() - 1, others_kb, descriptors, mounts,
      groups && grouped ? (*groups)->count() : 0, odd);
  std::fflush(stdout);
}

class Soak {
 public:
  Soak(const sandbox::Runner& runner, sandbox::Program program)
      : runner_(runner), program_(std::move(program)), kinds_(Kinds()) {}

  // Until `to` runs were made in all.
  void RunTo(long to, int threads) {
    std::vector<std::thread> pool;
    for (int i = 0; i < threads; ++i) {
      pool.emplace_back([this, to] {
        for (long run = next_++; run < to; run = next_++) RunOne(run);
      });
    }
    for (std::thread& thread : pool) thread.join();
    next_ = to;
  }

  [[nodiscard]] long odd() const { return odd_; }

 private:
  void RunOne(long number) {
    const auto index = static_cast<std::size_t>(number);
    const Kind& kind = number % kSlowEvery == 0
                           ? kSlow[index / kSlowEvery % kSlow.size()]
                           : kinds_[index % kinds_.size()];
    sandbox::Program program = program_;
    if (kind.argument == nullptr) {
      program = sandbox::PythonProgram("print(" + std::to_string(number) + ")");
    } else {
      program.argv.emplace_back(kind.argument);
    }
    const sandbox::RunResult result = runner_.Run(program, kind.limits, {});
    if (result.ending == kind.want) return;
    if (odd_++ == 0) {
      std::printf("run %ld, %s: %s %s %s\n", number,
                  kind.argument == nullptr ? "python" : kind.argument,
                  std::string(EndingName(result.ending)).c_str(),
                  result.failure.c_str(), result.err.c_str());
    }
  }

  const sandbox::Runner& runner_;
  const sandbox::Program program_;
  const std::vector<Kind> kinds_;
  std::atomic<long> next_{0};
  std::atomic<long> odd_{0};
};

}  // namespace

int main(int argc, char** argv) {
  const long runs = argc > 1 ? std::atol(argv[1]) : 200'000;
  const int threads = argc > 2 ? std::max(1, std::atoi(argv[2])) : 2;
  auto jail = sandbox::Jail::Create();
  if (!jail) {
    std::fprintf(stderr, "no jail: %s\n", jail.error().message.c_str());
    return 1;
  }
  const sandbox::Runner runner(*jail);
  const auto program = CppProgram(runner, kProgram);
  if (!program) return 1;
  Soak soak(runner, *program);
  const auto start = std::chrono::steady_clock::now();
  // The first are for warming up: slots and interpreters start once.
  for (long done = std::min(runs, 400L);;
       done = std::min(runs, done / kPrintEvery * kPrintEvery + kPrintEvery)) {
    soak.RunTo(done, threads);
    const std::chrono::duration<double> elapsed =
        std::chrono::steady_clock::now() - start;
    Print((*jail)->enforced().control_groups, done, soak.odd(),
          elapsed.count());
    if (done == runs) break;
  }
  return soak.odd() == 0 ? 0 : 1;
}
