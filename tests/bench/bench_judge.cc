// HumanEval submissions a second through the judge, each in a jail of its own,
// beside the plain unprotected interpreter that runs prompt, solution and test
// as one file. Both in one run, on as many threads; each takes the problems in
// turn, with their canonical solutions. Says how many of them were right.
//
//   bench_judge HUMANEVAL [SECONDS] [THREADS]    default 5 seconds, 2 threads

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
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

#include "datasets/record.h"
#include "rewards/code_checker.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{60};

struct Problem {
  std::unique_ptr<const rewards::Check> check{};
  std::string response{};
  std::string file{};  // for the plain interpreter
};

struct Rate {
  double per_second = 0;
  long right = 0;
  long all = 0;
};

// Takes the problems in turn on `threads` threads for `seconds`.
Rate Measure(const std::vector<Problem>& problems, int threads, double seconds,
             const std::function<bool(const Problem&)>& passes) {
  passes(problems.front());  // what starts once
  std::atomic<std::size_t> next = 0;
  std::atomic<long> right = 0;
  const Clock::time_point start = Clock::now();
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) {
    pool.emplace_back([&] {
      while (Clock::now() - start < std::chrono::duration<double>(seconds)) {
        if (passes(problems[next++ % problems.size()])) ++right;
      }
    });
  }
  for (std::thread& thread : pool) thread.join();
  const std::chrono::duration<double> elapsed = Clock::now() - start;
  const auto all = static_cast<long>(next.load());
  return {static_cast<double>(all) / elapsed.count(), right, all};
}

bool Judged(const Problem& problem) {
  const auto verdict =
      problem.check->Judge({.prompt = "", .response = problem.response},
                           {.deadline = Clock::now() + kPatience});
  return verdict.outcome == rewards::Outcome::kCorrect;
}

bool Plain(const Problem& problem) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const char* argv[] = {"/usr/bin/python3", problem.file.c_str(), nullptr};
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv[0], &actions, nullptr,
                                const_cast<char* const*>(argv), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  return error == 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

// The problem of a record; what is wrong, or nothing.
std::optional<std::string> TakeProblem(const boost::json::object& record,
                                       const rewards::Checker& checker,
                                       const std::string& file,
                                       std::vector<Problem>* problems) {
  std::string parts[4];
  constexpr const char* kKeys[] = {"prompt", "canonical_solution", "test",
                                   "entry_point"};
  for (std::size_t i = 0; i < 4; ++i) {
    std::string error;
    auto text = datasets::RequiredString(record, kKeys[i], &error);
    if (!text) return error;
    parts[i] = *std::move(text);
  }
  auto check = checker.Prepare(
      {{"language", "python"},
       {"tests", {{{"harness", parts[2]}, {"entry_point", parts[3]}}}}});
  if (!check) return check.error().pointer + ": " + check.error().detail;
  const std::string program = parts[0] + parts[1];
  std::ofstream(file) << program << '\n'
                      << parts[2] << "\ncheck(" << parts[3] << ")\n";
  problems->push_back(
      {*std::move(check), "```python\n" + program + "\n```\n", file});
  return std::nullopt;
}

void Print(const char* name, const Rate& rate) {
  std::printf("%-20s %8.1f submissions/s   %ld of %ld right\n", name,
              rate.per_second, rate.right, rate.all);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr, "bench_judge HUMANEVAL [SECONDS] [THREADS]\n");
    return 2;
  }
  const double seconds = argc > 2 ? std::atof(argv[2]) : 5.0;
  const int threads = argc > 3 ? std::atoi(argv[3]) : 2;
  const auto judge = rewards::code::Judge::Create();
  if (!judge) {
    std::fprintf(stderr, "no jail: %s\n", judge.error().message.c_str());
    return 1;
  }
  const auto checker = rewards::MakeCodeChecker(*judge);
  char folder[] = "/tmp/bench-judge-XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  std::vector<Problem> problems;
  const auto error = datasets::ForEachRecord(
      argv[1], [&](const boost::json::object& record, std::size_t line) {
        return TakeProblem(
            record, *checker,
            std::string(folder) + "/" + std::to_string(line) + ".py",
            &problems);
      });
  if (error || problems.empty()) {
    std::fprintf(stderr, "%s\n",
                 error ? error->ToString().c_str() : "no problems");
    return 3;
  }
  std::printf("%zu problems, %d threads, %.0f s each\n", problems.size(),
              threads, seconds);
  const Rate plain = Measure(problems, threads, seconds, Plain);
  Print("plain python3", plain);
  const Rate ours = Measure(problems, threads, seconds, Judged);
  Print("the judge", ours);
  std::printf("ratio: the judge : plain python3 %.2f\n",
              ours.per_second / plain.per_second);
  std::filesystem::remove_all(folder);
  return plain.right == plain.all && ours.right == ours.all ? 0 : 1;
}
