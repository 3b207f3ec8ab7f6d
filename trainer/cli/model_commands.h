// `assay-train eval` and `generate`: what a finished model does.

#ifndef TRAINER_CLI_MODEL_COMMANDS_H_
#define TRAINER_CLI_MODEL_COMMANDS_H_

#include <CLI/App.hpp>

namespace trainer::cli {

void AddEvalCommand(CLI::App& app, int& exit_code);
void AddGenerateCommand(CLI::App& app, int& exit_code);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_MODEL_COMMANDS_H_
