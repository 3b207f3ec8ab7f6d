// HostedSource: a program of a compiled language and the host (call_host.h)
// that it is compiled with, ready to compile. Pure; any thread.

#ifndef REWARDS_CODE_HOSTED_SOURCE_H_
#define REWARDS_CODE_HOSTED_SOURCE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/task.h"
#include "rewards/code/test.h"
#include "sandbox/language.h"
#include "sandbox/program.h"

namespace rewards::code {

struct CallHost;

struct HostedSource {
  sandbox::Language language{};  // which compiles both
  std::vector<sandbox::ProgramFile> files{};
};

// Of the program `source` and the files of `task`, for calls as `call` is one.
// Requires: IsHostedPath(call.path).
[[nodiscard]] HostedSource HostedCpp(const CallHost& host, const Task& task,
                                     const std::string& source,
                                     const CallTest& call);
[[nodiscard]] HostedSource HostedJava(const CallHost& host, const Task& task,
                                      const std::string& source,
                                      const CallTest& call);
[[nodiscard]] HostedSource HostedCSharp(const CallHost& host, const Task& task,
                                        const std::string& source,
                                        const CallTest& call);
[[nodiscard]] HostedSource HostedGo(const CallHost& host, const Task& task,
                                    const std::string& source,
                                    const CallTest& call);
[[nodiscard]] HostedSource HostedRust(const CallHost& host, const Task& task,
                                      const std::string& source,
                                      const CallTest& call);

// A compiled program is asked for what its compiler knows: "f", "A.B.f", or
// "A.B().f", a method of an object.
[[nodiscard]] bool IsHostedPath(std::string_view path);

// Calls of one key are asked of one compiled program.
[[nodiscard]] std::string HostedKey(const CallTest& call);

// By HostedKey.
using HostedPrograms = std::map<std::string, sandbox::Program>;

}  // namespace rewards::code

#endif  // REWARDS_CODE_HOSTED_SOURCE_H_
