// Rollout: questions, what the policy answered, and what the verifier said.

#ifndef TRAINER_STAGES_ROLLOUT_H_
#define TRAINER_STAGES_ROLLOUT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "datasets/prompt_template.h"
#include "datasets/task.h"
#include "trainer/report/completions.h"
#include "trainer/rollout/generator.h"
#include "trainer/rollout/reward_source.h"
#include "trainer/stages/completion_batch.h"
#include "trainer/stages/model_files.h"

namespace trainer {

// A question with the number that its seeds and its id follow from.
struct NumberedTask {
  std::uint64_t number = 0;
  datasets::Task task{};
};

struct RolloutRequest {
  std::string name{};  // of what it is for: begins the ids
  std::uint64_t seed = 0;
  datasets::PromptStyle style = datasets::PromptStyle::kChat;
  SamplingParams params{};
  std::int64_t samples = 1;  // completions of each question
};

struct Rollout {
  // Question by question, `samples` completions each.
  std::vector<std::vector<std::int32_t>> prompts{};  // with bos; of questions
  std::vector<Completion> completions{};
  std::vector<ScoreTask> asked{};  // of completions: ids, texts, checks
  ScoreReport report{};
  double generate_seconds = 0.0;
  std::int64_t tokens = 0;  // of all completions

  // A completion with its prompt, as a sequence to learn from.
  [[nodiscard]] Example ExampleAt(std::size_t completion,
                                  std::int64_t samples) const;
  // As a line of completions/.
  [[nodiscard]] CompletionRecord RecordAt(
      std::size_t completion, std::optional<double> advantage) const;
};

// Samples and scores. Each completion is submitted as it ends, while the others
// still decode. Blocks until all are scored. Throws what Generator and
// RewardSource::Wait throw.
[[nodiscard]] Rollout RunRollout(const Model& model,
                                 std::span<const NumberedTask> tasks,
                                 const RolloutRequest& request,
                                 RewardSource& rewards,
                                 const std::function<bool()>& stop);

// What the checks of a completion said, the first of each kind. None: not
// judged, or no such check.
struct CheckScores {
  std::optional<double> accuracy{};  // the first of another checker
  std::string answer{};              // that it read; empty: none
  std::optional<double> format{};
  std::optional<double> language{};
};
[[nodiscard]] CheckScores CheckScoresOf(const Scored& scored);

}  // namespace trainer

#endif  // TRAINER_STAGES_ROLLOUT_H_
