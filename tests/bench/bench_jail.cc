// Jailed runs a second beside plain ones, in the same run: /usr/bin/true and a
// Python program that prints, one after another and on two threads. Where
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
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/jail.h"

namespace {

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
  }
  return 0;
}
