#include "trainer/cli/model_argument.h"

#include <utility>

#include "trainer/stages/run_error.h"

namespace trainer::cli {

void AddModelOption(CLI::App& command, ModelArgument& argument) {
  command
      .add_option("--model", argument.model,
                  "folder with config.json, tokenizer.json, model.safetensors")
      ->required();
  AddMachineOptions(command, argument.machine);
}

Model ReadOrThrow(const ModelArgument& argument, at::Device device) {
  auto model = ReadModel(argument.model, device);
  if (model.has_error()) {
    throw RunError(ExitCode::kBadData, model.error().ToString());
  }
  if (model->decoder.config().scores) {
    throw RunError(ExitCode::kUsage, argument.model +
                                         ": is a reward model, which writes no "
                                         "text: assay-train serve --reward");
  }
  SetThreads(argument.machine, model->decoder.flat().size(0));
  return *std::move(model);
}

}  // namespace trainer::cli
