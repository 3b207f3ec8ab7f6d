// By how much a program outlives its limits: of processor time (one thread and
// two), of time on the clock, and of output. The program itself writes down,
// again and again, the last moment at which it was alive, in a file that comes
// back when nothing of it is left; what that is past the limit is the
// overshoot. Prints median, p99 and most of them in milliseconds.
//
//   bench_limits [RUNS]      for each limit, default 300

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/runner.h"
#include "tests/bench/cpp_program.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double kGoalMs = 20;
constexpr std::int64_t kOutputBytes = 64 * sandbox::kKiB;
constexpr const char* kMoments = "moments";

// What the program keeps in kMoments, in nanoseconds.
struct Moments {
  std::int64_t first = 0;  // when its time began to count
  std::int64_t last = 0;   // when it was alive
};

constexpr const char* kProgram = R"(
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#include <cstdint>
#include <cstring>
#include <string>
#include <thread>
int64_t Now(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return int64_t{now.tv_sec} * 1000000000 + now.tv_nsec;
}
int main(int argc, char** argv) {
  const std::string what = argv[1];
  const bool cpu = what.starts_with("cpu");
  const clockid_t clock = cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
  const int file = open("moments", O_CREAT | O_WRONLY, 0644);
  int64_t moments[2] = {cpu ? 0 : Now(clock), 0};
  if (what == "cpu2") std::thread([] { for (volatile int i = 0;; i = 0) {} }).detach();
  if (what == "output") {
    const std::string text(std::stoul(argv[2]), 'x');
    for (size_t done = 0; done < text.size();) {
      done += write(1, text.data() + done, text.size() - done);
    }
    moments[0] = moments[1] = Now(clock);
    pwrite(file, moments, sizeof(moments), 0);
    if (write(1, "x", 1) != 1) return 1;
  }
  const timespec nap{0, 100000};
  for (;;) {
    if (!cpu) nanosleep(&nap, nullptr);
    moments[1] = Now(clock);
    if (pwrite(file, moments, sizeof(moments), 0) != sizeof(moments)) return 1;
  }
}
)";

struct Limit {
  const char* name;
  std::vector<std::string> arguments;
  sandbox::RunLimits limits;
  sandbox::Ending want;
  milliseconds allowed;  // between the two moments
};

// In milliseconds; nothing where the run did not end as it must.
bool Overshoot(const sandbox::RunResult& result, const Limit& limit,
               double* overshoot) {
  Moments moments;
  if (result.ending != limit.want || result.files.size() != 1 ||
      result.files[0].content.size() != sizeof(moments)) {
    return false;
  }
  std::memcpy(&moments, result.files[0].content.data(), sizeof(moments));
  const auto alive = static_cast<double>(moments.last - moments.first) / 1e6;
  *overshoot = alive - static_cast<double>(limit.allowed.count());
  return true;
}

// False: not all runs ended by their limit, or one was over the goal.
bool Measure(const sandbox::Runner& runner, sandbox::Program program,
             const Limit& limit, int runs) {
  for (const std::string& word : limit.arguments) program.argv.push_back(word);
  program.wanted = {kMoments};
  std::vector<double> all;
  int odd = 0;
  std::string why;
  for (int run = 0; run < runs; ++run) {
    const sandbox::RunResult result = runner.Run(program, limit.limits, {});
    double overshoot = 0;
    if (Overshoot(result, limit, &overshoot)) {
      all.push_back(overshoot);
    } else {
      ++odd;
      why = std::string(EndingName(result.ending)) + " " + result.failure +
            result.err;
    }
  }
  if (odd > 0) std::printf("ended otherwise, e.g.: %s\n", why.c_str());
  if (all.empty()) return false;
  std::sort(all.begin(), all.end());
  const auto over = std::count_if(all.begin(), all.end(),
                                  [](double one) { return one > kGoalMs; });
  std::printf(
      "%-22s %4zu runs   median %6.2f ms   p99 %6.2f ms   most %6.2f ms"
      "   over %.0f ms: %td   ended otherwise: %d\n",
      limit.name, all.size(), all[all.size() / 2], all[all.size() * 99 / 100],
      all.back(), kGoalMs, over, odd);
  std::fflush(stdout);
  return over == 0 && odd == 0;
}

std::vector<Limit> Limits() {
  using sandbox::Ending;
  const sandbox::RunLimits roomy{.cpu = seconds(60), .wall = seconds(60)};
  sandbox::RunLimits cpu = roomy;
  cpu.cpu = milliseconds(100);
  sandbox::RunLimits wall = roomy;
  wall.wall = milliseconds(100);
  sandbox::RunLimits output = roomy;
  output.output_bytes = kOutputBytes;
  return {
      {"cpu", {"cpu"}, cpu, Ending::kCpuLimit, milliseconds(100)},
      {"cpu, two threads", {"cpu2"}, cpu, Ending::kCpuLimit, milliseconds(100)},
      {"wall", {"wall"}, wall, Ending::kWallLimit, milliseconds(100)},
      {"output",
       {"output", std::to_string(kOutputBytes)},
       output,
       Ending::kOutputLimit,
       milliseconds(0)}};
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 300;
  auto jail = sandbox::Jail::Create();
  if (!jail) {
    std::fprintf(stderr, "no jail: %s\n", jail.error().message.c_str());
    return 1;
  }
  const sandbox::Runner runner(*jail);
  const auto program = CppProgram(runner, kProgram);
  if (!program) return 1;
  bool held = true;
  for (const Limit& limit : Limits()) {
    held = Measure(runner, *program, limit, runs) && held;
  }
  return held ? 0 : 1;
}
