// Model: a decoder with its tokenizer, and the files of both in Hugging Face's
// layout: config.json, tokenizer.json, model.safetensors.

#ifndef TRAINER_STAGES_MODEL_FILES_H_
#define TRAINER_STAGES_MODEL_FILES_H_

#include <string>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/checkpoint/store.h"
#include "trainer/model/decoder.h"
#include "trainer/tokenizer/tokenizer.h"

namespace trainer {

struct Model {
  Tokenizer tokenizer;
  Decoder decoder;  // copies share their parameters
};

// "float32" or "bfloat16"; throws std::logic_error for another type.
[[nodiscard]] std::string_view TypeName(at::ScalarType type);
// Throws std::invalid_argument for a name that is none of these.
[[nodiscard]] at::ScalarType TypeFromName(std::string_view name);

[[nodiscard]] CheckpointResult<std::vector<CheckpointFile>> ModelFiles(
    const Model& model);

// Writes the files to folder `path`, which holds all of them or is not there: a
// crash leaves the old folder, or none, or the new one.
[[nodiscard]] CheckpointResult<void> WriteModel(const Model& model,
                                                const std::string& path);

// Reads them. `type`: of the parameters. Errors name the file and what is wrong
// with it, e.g. a vocabulary that is not the tokenizer's.
[[nodiscard]] CheckpointResult<Model> ReadModel(
    const std::string& path, at::Device device,
    at::ScalarType type = at::kFloat);

}  // namespace trainer

#endif  // TRAINER_STAGES_MODEL_FILES_H_
