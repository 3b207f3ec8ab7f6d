// `assay score`: a file of items in, a file or a stream of results out.

#ifndef VERIFIER_CLI_SCORE_COMMAND_H_
#define VERIFIER_CLI_SCORE_COMMAND_H_

#include <CLI/App.hpp>

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddScoreCommand(CLI::App& app, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_SCORE_COMMAND_H_
