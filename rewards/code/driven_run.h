// DrivenRun: tests whose code runs in a jail of its own and asks the program in
// the program's. Blocks up to the task's limits and kDriverLimits, twice where
// something of ours or of the test's failed; any thread.
//
// Who is to blame: what a test does before it has an answer of the program's is
// the test's doing, and kJudgeFailure where it fails. From then on it is the
// program's: an exception, no end, no memory. A test passes by its own record
// that it came to its end, after it had asked.

#ifndef REWARDS_CODE_DRIVEN_RUN_H_
#define REWARDS_CODE_DRIVEN_RUN_H_

#include "rewards/code/candidate.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

[[nodiscard]] TestReport RunAssert(const Candidate& candidate,
                                   const AssertTest& test);
[[nodiscard]] TestReport RunHarness(const Candidate& candidate,
                                    const HarnessTest& test);

}  // namespace rewards::code

#endif  // REWARDS_CODE_DRIVEN_RUN_H_
