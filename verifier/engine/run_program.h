// RunProgram: one program in a jail of its own, for callers above the engine.
// Thread-safe: no state.

#ifndef VERIFIER_ENGINE_RUN_PROGRAM_H_
#define VERIFIER_ENGINE_RUN_PROGRAM_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/limits.h"
#include "sandbox/run_counts.h"
#include "sandbox/run_result.h"

namespace verifier::engine {

using sandbox::Ending;
using sandbox::EndingName;
using sandbox::kLeastLimits;
using sandbox::kMostLimits;
using sandbox::RunCounts;
using sandbox::RunLimits;
using sandbox::RunResult;

struct ProgramToRun {
  std::string language{};  // one of ProgramLanguages()
  std::string source{};    // untrusted
  std::vector<std::string> args{};
  std::string input{};  // standard input
};

// The languages that RunProgram knows.
[[nodiscard]] std::span<const std::string_view> ProgramLanguages() noexcept;

// Runs `program` under `limits` and returns how it ended. Ending::kFailed, with
// `failure` set: no jail on this machine, an unknown language, a limit out of
// its range. Blocks up to limits.wall and the time to build the jail.
[[nodiscard]] RunResult RunProgram(const ProgramToRun& program,
                                   const RunLimits& limits);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_RUN_PROGRAM_H_
