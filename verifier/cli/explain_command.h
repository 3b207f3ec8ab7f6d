// `assay explain`: why an answer earned what it did, step by step.

#ifndef VERIFIER_CLI_EXPLAIN_COMMAND_H_
#define VERIFIER_CLI_EXPLAIN_COMMAND_H_

#include <CLI/App.hpp>

namespace verifier::cli {

// Leaves its exit code in `exit_code`, which must outlive the parse.
void AddExplainCommand(CLI::App& app, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_EXPLAIN_COMMAND_H_
