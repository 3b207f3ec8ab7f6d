// `assay plugin`: checkers that are programs of one's own: new, test, list.

#ifndef VERIFIER_CLI_PLUGIN_COMMAND_H_
#define VERIFIER_CLI_PLUGIN_COMMAND_H_

#include <CLI/App.hpp>

namespace verifier::cli {

// Adds the command to `app`. When it was run, `exit_code` holds its exit code.
void AddPluginCommand(CLI::App& app, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_PLUGIN_COMMAND_H_
