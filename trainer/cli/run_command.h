// `assay-train run`, `resume` and `plan`.

#ifndef TRAINER_CLI_RUN_COMMAND_H_
#define TRAINER_CLI_RUN_COMMAND_H_

#include <CLI/App.hpp>

namespace trainer::cli {

// Each sets `exit_code` when its command ran. May throw RunError and CommError.
void AddRunCommand(CLI::App& app, int& exit_code);
void AddResumeCommand(CLI::App& app, int& exit_code);
void AddPlanCommand(CLI::App& app, int& exit_code);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_RUN_COMMAND_H_
