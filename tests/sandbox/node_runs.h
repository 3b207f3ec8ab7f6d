// NodeRuns: what tests of Node in the jail share.

#ifndef TESTS_SANDBOX_NODE_RUNS_H_
#define TESTS_SANDBOX_NODE_RUNS_H_

#include <memory>
#include <string>

#include "described.h"
#include "sandbox/runner.h"

namespace sandbox {

inline const RunLimits kRoomy{.cpu = std::chrono::seconds(30),
                              .wall = std::chrono::seconds(60)};

inline bool HasNode() {
  return MissingTool(*FindLanguage("javascript")).empty();
}

// Nullptr: `why` says why.
inline std::unique_ptr<Runner> MakeRunner(std::string* why) {
  const auto jail = Jail::Create();
  if (jail) return std::make_unique<Runner>(*jail);
  *why = jail.error().message;
  return nullptr;
}

inline Program ProgramOf(const Runner& runner, const std::string& source,
                         const char* name = "main.js") {
  return runner
      .Compile(*FindLanguage("javascript"), {{.name = name, .content = source}},
               {})
      .program;
}

inline std::string Text(const Runner& runner, const Program& program,
                        const RunLimits& limits = kRoomy) {
  const RunResult result = runner.Run(program, limits, {});
  return result.out + result.err + result.failure;
}

inline std::string Text(const Runner& runner, const std::string& source) {
  return Text(runner, ProgramOf(runner, source));
}

}  // namespace sandbox

#endif  // TESTS_SANDBOX_NODE_RUNS_H_
