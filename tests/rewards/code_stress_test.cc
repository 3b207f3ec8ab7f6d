// Many threads compile and run through one judge (rewards/code/judge.h): no
// failure of ours, and each gets the verdict of its own program.
//
// ASSAY_STRESS_SECONDS sets how long; the default is for every day.

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using std::chrono::steady_clock;

constexpr int kThreads = 16;

code::Task TaskOf(const char* language, int number) {
  code::Task task;
  task.language = sandbox::FindLanguage(language);
  task.limits.cpu = std::chrono::seconds(20);
  task.limits.wall = std::chrono::seconds(120);
  const std::string answer = std::to_string(number) + "\n";
  task.tests = {code::StreamTest{"", answer}, code::StreamTest{"", answer}};
  return task;
}

// Distinct programs, or the same for all threads.
std::string Source(bool cpp, int number) {
  const std::string text = std::to_string(number);
  if (!cpp) return "print(" + text + ")";
  return "#include <cstdio>\nint main() { printf(\"%d\\n\", " + text + "); }";
}

TEST(CodeStress, ManyThreadsCompileAndRunThroughOneJudge) {
  const auto judge = TheJudge();
  ASSERT_NE(judge, nullptr);
  const char* wanted = std::getenv("ASSAY_STRESS_SECONDS");
  const auto time = std::chrono::seconds(wanted ? std::atoi(wanted) : 2);
  const auto end = steady_clock::now() + time;
  std::atomic<int> submissions = 0;
  std::atomic<int> wrong = 0;
  std::atomic<int> ours = 0;
  const auto work = [&](int thread) {
    for (int round = 0; steady_clock::now() < end; ++round) {
      const bool cpp = (thread + round) % 4 == 0;
      const bool equal = round % 2 == 0;
      const int number = equal ? 7 : 1000 * thread + round;
      const code::Task task = TaskOf(cpp ? "cpp" : "python", number);
      const code::Report report =
          judge->Run(Source(cpp, number), task,
                     steady_clock::now() + std::chrono::minutes(5));
      ++submissions;
      if (report.build == code::TestVerdict::kInternalError) ++ours;
      for (const code::TestReport& test : report.tests) {
        if (test.verdict == code::TestVerdict::kInternalError) ++ours;
      }
      if (report.passed != task.tests.size()) ++wrong;
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(submissions, kThreads);
  EXPECT_EQ(ours, 0);
  EXPECT_EQ(wrong, 0);
  RecordProperty("submissions", submissions);
  if (wanted != nullptr) {
    std::printf("%d submissions of two tests in %s s, %d not passed\n",
                submissions.load(), wanted, wrong.load());
  }
}

}  // namespace
}  // namespace rewards
