// BesideRun: tests that can only run in the program's own process, where they
// prove nothing: the program can do there what the test can. Only where an item
// asks for it (Task::in_process). Blocks as Runner::Run does; any thread.

#ifndef REWARDS_CODE_BESIDE_RUN_H_
#define REWARDS_CODE_BESIDE_RUN_H_

#include <string_view>

#include "rewards/code/candidate.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

// Passes where the process says a word that was made for this run, which it is
// told to do behind the end of the test.
[[nodiscard]] TestReport RunBeside(const Candidate& candidate,
                                   std::string_view setup,
                                   std::string_view test,
                                   std::string_view path);

}  // namespace rewards::code

#endif  // REWARDS_CODE_BESIDE_RUN_H_
