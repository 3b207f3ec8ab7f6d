// C++ submissions a second through the judge, each of its own source that
// begins with bits/stdc++.h, one test each: without and with the precompiled
// header, and once more with every source in the cache. Beside plain g++ with
// the same command line, and its program run once, unprotected. All in one run.
//
//   bench_compile [SUBMISSIONS] [THREADS]    default 16 submissions, 2 threads

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "rewards/code_checker.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kPatience{5};

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

using Submit = std::function<bool(int number)>;

// Submissions a second; says how many were right.
double Measure(const char* name, int count, int threads, const Submit& submit) {
  std::atomic<int> next = 0;
  std::atomic<int> right = 0;
  const Clock::time_point start = Clock::now();
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) {
    pool.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        if (submit(number)) ++right;
      }
    });
  }
  for (std::thread& thread : pool) thread.join();
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  const double rate = count / elapsed.count();
  std::printf("%-34s %8.2f submissions/s   %d of %d right\n", name, rate,
              right.load(), count);
  if (right != count) std::exit(1);
  return rate;
}

bool Ran(const std::vector<std::string>& words, const std::string& out) {
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = -1;
  const int error =
      posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return error == 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

bool Plain(const std::string& folder, int number) {
  const std::string path = folder + "/" + std::to_string(number);
  std::ofstream(path + ".cc") << SourceOf(number);
  std::vector<std::string> words;
  for (const std::string& word : sandbox::FindLanguage("cpp")->compile) {
    words.push_back(word == "{sources}" ? path + ".cc"
                                        : (word == "a.out" ? path : word));
  }
  return Ran(words, "/dev/null") && Ran({path}, path + ".out");
}

class Judge {
 public:
  Judge(const std::shared_ptr<const sandbox::Jail>& jail,
        const sandbox::RunnerOptions& options)
      : runner_(std::make_shared<const sandbox::Runner>(jail, options)),
        checker_(rewards::MakeCodeChecker(
            std::make_shared<const rewards::code::Judge>(runner_))) {}

  bool operator()(int number) const {
    const boost::json::object test = {
        {"stdin", "3\n7 5 7\n"},
        {"stdout", std::to_string(19 + number) + " 2\n"}};
    const auto check = checker_->Prepare(
        {{"language", "cpp"}, {"tests", boost::json::array{test}}});
    if (!check) return false;
    const std::string response = "```cpp\n" + SourceOf(number) + "```\n";
    return (*check)
               ->Judge({.prompt = "", .response = response},
                       {.deadline = Clock::now() + kPatience})
               .outcome == rewards::Outcome::kCorrect;
  }

  // The header is made; not part of any figure.
  void Ready() const {
    static_cast<void>((*this)(-1));
    runner_->WaitForHeaders();
  }

 private:
  std::shared_ptr<const sandbox::Runner> runner_;
  std::unique_ptr<const rewards::Checker> checker_;
};

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
  const Judge bare(*jail, {.compile_cache_bytes = 0, .precompiles = false});
  const Judge whole(*jail, {});
  whole.Ready();
  const double plain = Measure("plain g++ and its program", count, threads,
                               [&](int n) { return Plain(folder, n); });
  const double none =
      Measure("the judge, neither", count, threads, std::cref(bare));
  const double header = Measure("the judge, precompiled header", count, threads,
                                std::cref(whole));
  const double cache =
      Measure("the judge, cached", count, threads, std::cref(whole));
  std::printf(
      "ratios to plain g++: neither %.2f, precompiled header %.2f, cached "
      "%.1f\n",
      none / plain, header / plain, cache / plain);
  std::filesystem::remove_all(folder);
  return 0;
}
