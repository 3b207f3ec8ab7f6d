// StreamRun: one test of standard input and output.

#ifndef REWARDS_CODE_STREAM_RUN_H_
#define REWARDS_CODE_STREAM_RUN_H_

#include "rewards/code/candidate.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

// Runs the program on the test's input and compares what it printed, or has it
// checked. Blocks as Runner::Run does, and OutputChecker::Check; any thread.
[[nodiscard]] TestReport RunStream(const Candidate& candidate,
                                   const StreamTest& test);

}  // namespace rewards::code

#endif  // REWARDS_CODE_STREAM_RUN_H_
