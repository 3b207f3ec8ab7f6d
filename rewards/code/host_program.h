// HostProgram: a host of call_host.h beside the program that it asks, ready to
// run. Pure; any thread.

#ifndef REWARDS_CODE_HOST_PROGRAM_H_
#define REWARDS_CODE_HOST_PROGRAM_H_

#include "rewards/code/call_host.h"
#include "rewards/code/candidate.h"
#include "sandbox/program.h"

namespace rewards::code {

// The program's own command line, with the host's file before its last word,
// which is the program's file. Descriptor 3 is the stream, standard input holds
// nothing. Requires: the host has a file.
[[nodiscard]] sandbox::Program HostProgram(const CallHost& host,
                                           const Candidate& candidate);

// The same for an interpreter that knows no other descriptors: the stream is
// standard input and output, which the host keeps from the program.
[[nodiscard]] sandbox::Program StandardHostProgram(const CallHost& host,
                                                   const Candidate& candidate);

// The program's own command line, where the host is compiled into it. The
// stream and standard input are as for HostProgram.
[[nodiscard]] sandbox::Program CompiledHostProgram(const CallHost& host,
                                                   const Candidate& candidate);

}  // namespace rewards::code

#endif  // REWARDS_CODE_HOST_PROGRAM_H_
