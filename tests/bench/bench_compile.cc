// C++ submissions, each of its own source that begins with bits/stdc++.h,
// compiled and run once: in jails without and with the precompiled header, and
// once more with every source in the cache. Beside plain g++ with the same
// command line, and its program, unprotected. All in one run. Processor time is
// of the compiler and the program: on a busy machine it says more than the
// rate.
//
//   bench_compile [SUBMISSIONS] [THREADS]    default 16 submissions, 2 threads

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/runner.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kPatience{5};
constexpr const char* kInput = "3\n7 5 7\n";

// Of the programs of contests: read, sort, count, print.
std::string SourceOf(int number) {
  return "#include <bits/stdc++.h>\nusing namespace std;\n"
         "int main() {\n  int n; cin >> n;\n  vector<long long> a(n);\n"
         "  map<long long, int> seen;\n"
         "  for (auto& x : a) { cin >> x; ++seen[x]; }\n"
         "  sort(a.begin(), a.end());\n"
         "  cout << accumulate(a.begin(), a.end(), 0LL) + " +
         std::to_string(number) + " << ' ' << seen.size() << endl;\n}\n";
}

// Seconds of processor time, or nothing where it did not answer right.
using Submit = std::function<std::optional<double>(int number)>;

// Seconds of processor time a submission.
double Measure(const char* name, int count, int threads, const Submit& submit) {
  std::atomic<int> next = 0;
  std::atomic<int> right = 0;
  std::atomic<double> cpu = 0;
  const Clock::time_point start = Clock::now();
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) {
    pool.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        const auto seconds = submit(number);
        if (seconds) ++right;
        cpu += seconds.value_or(0);
      }
    });
  }
  for (std::thread& thread : pool) thread.join();
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  std::printf(
      "%-28s %8.2f submissions/s %8.3f s processor each, %d of %d right\n",
      name, count / elapsed.count(), cpu / count, right.load(), count);
  std::fflush(stdout);
  if (right != count) std::exit(1);
  return cpu / count;
}

std::optional<double> Ran(const std::vector<std::string>& words,
                          const std::string& in) {
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  const int error =
      posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  rusage usage{};
  if (error != 0 || wait4(pid, &status, 0, &usage) != pid || status != 0) {
    return std::nullopt;
  }
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<double> Plain(const std::string& folder, int number) {
  const std::string path = folder + "/" + std::to_string(number);
  std::ofstream(path + ".cc") << SourceOf(number);
  std::ofstream(path + ".in") << kInput;
  std::vector<std::string> words;
  for (const std::string& word : sandbox::FindLanguage("cpp")->compile) {
    words.push_back(word == "{sources}" ? path + ".cc"
                                        : (word == "a.out" ? path : word));
  }
  const auto compile = Ran(words, "/dev/null");
  const auto run = compile ? Ran({path}, path + ".in") : std::nullopt;
  return run ? std::optional(*compile + *run) : std::nullopt;
}

std::optional<double> Jailed(const sandbox::Runner& runner, int number) {
  sandbox::Language language = *sandbox::FindLanguage("cpp");
  language.compile_limits.wall = kPatience;
  sandbox::Build build = runner.Compile(
      language, {{.name = "main.cc", .content = SourceOf(number)}}, {});
  build.program.input = kInput;
  const auto run = runner.Run(build.program, {.wall = kPatience}, {});
  if (run.out != std::to_string(19 + number) + " 2\n") return std::nullopt;
  const std::chrono::duration<double> cpu =
      run.cpu +
      (build.cached ? std::chrono::microseconds(0) : build.compile.cpu);
  return cpu.count();
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 16;
  const int threads = argc > 2 ? std::atoi(argv[2]) : 2;
  if (argc > 3 || count < 1 || threads < 1) {
    std::fprintf(stderr, "bench_compile [SUBMISSIONS] [THREADS]\n");
    return 2;
  }
  const auto jail = sandbox::Jail::Create();
  if (!jail) {
    std::fprintf(stderr, "no jail: %s\n", jail.error().message.c_str());
    return 1;
  }
  char folder[] = "/tmp/bench-compile-XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  const sandbox::Runner bare(*jail,
                             {.compile_cache_bytes = 0, .precompiles = false});
  const sandbox::Runner whole(*jail);
  static_cast<void>(Jailed(whole, -1));  // it makes the header; in no figure
  whole.WaitForHeaders();
  const auto in = [](const sandbox::Runner& runner) {
    return [&runner](int number) { return Jailed(runner, number); };
  };
  const double plain = Measure("plain g++ and its program", count, threads,
                               [&](int n) { return Plain(folder, n); });
  const double none = Measure("jailed", count, threads, in(bare));
  const double header =
      Measure("jailed, precompiled header", count, threads, in(whole));
  const double cache = Measure("jailed, cached", count, threads, in(whole));
  std::printf(
      "processor time, plain g++ to: jailed %.2f, precompiled header %.2f, "
      "cached %.0f\n",
      plain / none, plain / header, plain / cache);
  std::filesystem::remove_all(folder);
  return 0;
}
