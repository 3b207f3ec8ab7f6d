// `assay check-answer`: one response against one gold, in this process.

#ifndef VERIFIER_CLI_CHECK_ANSWER_COMMAND_H_
#define VERIFIER_CLI_CHECK_ANSWER_COMMAND_H_

#include <CLI/App.hpp>

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddCheckAnswerCommand(CLI::App& app, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_CHECK_ANSWER_COMMAND_H_
