// Evaluate: how well a model answers problems that it never saw.

#ifndef TRAINER_STAGES_EVALUATION_H_
#define TRAINER_STAGES_EVALUATION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "trainer/dist/comm.h"
#include "trainer/recipes/recipe.h"
#include "trainer/report/completions.h"
#include "trainer/report/summary.h"
#include "trainer/rollout/reward_source.h"
#include "trainer/stages/model_files.h"

namespace trainer {

struct EvaluationReport {
  // pass_at_1, its interval, cons_at_k, format_rate, language_rate, mean_tokens
  // and wall_s are set, pass_at_k for two samples or more, general and
  // preference where settings.general_items ask for them: equal on all ranks
  // but for wall_s.
  StageSummary summary{};
  std::int64_t items = 0;
  std::int64_t samples = 0;                     // of each item
  std::int64_t dropped = 0;                     // completions not judged
  std::vector<CompletionRecord> completions{};  // this rank's
};

// Samples `settings.samples` completions of each of `settings.items` different
// held-out problems and one of each of `settings.general_items` held-out prompts
// of the recipe's world, and asks `rewards` about them. `progress` is told
// (tasks done, tasks), every kEvaluationChunk tasks. Ranks share the tasks. A
// completion without verdict counts in no rate. Throws as RunRollout.
[[nodiscard]] EvaluationReport Evaluate(
    const Model& model, const std::string& name, const EvalSettings& settings,
    const Recipe& recipe, RewardSource& rewards, Comm& comm,
    const std::function<bool()>& stop = {},
    const std::function<void(std::int64_t, std::int64_t)>& progress = {});

// Tasks that are decoded together.
inline constexpr std::int64_t kEvaluationChunk = 64;

}  // namespace trainer

#endif  // TRAINER_STAGES_EVALUATION_H_
