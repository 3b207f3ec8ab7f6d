// Jailed runs a second beside plain ones, in the same run: /usr/bin/true, a
// Python program that prints, one that sums with numpy and a JavaScript program
// where these are installed, a C++ program that prints, compiled for each run,
// and one that was compiled before; one after another and on two threads. Where
// bubblewrap is installed it runs /usr/bin/true too, with every namespace and
// no filter. Each Python and JavaScript program that is jailed is another one,
// whose output is compared. At the end the ratios that DESIGN.md sets goals
// for, and what control groups cost, where this machine has them: runs at L3
// beside runs at L2, a second of each in turn.
//
//   bench_jail [SECONDS]           for each figure, default 3
//   bench_jail --node [SECONDS]    JavaScript alone
//   bench_jail --load [SECONDS]    what jail and waiting add to a run, where
//                                  80 % arrive of what there is room for

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "sandbox/runner.h"

namespace {

constexpr const char* kCpp =
    "#include <cstdio>\nint main() { std::puts(\"1\"); }\n";

using Clock = std::chrono::steady_clock;

// Runs of a thread before time is taken: slots and interpreters start once.
constexpr int kWarmUps = 3;

// True where the program ended well.
using Run = std::function<bool()>;

// As in the jail: what an operator's own environment adds (certificates that
// node reads, say) is no part of a program.
constexpr const char* kEnvironment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                        "LANG=C.UTF-8", "TZ=UTC", nullptr};

bool Plain(std::vector<const char*> argv) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  argv.push_back(nullptr);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv[0], &actions, nullptr,
                                const_cast<char* const*>(argv.data()),
                                const_cast<char* const*>(kEnvironment));
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return error == 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

// The command line under bubblewrap.
std::vector<const char*> Bubblewrap(const std::vector<const char*>& command) {
  std::vector<const char*> argv = {
      "/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/usr",      "/usr",
      "--symlink",      "usr/lib",       "/lib",      "--symlink", "usr/lib64",
      "/lib64",         "--dev",         "/dev",      "--tmpfs",   "/w",
      "--tmpfs",        "/tmp",          "--chdir",   "/w"};
  argv.insert(argv.end(), command.begin(), command.end());
  return argv;
}

bool Ended(const sandbox::RunResult& result) {
  return result.ending == sandbox::Ending::kExited && result.exit_code == 0;
}

// A file of that name and content in a new folder, for the lifetime of the
// process.
std::string FileOf(const char* name, const std::string& content) {
  char folder[] = "/tmp/bench-jail-XXXXXX";
  if (mkdtemp(folder) == nullptr) std::abort();
  std::string path = std::string(folder) + "/" + name;
  std::ofstream(path) << content;
  return path;
}

// The same compiler and options as in the jail, then the program.
bool PlainCpp(bool compile) {
  // One a thread, and what the compiler makes of it beside it.
  thread_local const std::string source = FileOf("main.cc", kCpp);
  thread_local const std::string program = source + ".out";
  if (compile || access(program.c_str(), X_OK) != 0) {
    std::vector<const char*> argv;
    for (const std::string& word : sandbox::FindLanguage("cpp")->compile) {
      argv.push_back(word == "{sources}"          ? source.c_str()
                     : word == sandbox::kArtifact ? program.c_str()
                                                  : word.c_str());
    }
    if (!Plain(argv)) return false;
  }
  return Plain({program.c_str()});
}

sandbox::Build JailedCompile(const sandbox::Runner& runner) {
  return runner.Compile(*sandbox::FindLanguage("cpp"),
                        {{.name = "main.cc", .content = kCpp}}, {});
}

bool JailedRun(const sandbox::Runner& runner, const sandbox::Build& build) {
  return build.verdict == sandbox::BuildVerdict::kReady &&
         Ended(runner.Run(build.program, sandbox::RunLimits{}, {}));
}

// What a program starts with, and the number in "{}" of what it then prints.
struct Script {
  const char* language;
  std::string before;
  std::string prints;
};

std::string SourceOf(const Script& script, int number) {
  std::string source = script.before + script.prints;
  return source.replace(source.find("{}"), 2, std::to_string(number));
}

// Runs a program that no run had before; false where it does not print its
// number.
bool JailedScript(const sandbox::Runner& runner, const Script& script) {
  static std::atomic<int> count{0};
  const int number = ++count;
  const sandbox::Language& language = *sandbox::FindLanguage(script.language);
  const sandbox::Build build = runner.Compile(
      language, {{.name = language.main, .content = SourceOf(script, number)}},
      {});
  if (build.verdict != sandbox::BuildVerdict::kReady) return false;
  const auto result = runner.Run(build.program, sandbox::RunLimits{}, {});
  return Ended(result) && result.out == std::to_string(number) + "\n";
}

struct Measured {
  double rate = 0;  // runs a second
  double median_ms = 0;
};

// Runs with `threads` at once; prints the runs a second and the median and the
// 99th percentile of the milliseconds of one.
Measured Measure(const char* name, int threads, double seconds,
                 const Run& run) {
  std::atomic<bool> failed = false;
  for (int i = 0; i < kWarmUps * threads; ++i) failed = failed || !run();
  std::vector<std::vector<double>> times(static_cast<std::size_t>(threads));
  const Clock::time_point start = Clock::now();
  const auto work = [&](std::vector<double>& mine) {
    while (Clock::now() - start < std::chrono::duration<double>(seconds)) {
      const Clock::time_point before = Clock::now();
      if (!run()) failed = true;
      mine.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - before)
              .count());
    }
  };
  std::vector<std::thread> pool;
  for (auto& mine : times) pool.emplace_back(work, std::ref(mine));
  for (std::thread& thread : pool) thread.join();
  const double elapsed =
      std::chrono::duration<double>(Clock::now() - start).count();
  std::vector<double> all;
  for (const auto& mine : times)
    all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  const double rate = static_cast<double>(all.size()) / elapsed;
  std::printf("%-24s %d at once %8.0f /s   median %7.3f ms   p99 %7.3f ms%s\n",
              name, threads, rate, all[all.size() / 2],
              all[all.size() * 99 / 100], failed ? "   FAILED" : "");
  std::fflush(stdout);
  return {rate, all[all.size() / 2]};
}

// When each of `count` arrives, in seconds, at `rate` a second: the same times
// in each process.
std::vector<double> Arrivals(std::size_t count, double rate) {
  std::mt19937_64 random(1);
  std::vector<double> times(count);
  double now = 0;
  for (double& time : times) {
    const double even = std::generate_canonical<double, 53>(random);
    time = now += -std::log(1 - even) / rate;
  }
  return times;
}

double P99(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() * 99 / 100];
}

// For how many milliseconds the 99th of 100 that arrive would wait for one of
// `threads` places if each took just `service` seconds.
double WaitAlone(const std::vector<double>& arrivals, int threads,
                 double service) {
  std::vector<double> free_at(static_cast<std::size_t>(threads), 0);
  std::vector<double> waits;
  for (const double arrival : arrivals) {
    double& place = *std::min_element(free_at.begin(), free_at.end());
    const double begin = std::max(arrival, place);
    waits.push_back((begin - arrival) * 1e3);
    place = begin + service;
  }
  return P99(std::move(waits));
}

// Runs what arrives as a Poisson process at kShare of `most` a second, which is
// what there is room for, `threads` at once, whoever came first first. Prints
// by how much the time from arrival to end is above `plain_ms`, and how much of
// that waiting is with any jail of that speed.
void MeasureLoad(int threads, double seconds, double most, double plain_ms,
                 const Run& run) {
  constexpr double kShare = 0.8;
  const double rate = kShare * most;
  const std::vector<double> arrivals = Arrivals(
      std::max<std::size_t>(1, static_cast<std::size_t>(rate * seconds)), rate);
  std::vector<double> added(arrivals.size());
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed = false;
  const Clock::time_point start = Clock::now();
  const auto work = [&] {
    for (std::size_t i = next++; i < arrivals.size(); i = next++) {
      const std::chrono::duration<double> arrival(arrivals[i]);
      std::this_thread::sleep_until(
          start + std::chrono::duration_cast<Clock::duration>(arrival));
      if (!run()) failed = true;
      const std::chrono::duration<double> end = Clock::now() - start;
      added[i] = (end - arrival).count() * 1e3 - plain_ms;
    }
  };
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) pool.emplace_back(work);
  for (std::thread& thread : pool) thread.join();
  std::sort(added.begin(), added.end());
  std::printf(
      "load: %zu arrive at %.0f /s   added: median %.2f ms   "
      "p99 %.2f ms   (goal 3; waiting alone %.2f)%s\n",
      added.size(), rate, added[added.size() / 2], P99(added),
      WaitAlone(arrivals, threads, threads / most), failed ? "   FAILED" : "");
}

// Of `run` by a runner with groups and by one without, which take turns.
void CompareLevels(const char* name, int threads, double seconds,
                   const sandbox::Runner& with, const sandbox::Runner& without,
                   const std::function<bool(const sandbox::Runner&)>& run) {
  const auto rate = [&](const char* level, const sandbox::Runner& runner) {
    const std::string row = std::string(name) + ", " + level;
    return Measure(row.c_str(), threads, 1, [&] { return run(runner); }).rate;
  };
  std::vector<double> ratios;
  const int turns = std::max(3, static_cast<int>(seconds));
  for (int turn = 0; turn < turns; ++turn) {
    ratios.push_back(rate("L3", with) / rate("L2", without));
  }
  std::sort(ratios.begin(), ratios.end());
  std::printf("ratio: %s at L3 : L2, median of %d turns %31.3f\n", name, turns,
              ratios[ratios.size() / 2]);
}

void PrintRatio(const char* what, double ratio, double goal) {
  std::printf("ratio: %-44s %6.2f   (goal %.0f)\n", what, ratio, goal);
}

}  // namespace

int main(int argc, char** argv) {
  const bool load = argc > 1 && std::string_view(argv[1]) == "--load";
  const bool node_alone = argc > 1 && std::string_view(argv[1]) == "--node";
  const int at = load || node_alone ? 2 : 1;
  const double seconds = argc > at ? std::atof(argv[at]) : 3.0;
  const auto jail = sandbox::Jail::Create();
  if (!jail) {
    std::fprintf(stderr, "no jail: %s\n", jail.error().message.c_str());
    return 1;
  }
  sandbox::Program true_program;
  true_program.argv = {"/usr/bin/true"};
  const std::vector<const char*> plain_true = {"/usr/bin/true"};
  const Script python = {"python", "", "print({})"};
  const Script numpy = {"python", "import numpy; ",
                        "print(numpy.arange(9).sum() + {} - 36)"};
  const Script node = {"javascript", "", "console.log({})"};
  const std::string python_source = SourceOf(python, 1);
  const std::string numpy_source = SourceOf(numpy, 1);
  const std::string node_file = FileOf("main.js", SourceOf(node, 1));
  const std::vector<const char*> plain_python = {"/usr/bin/python3", "-c",
                                                 python_source.c_str()};
  const std::vector<const char*> plain_numpy = {"/usr/bin/python3", "-c",
                                                numpy_source.c_str()};
  const std::vector<const char*> plain_node = {"/usr/bin/node",
                                               node_file.c_str()};
  const sandbox::Runner runner(*jail);
  const sandbox::Build built = JailedCompile(runner);
  if (load) {
    const int threads =
        static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const auto measure = [&](const std::string& name, const Run& plain,
                             const Run& jailed) {
      const double median =
          Measure(("plain " + name).c_str(), 1, seconds, plain).median_ms;
      const double rate =
          Measure(("jailed " + name).c_str(), threads, seconds, jailed).rate;
      MeasureLoad(threads, seconds, rate, median, jailed);
    };
    measure(
        "python3", [&] { return Plain(plain_python); },
        [&] { return JailedScript(runner, python); });
    measure(
        "C++ run", [] { return PlainCpp(false); },
        [&] { return JailedRun(runner, built); });
    return 0;
  }
  const bool has_bubblewrap = access("/usr/bin/bwrap", X_OK) == 0;
  const bool has_numpy = Plain(plain_numpy);
  const bool has_node = access(plain_node[0], X_OK) == 0;
  if (!has_bubblewrap) std::puts("left out: bwrap is not installed");
  if (!has_numpy) std::puts("left out: numpy is not installed");
  if (!has_node) std::puts("left out: node is not installed");
  for (const int threads : {1, 2}) {
    const auto measure = [&](const char* name, const Run& run) {
      return Measure(name, threads, seconds, run).rate;
    };
    const auto plain = [&](const char* name,
                           const std::vector<const char*>& command) {
      return measure(name, [&command] { return Plain(command); });
    };
    // How many times as many of ours there are a second.
    const auto compare = [&](const char* name,
                             const std::vector<const char*>& command,
                             const Script& script) {
      const double peers =
          plain(("plain " + std::string(name)).c_str(), command);
      return measure(("jailed " + std::string(name)).c_str(),
                     [&] { return JailedScript(runner, script); }) /
             peers;
    };
    if (node_alone) {
      const double ratio = compare("node", plain_node, node);
      PrintRatio("jailed node : plain node", ratio, 1);
      continue;
    }
    plain("plain true", plain_true);
    const double bubblewrap =
        has_bubblewrap ? plain("bwrap true", Bubblewrap(plain_true)) : 0;
    measure("jailed true", [&] {
      return Ended((*jail)->Run(true_program, sandbox::RunLimits{}));
    });
    const double python_ratio = compare("python3", plain_python, python);
    const double numpy_ratio =
        has_numpy ? compare("numpy", plain_numpy, numpy) : 0;
    const double node_ratio = has_node ? compare("node", plain_node, node) : 0;
    measure("plain C++ run", [] { return PlainCpp(false); });
    const double our_cpp =
        measure("jailed C++ run", [&] { return JailedRun(runner, built); });
    measure("plain g++ and run", [] { return PlainCpp(true); });
    measure("jailed g++ and run",
            [&] { return JailedRun(runner, JailedCompile(runner)); });
    if ((*jail)->enforced().control_groups) {
      const auto below =
          sandbox::Jail::Create(sandbox::Level::kL1, sandbox::Level::kL2);
      if (!below) return 1;
      const sandbox::Runner alone(*below);
      CompareLevels("python3", threads, seconds, runner, alone,
                    [&](const sandbox::Runner& one) {
                      return JailedScript(one, python);
                    });
      CompareLevels(
          "C++ run", threads, seconds, runner, alone,
          [&](const sandbox::Runner& one) { return JailedRun(one, built); });
    }
    if (bubblewrap > 0) {
      PrintRatio("jailed C++ run : bwrap --unshare-all true",
                 our_cpp / bubblewrap, 3);
    }
    PrintRatio("jailed python3 : plain python3", python_ratio, 4);
    if (has_numpy) PrintRatio("jailed numpy : plain numpy", numpy_ratio, 15);
    if (has_node) PrintRatio("jailed node : plain node", node_ratio, 1);
  }
  return 0;
}
