// Twice: tries again what failed through no fault of the program's.

#ifndef REWARDS_CODE_TWICE_H_
#define REWARDS_CODE_TWICE_H_

#include <chrono>

#include "rewards/code/candidate.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

// What `run` reports, or what it reports the second time where that is IE or JF
// and there is time left.
template <typename Run>
[[nodiscard]] TestReport Twice(const Candidate& candidate, const Run& run) {
  TestReport report = run();
  const bool failed = report.verdict == TestVerdict::kInternalError ||
                      report.verdict == TestVerdict::kJudgeFailure;
  const bool late =
      std::chrono::steady_clock::now() >= candidate.until.deadline;
  return failed && !late ? run() : report;
}

}  // namespace rewards::code

#endif  // REWARDS_CODE_TWICE_H_
