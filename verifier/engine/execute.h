// Execute: one program, compiled where its language is, run in a jail, with its
// files, verdict and usage: /v1/execute and `assay run`. Thread-safe: no state.

#ifndef VERIFIER_ENGINE_EXECUTE_H_
#define VERIFIER_ENGINE_EXECUTE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/run_limits.h"
#include "sandbox/compile_counts.h"
#include "sandbox/run_counts.h"
#include "sandbox/runner.h"
#include "verifier/engine/engine.h"
#include "verifier/protocol/execute_request.h"
#include "verifier/protocol/execute_result.h"

namespace verifier::engine {

using sandbox::Cancel;
using sandbox::CompileCounts;
using sandbox::FindLanguage;
using sandbox::IsFileName;
using sandbox::kLeastLimits;
using sandbox::kMaxWanted;
using sandbox::kMostLimits;
using sandbox::Language;
using sandbox::LanguageNames;
using sandbox::Languages;
using sandbox::ProgramFile;
using sandbox::RunCounts;
using sandbox::RunLimits;
using sandbox::SourceProblem;

using rewards::RunLimitsSchema;

// What is to run.
struct Execution {
  const sandbox::Language* language = nullptr;  // one of sandbox::Languages()
  std::vector<ProgramFile> files{};             // no SourceProblem
  std::string input{};
  std::vector<std::string> args{};
  RunLimits limits{};
  std::vector<std::string> wanted{};
};

// What `request` asks for, or what is wrong with it: an unknown language, files
// that are no program of it, a limit out of its range. An output stream may be
// as long as limits.returned_bytes at most.
[[nodiscard]] boost::system::result<Execution, protocol::RequestError>
PrepareExecution(protocol::ExecuteRequest request,
                 const protocol::Limits& limits);

// Runs it. Without a runner (null) the verdict is IE, as it is where `cancel`
// (null: never) is set before the end. Blocks up to the walls of the compile
// and of the run, and the time to build jails.
[[nodiscard]] protocol::ExecuteResult Execute(const sandbox::Runner* runner,
                                              Execution execution,
                                              const Cancel* cancel);

// Execute as work for Engine::SubmitTask. `result` is written before the task
// ends; all it holds is shared.
[[nodiscard]] Task ExecuteTask(std::shared_ptr<const sandbox::Runner> runner,
                               Execution execution,
                               std::shared_ptr<protocol::ExecuteResult> result);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_EXECUTE_H_
