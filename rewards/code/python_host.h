// PythonHost: the programs of call_host.h for Python; python/ holds them.

#ifndef REWARDS_CODE_PYTHON_HOST_H_
#define REWARDS_CODE_PYTHON_HOST_H_

#include "rewards/code/call_host.h"
#include "rewards/code/candidate.h"
#include "sandbox/program.h"

namespace rewards::code {

[[nodiscard]] sandbox::Program PythonHost(const CallHost& host,
                                          const Candidate& candidate);
[[nodiscard]] sandbox::Program PythonDriver();
[[nodiscard]] sandbox::Program PythonBeside(const Candidate& candidate);

}  // namespace rewards::code

#endif  // REWARDS_CODE_PYTHON_HOST_H_
