// Jailed runs a second beside plain ones, in the same run: /usr/bin/true, a
// Python program that prints, a C++ program that prints, compiled for each run,
// and one that was compiled before; one after another and on two threads. Where
// bubblewrap is installed it runs them too, with every namespace and no filter.
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

// Runs a second with `threads` at once; the median milliseconds of one run.
void Measure(const char* name, int threads, double seconds, const Run& run) {
  std::atomic<bool> failed = false;
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
  std::printf("%-24s %d at once %8.0f /s   median %7.3f ms   p99 %7.3f ms%s\n",
              name, threads, static_cast<double>(all.size()) / elapsed,
              all[all.size() / 2], all[all.size() * 99 / 100],
              failed ? "   FAILED" : "");
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
  const sandbox::Program python = sandbox::PythonProgram("print(1)", "");
  const std::vector<const char*> plain_true = {"/usr/bin/true"};
  const std::vector<const char*> plain_python = {"/usr/bin/python3", "-c",
                                                 "print(1)"};
  const sandbox::Runner runner(*jail);
  const sandbox::Build built = JailedCompile(runner);
  const bool has_bubblewrap = access("/usr/bin/bwrap", X_OK) == 0;
  const auto measure = [&](const char* name, int threads,
                           const std::vector<const char*>& command) {
    Measure(name, threads, seconds, [&command] { return Plain(command); });
  };
  for (const int threads : {1, 2}) {
    measure("plain true", threads, plain_true);
    if (has_bubblewrap) {
      measure("bwrap true", threads, Bubblewrap(plain_true));
    }
    Measure("jailed true", threads, seconds, [&] {
      return Ended((*jail)->Run(true_program, sandbox::RunLimits{}));
    });
    measure("plain python3", threads, plain_python);
    if (has_bubblewrap) {
      measure("bwrap python3", threads, Bubblewrap(plain_python));
    }
    Measure("jailed python3", threads, seconds,
            [&] { return Ended((*jail)->Run(python, sandbox::RunLimits{})); });
    Measure("plain C++ run", threads, seconds, [] { return PlainCpp(false); });
    Measure("jailed C++ run", threads, seconds,
            [&] { return JailedRun(runner, built); });
    Measure("plain g++ and run", threads, seconds,
            [] { return PlainCpp(true); });
    Measure("jailed g++ and run", threads, seconds,
            [&] { return JailedRun(runner, JailedCompile(runner)); });
  }
  return 0;
}
