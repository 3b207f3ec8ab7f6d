// Judge: which tests a program passes. Immutable; any thread.
//
// A compiled language is compiled once, in a jail that holds no test. Each test
// runs the program in a jail of its own. The expected output never
// enters the jail: what leaves it is a candidate, compared here. An exit code
// of 0 alone never passes, and a right output with another exit code fails.

#ifndef REWARDS_CODE_JUDGE_H_
#define REWARDS_CODE_JUDGE_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "rewards/code/task.h"
#include "rewards/code/test_report.h"
#include "sandbox/runner.h"

namespace rewards::code {

struct Report {
  // Why no test ran: kCompileError, kCompileTime, kViolation of the compiler,
  // kInternalError; kJudgeFailure where a program of the item is not to be had;
  // kAccepted where tests ran.
  TestVerdict build = TestVerdict::kInternalError;
  // What the compiler said, untrusted bytes; at most 64 KiB.
  std::string diagnostics{};
  // One for each test that was run or that time ran out for, in order.
  std::vector<TestReport> tests{};
  std::size_t passed = 0;
  double credit = 0;  // `passed`, and the credit of the others
  // Of a `build` that is kInternalError or kJudgeFailure: what failed.
  std::string failure{};
};

class Judge {
 public:
  // Borrows nothing; shares `runner`.
  // Requires: `runner` is not null.
  explicit Judge(std::shared_ptr<const sandbox::Runner> runner);

  // A judge with a jail of the strongest level of this machine, at least
  // `least`. The error says why there is none.
  [[nodiscard]] static boost::system::result<std::shared_ptr<const Judge>,
                                             sandbox::JailError>
  Create(sandbox::Level least = sandbox::Level::kL1);

  // Compiles the checker and interactors of `task` first, so that nothing of an
  // answer is to blame where that fails; then `source`; and runs it on each
  // test. Blocks up to `deadline` and the time to clear one jail (once a
  // process also to compile a trial program); tests that it leaves no time for
  // are kWallTime.
  [[nodiscard]] Report Run(
      const std::string& source, const Task& task,
      std::chrono::steady_clock::time_point deadline) const;

  [[nodiscard]] const sandbox::Runner& runner() const noexcept {
    return *runner_;
  }

 private:
  std::shared_ptr<const sandbox::Runner> runner_;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_JUDGE_H_
