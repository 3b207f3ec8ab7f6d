// ExecuteRun: a recipe from its first stage, or from where it stopped, to its
// end. One call a process, on every rank.

#ifndef TRAINER_STAGES_RUN_H_
#define TRAINER_STAGES_RUN_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "trainer/dist/comm.h"
#include "trainer/recipes/recipe.h"
#include "trainer/report/step_printer.h"
#include "trainer/report/summary.h"

namespace trainer {

struct RunOptions {
  std::string folder = "runs/run";
  std::optional<std::string> from{};   // a stage: begins with the model before
  std::optional<std::string> until{};  // a stage: the last one
  // Asked after each step: true saves and ends the run.
  std::function<bool()> stop{};
  // Takes text for standard error, as StepPrinter makes it. Rank 0 only.
  std::function<void(std::string_view)> write{};
  StepOutput output{};
};

struct RunResult {
  RunSummary summary{};
  bool stopped = false;  // by `stop`, before the end
};

// Makes or goes on with the run in options.folder: metrics, checkpoints and
// models as run_files.h has them. What it computes follows from the recipe, the
// device and the number of ranks; a run that was interrupted anywhere gives
// the bytes of metrics.jsonl of one that was not (on a CPU).
//
// Throws RunError; CommError where a rank is lost.
[[nodiscard]] RunResult ExecuteRun(const Recipe& recipe,
                                   const RunOptions& options, Comm& comm);

}  // namespace trainer

#endif  // TRAINER_STAGES_RUN_H_
