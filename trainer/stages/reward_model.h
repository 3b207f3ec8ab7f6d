// Scores of a reward model: a decoder whose head is one row. Const: any thread.

#ifndef TRAINER_STAGES_REWARD_MODEL_H_
#define TRAINER_STAGES_REWARD_MODEL_H_

#include <ATen/core/Tensor.h>

#include <span>
#include <string>
#include <vector>

#include "trainer/stages/completion_batch.h"
#include "trainer/stages/model_files.h"

namespace trainer {

// What is scored: the prompt as a policy sees it, and a response to it.
struct ScoredText {
  std::string prompt{};
  std::string response{};
};

// [S] float32, differentiable: the head on the hidden state of the last token
// of each example. Throws std::invalid_argument where one is longer than the
// model reads.
[[nodiscard]] at::Tensor ScoreExamples(const Decoder& decoder,
                                       std::span<const Example> examples);

// The same for texts, without a gradient: the higher the better. NaN where a
// text is longer than the model reads: it could not judge.
[[nodiscard]] std::vector<double> ScoreTexts(const Model& model,
                                             std::span<const ScoredText> texts);

}  // namespace trainer

#endif  // TRAINER_STAGES_REWARD_MODEL_H_
