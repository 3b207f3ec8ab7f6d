// `assay-train eval`: pass@1 of a model on held-out problems, or on a published
// data set.

#ifndef TRAINER_CLI_EVAL_COMMAND_H_
#define TRAINER_CLI_EVAL_COMMAND_H_

#include <CLI/App.hpp>

namespace trainer::cli {

void AddEvalCommand(CLI::App& app, int& exit_code);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_EVAL_COMMAND_H_
