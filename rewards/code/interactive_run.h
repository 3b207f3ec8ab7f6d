// InteractiveRun: one test in which the program talks to an interactor, a
// program that the item brings (judge_program.h).
//
// Two jails, joined by a Relay. The interactor reads what the candidate says on
// its standard input and answers on its standard output; it is told the names
// input.txt (the test's "stdin"), output.txt (which it may write) and
// answer.txt (the test's "stdout"). The candidate sees what the interactor
// says, and nothing else. Its own time counts against it, and time on the clock
// while it waits, but not time that the interactor computes for.
//
// What decides, in this order:
//   1. a broken policy (SV), or more output than it may have (OLE);
//   2. how the candidate ended, where it did before the interactor and not by
//      itself with exit code 0. Where both wait, that is ILE;
//   3. the interactor, where it says no. The candidate then has kGraceTime to
//      end; what it says after that end is heard by nobody;
//   4. a failure of the interactor, in both of two talks. Alone, with nobody to
//      talk to, it is tried once more: if it fails then too, it is broken (JF);
//      else what the candidate said made it fail, which is wrong;
//   5. how the candidate ended: with exit code 0, where the interactor says
//   yes.

#ifndef REWARDS_CODE_INTERACTIVE_RUN_H_
#define REWARDS_CODE_INTERACTIVE_RUN_H_

#include <chrono>

#include "rewards/code/candidate.h"
#include "rewards/code/judge_program.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

// Between an interactor's no and the end of the candidate.
inline constexpr std::chrono::milliseconds kGraceTime{500};
// An interactor that is tried alone and waits for this long works.
inline constexpr std::chrono::milliseconds kAloneTime{2000};

// `ready` is made of `interactor`. Blocks for two talks and `kAloneTime` at
// most, each as long as the limits of both together; uses two threads. Any
// thread.
[[nodiscard]] TestReport RunInteractive(const Candidate& candidate,
                                        const StreamTest& test,
                                        const JudgeProgram& interactor,
                                        const sandbox::Program& ready);

}  // namespace rewards::code

#endif  // REWARDS_CODE_INTERACTIVE_RUN_H_
