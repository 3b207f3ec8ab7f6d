// `assay checkers`: what this build, or a service, can judge.

#ifndef VERIFIER_CLI_CHECKERS_COMMAND_H_
#define VERIFIER_CLI_CHECKERS_COMMAND_H_

#include <CLI/App.hpp>

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddCheckersCommand(CLI::App& app, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_CHECKERS_COMMAND_H_
