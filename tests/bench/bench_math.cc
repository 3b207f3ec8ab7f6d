// The math checker alone, one thread: lines of {"gold", "pred"} in, a line for
// each out, and a summary. Counts reading the gold, reading the answer and the
// decision, in processor time of the thread: others on the machine do not
// count.
//
//   bench_math PAIRS.jsonl [CHECKS]
//
// Every pair is judged at least once; with CHECKS, the pairs are judged in turn
// until there are as many, and the resident memory is printed ten times.

#include <time.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "rewards/math_checker.h"

namespace {

using Clock = std::chrono::steady_clock;

double ThreadMicroseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 +
         static_cast<double>(now.tv_nsec) / 1e3;
}

struct Pair {
  boost::json::object params;
  std::string answer;
};

struct Judged {
  std::string outcome = "invalid";
  std::string evidence;
  double microseconds = 0;
};

Judged JudgeOne(const rewards::Checker& checker, const Pair& pair) {
  Judged judged;
  const double start = ThreadMicroseconds();
  const auto check = checker.Prepare(pair.params);
  if (check) {
    rewards::Submission submission;
    submission.response = pair.answer;
    const rewards::Verdict verdict =
        (*check)->Judge(submission, rewards::Budget{});
    judged.outcome = rewards::OutcomeName(verdict.outcome);
    judged.evidence = verdict.evidence;
  }
  judged.microseconds = ThreadMicroseconds() - start;
  return judged;
}

// Resident memory now, in KiB.
long ResidentKib() {
  std::ifstream file("/proc/self/statm");
  long total = 0;
  long resident = 0;
  file >> total >> resident;
  return resident * 4;
}

double Quantile(std::vector<double> times, double q) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(
      q * static_cast<double>(times.size() - 1) + 0.5)];
}

std::vector<Pair> ReadPairs(const char* path) {
  std::vector<Pair> pairs;
  std::ifstream lines(path);
  for (std::string line; std::getline(lines, line);) {
    const boost::json::object row = boost::json::parse(line).as_object();
    pairs.push_back(
        {{{"gold", row.at("gold")}}, std::string(row.at("pred").as_string())});
  }
  return pairs;
}

void Repeat(const rewards::Checker& checker, const std::vector<Pair>& pairs,
            long checks) {
  constexpr long kMarks = 10;
  const auto start = Clock::now();
  for (long i = 0; i < checks; ++i) {
    static_cast<void>(JudgeOne(checker, pairs[i % pairs.size()]));
    if ((i + 1) % std::max(1L, checks / kMarks) == 0) {
      std::cerr << i + 1 << " checks, " << ResidentKib() << " KiB resident\n";
    }
  }
  const std::chrono::duration<double> took = Clock::now() - start;
  std::cerr << static_cast<double>(checks) / took.count() << " checks/s\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: bench_math PAIRS.jsonl [CHECKS]\n";
    return 2;
  }
  const std::vector<Pair> pairs = ReadPairs(argv[1]);
  if (pairs.empty()) return 3;
  const auto checker = rewards::MakeMathChecker();
  std::vector<double> times;
  double sum = 0;
  for (const Pair& pair : pairs) {
    const Judged judged = JudgeOne(*checker, pair);
    times.push_back(judged.microseconds);
    sum += judged.microseconds;
    std::cout << boost::json::serialize(
                     boost::json::object{{"outcome", judged.outcome},
                                         {"evidence", judged.evidence},
                                         {"us", judged.microseconds}})
              << "\n";
  }
  std::fprintf(
      stderr, "%zu pairs, %.0f/s; microseconds p50 %.1f, p99 %.1f, max %.1f\n",
      pairs.size(), 1e6 * static_cast<double>(pairs.size()) / sum,
      Quantile(times, 0.5), Quantile(times, 0.99), Quantile(times, 1.0));
  if (argc > 2) Repeat(*checker, pairs, std::atol(argv[2]));
  return 0;
}
