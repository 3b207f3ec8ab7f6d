// Jailed runs a second beside plain ones, in the same run: /usr/bin/true, a
// Python program that prints, one that sums with numpy where that is installed,
// a C++ program that prints, compiled for each run, and one that was compiled
// before; one after another and on two threads. Where bubblewrap is installed
// it runs them too, with every namespace and no filter. Each Python program
// that is jailed is another one. At the end the ratios that DESIGN.md sets
// goals for.
//
//   bench_jail [SECONDS]      for each figure, default 3

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
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

bool Plain(std::vector<const char*> argv) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  argv.push_back(nullptr);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv[0], &actions, nullptr,
                                const_cast<char* const*>(argv.data()), environ);
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

// A folder with kCpp in it, and what the compiler makes of it beside it: one a
// thread, for the lifetime of the process.
std::string CppFolder() {
  char folder[] = "/tmp/bench-jail-XXXXXX";
  if (mkdtemp(folder) == nullptr) std::abort();
  std::ofstream(std::string(folder) + "/main.cc") << kCpp;
  return folder;
}

// The same compiler and options as in the jail, then the program.
bool PlainCpp(bool compile) {
  thread_local const std::string folder = CppFolder();
  const std::string source = folder + "/main.cc";
  const std::string program = folder + "/a.out";
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

// A program that no run had before.
sandbox::Program Distinct(const std::string& source) {
  static std::atomic<int> count{0};
  return sandbox::PythonProgram(source + "  # " + std::to_string(++count));
}

// Runs with `threads` at once; prints the runs a second, which it returns, and
// the median and the 99th percentile of the milliseconds of one.
double Measure(const char* name, int threads, double seconds, const Run& run) {
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
  return rate;
}

void PrintRatio(const char* what, double ours, double peers, double goal) {
  if (peers <= 0) return;
  std::printf("ratio: %-44s %6.1f   (goal %.0f)\n", what, ours / peers, goal);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 3.0;
  const auto jail = sandbox::Jail::Create();
  if (!jail) {
    std::fprintf(stderr, "no jail: %s\n", jail.error().message.c_str());
    return 1;
  }
  sandbox::Program true_program;
  true_program.argv = {"/usr/bin/true"};
  const std::vector<const char*> plain_true = {"/usr/bin/true"};
  const std::string python = "print(1)";
  const std::string numpy = "import numpy; print(numpy.arange(9).sum())";
  const sandbox::Runner runner(*jail);
  const sandbox::Build built = JailedCompile(runner);
  const bool has_bubblewrap = access("/usr/bin/bwrap", X_OK) == 0;
  const bool has_numpy = Plain({"/usr/bin/python3", "-c", numpy.c_str()});
  for (const int threads : {1, 2}) {
    const auto measure = [&](const char* name, const Run& run) {
      return Measure(name, threads, seconds, run);
    };
    const auto plain = [&](const char* name,
                           const std::vector<const char*>& command) {
      return measure(name, [&command] { return Plain(command); });
    };
    const auto jailed_python = [&](const char* name,
                                   const std::string& source) {
      return measure(name, [&] {
        return Ended((*jail)->Run(Distinct(source), sandbox::RunLimits{}));
      });
    };
    plain("plain true", plain_true);
    const double bubblewrap =
        has_bubblewrap ? plain("bwrap true", Bubblewrap(plain_true)) : 0;
    measure("jailed true", [&] {
      return Ended((*jail)->Run(true_program, sandbox::RunLimits{}));
    });
    const double plain_python =
        plain("plain python3", {"/usr/bin/python3", "-c", python.c_str()});
    const double our_python = jailed_python("jailed python3", python);
    double plain_numpy = 0;
    double our_numpy = 0;
    if (has_numpy) {
      plain_numpy =
          plain("plain numpy", {"/usr/bin/python3", "-c", numpy.c_str()});
      our_numpy = jailed_python("jailed numpy", numpy);
    }
    measure("plain C++ run", [] { return PlainCpp(false); });
    const double our_cpp =
        measure("jailed C++ run", [&] { return JailedRun(runner, built); });
    measure("plain g++ and run", [] { return PlainCpp(true); });
    measure("jailed g++ and run",
            [&] { return JailedRun(runner, JailedCompile(runner)); });
    PrintRatio("jailed C++ run : bwrap --unshare-all true", our_cpp, bubblewrap,
               3);
    PrintRatio("jailed python3 : plain python3", our_python, plain_python, 4);
    PrintRatio("jailed numpy : plain numpy", our_numpy, plain_numpy, 15);
  }
  return 0;
}
