// RunReport: how a run of `assay run` ended, for people and as an exit code.
// Not thread-safe: writes to the standard streams.

#ifndef VERIFIER_CLI_RUN_REPORT_H_
#define VERIFIER_CLI_RUN_REPORT_H_

#include <string>
#include <vector>

#include "verifier/protocol/execute_result.h"

namespace verifier::cli {

// kExitOk where it exited 0, kExitNotJudged where we failed, else
// kExitNegative.
[[nodiscard]] int RunExitCode(const protocol::ExecuteResult& result);

// Passes the program's output on, writes each file that came back to the path
// at its place in `paths`, and says on standard error how it ended, unless
// `quiet`. Returns the exit code: kExitNegative too where a file is missing.
[[nodiscard]] int ReportRun(const protocol::ExecuteResult& result,
                            const std::vector<std::string>& paths, bool quiet);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_RUN_REPORT_H_
