// `assay-train generate`: what a model answers to a question.

#ifndef TRAINER_CLI_GENERATE_COMMAND_H_
#define TRAINER_CLI_GENERATE_COMMAND_H_

#include <CLI/App.hpp>

namespace trainer::cli {

void AddGenerateCommand(CLI::App& app, int& exit_code);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_GENERATE_COMMAND_H_
