// Candidate: a program that is judged, and what it is judged with. Borrows all
// of it; one thread.

#ifndef REWARDS_CODE_CANDIDATE_H_
#define REWARDS_CODE_CANDIDATE_H_

#include <map>
#include <string>

#include "rewards/code/hosted_source.h"
#include "rewards/code/output_checker.h"
#include "rewards/code/task.h"
#include "sandbox/runner.h"

namespace rewards::code {

struct Candidate {
  const sandbox::Runner& runner;
  const Task& task;
  const std::string& source;
  // What became of `source`, to run; a test of streams puts its input there.
  sandbox::Program& program;
  sandbox::Until until{};
  const OutputChecker* checker = nullptr;  // of task.checker
  // Of every interactor of the tests, ready to run.
  const std::map<const JudgeProgram*, ReadyJudge>* interactors = nullptr;
  // Of every call of the tests, where the language is compiled.
  HostedPrograms* hosted = nullptr;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_CANDIDATE_H_
