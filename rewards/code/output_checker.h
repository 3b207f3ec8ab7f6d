// OutputChecker: judges outputs by a program that the item brings. Borrows all
// that it is made of; any thread.
//
// The program reads input.txt, output.txt (the candidate's output) and
// answer.txt (the test's "stdout") in a jail that the candidate never was in.
// What the candidate printed is the content of a file: never a name, an option
// or a source.
//
// A checker that fails on an output is tried once more. If it fails again, the
// test's own answer is given to it as a control; where that is blank, the first
// answer among the other tests that is not, with the input that it belongs to.
// Where it fails on that too, it is broken, and nothing is judged (JF); else
// the candidate's output made it fail, which is wrong. Where every answer is
// blank it is the candidate's doing too: so no output ever buys a null.

#ifndef REWARDS_CODE_OUTPUT_CHECKER_H_
#define REWARDS_CODE_OUTPUT_CHECKER_H_

#include <string>
#include <vector>

#include "rewards/code/judge_program.h"
#include "rewards/code/test.h"
#include "rewards/code/test_report.h"
#include "sandbox/runner.h"

namespace rewards::code {

class OutputChecker {
 public:
  // `tests`: of the same task.
  OutputChecker(const sandbox::Runner& runner, const JudgeProgram& judge,
                const sandbox::Program& ready, const std::vector<Test>& tests);

  // Blocks for up to four runs, and `until`: what that leaves no time for is
  // kWallTime, the candidate having used it up.
  [[nodiscard]] TestReport Check(const StreamTest& test,
                                 const std::string& output,
                                 const sandbox::Until& until) const;

 private:
  [[nodiscard]] Opinion Ask(const StreamTest& test, const std::string& output,
                            const sandbox::Until& until) const;
  // A failure is tried once more.
  [[nodiscard]] Opinion AskTwice(const StreamTest& test,
                                 const std::string& output,
                                 const sandbox::Until& until) const;

  const sandbox::Runner& runner_;
  const JudgeProgram& judge_;
  const sandbox::Program& ready_;
  const StreamTest* control_ = nullptr;  // the first that says what is right
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_OUTPUT_CHECKER_H_
