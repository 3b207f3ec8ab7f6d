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
#include "trainer/stages/rollout.h"

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

// What is asked: the same on all ranks.
struct EvaluationTasks {
  std::vector<NumberedTask> problems{};  // settings.samples completions each
  std::vector<NumberedTask> prompts{};   // general ones, one completion each
};

// Those that `recipe` holds out: settings.items and settings.general_items.
[[nodiscard]] EvaluationTasks HeldOut(const Recipe& recipe,
                                      const EvalSettings& settings);

// Samples completions of `tasks` as `settings` says, and asks `rewards` about
// them. `progress` is told (tasks done, tasks), every kEvaluationChunk tasks.
// Ranks share the tasks. A completion without verdict counts in no rate. Throws
// as RunRollout.
[[nodiscard]] EvaluationReport Evaluate(
    const Model& model, const std::string& name, const EvalSettings& settings,
    EvaluationTasks tasks, RewardSource& rewards, Comm& comm,
    const std::function<bool()>& stop = {},
    const std::function<void(std::int64_t, std::int64_t)>& progress = {});

// Tasks that are decoded together.
inline constexpr std::int64_t kEvaluationChunk = 64;

}  // namespace trainer

#endif  // TRAINER_STAGES_EVALUATION_H_
