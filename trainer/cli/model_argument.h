// ModelArgument: the finished model that a command is about.

#ifndef TRAINER_CLI_MODEL_ARGUMENT_H_
#define TRAINER_CLI_MODEL_ARGUMENT_H_

#include <CLI/App.hpp>
#include <string>

#include "trainer/cli/machine.h"
#include "trainer/stages/model_files.h"

namespace trainer::cli {

struct ModelArgument {
  std::string model{};  // folder
  MachineOptions machine{};
};

void AddModelOption(CLI::App& command, ModelArgument& argument);

// Reads it, and sets the threads that suit its size. Throws RunError: no such
// model, or a reward model, which writes no text.
[[nodiscard]] Model ReadOrThrow(const ModelArgument& argument,
                                at::Device device);

}  // namespace trainer::cli

#endif  // TRAINER_CLI_MODEL_ARGUMENT_H_
