// `assay-train serve`.

#ifndef TRAINER_CLI_SERVE_COMMAND_H_
#define TRAINER_CLI_SERVE_COMMAND_H_

#include <CLI/App.hpp>

namespace trainer::cli {

// Sets `exit_code` when its command ran. May throw RunError.
void AddServeCommand(CLI::App& app, int& exit_code);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_SERVE_COMMAND_H_
