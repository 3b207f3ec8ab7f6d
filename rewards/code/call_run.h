// CallRun: one call of a function of the program, whose result is compared
// here. Blocks up to the task's limits, twice where something of ours failed;
// any thread.

#ifndef REWARDS_CODE_CALL_RUN_H_
#define REWARDS_CODE_CALL_RUN_H_

#include "rewards/code/candidate.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

[[nodiscard]] TestReport RunCall(const Candidate& candidate,
                                 const CallTest& test);

}  // namespace rewards::code

#endif  // REWARDS_CODE_CALL_RUN_H_
