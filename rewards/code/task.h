// Task: what is asked of a program. A plain value; any thread.

#ifndef REWARDS_CODE_TASK_H_
#define REWARDS_CODE_TASK_H_

#include <optional>
#include <string>
#include <vector>

#include "rewards/code/compare.h"
#include "rewards/code/judge_program.h"
#include "rewards/code/test.h"
#include "sandbox/runner.h"

namespace rewards::code {

struct Task {
  std::vector<Test> tests{};
  // Of each test: it stands in the prompt. Empty where that is said of none.
  std::vector<bool> visible{};
  CompareRule compare{};
  std::optional<JudgeProgram> checker{};  // judges outputs instead of `compare`
  // One of sandbox::Languages().
  const sandbox::Language* language = &sandbox::Languages().front();
  // The name that the program's file gets, empty: Language::main; and the files
  // beside it, which it sees. Requires: no SourceProblem of all of them.
  std::string entry{};
  std::vector<sandbox::ProgramFile> files{};
  sandbox::RunLimits limits{};  // of each test
  // Assertions and harnesses run in the program's own process.
  bool in_process = false;
  bool until_failure = true;  // stop at the first test that is not passed
  bool graded = false;  // the share of passed tests counts, not all or nothing
  bool measures = false;  // time and memory of each test are reported
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_TASK_H_
