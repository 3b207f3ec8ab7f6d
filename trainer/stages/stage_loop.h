// StageLoop: the steps of one training stage. The run (run.h) drives it, logs
// what a step measured, and saves and restores its state.

#ifndef TRAINER_STAGES_STAGE_LOOP_H_
#define TRAINER_STAGES_STAGE_LOOP_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "trainer/dist/comm.h"
#include "trainer/recipes/recipe.h"
#include "trainer/report/completions.h"
#include "trainer/report/metrics.h"
#include "trainer/stages/batch_dump.h"
#include "trainer/stages/model_files.h"
#include "trainer/stages/updater.h"

namespace trainer {

// What a stage works on. All of it outlives the stage.
struct StageContext {
  const Recipe& recipe;
  Model& model;
  Comm& comm;
  // Asked while a service is waited for: true ends the wait.
  std::function<bool()> stop{};
};

// What a step did. Equal on all ranks but for completions and timings.
struct StepOutcome {
  StepMetrics metrics{};
  Timings timings{};
  std::vector<CompletionRecord> completions{};  // this rank's
  // Of updates whose gradient was not finite: this rank's sequences. Filled in
  // before such a Step throws, too.
  std::vector<DumpedExample> refused{};
  std::string warning{};  // a line for people, or empty
};

class StageLoop {
 public:
  StageLoop() = default;
  StageLoop(const StageLoop&) = delete;
  StageLoop& operator=(const StageLoop&) = delete;
  virtual ~StageLoop() = default;

  [[nodiscard]] virtual std::int64_t steps() const = 0;

  // Does step `step`, from 1 to steps(), in order. What it does follows from
  // the recipe, the weights and the state alone. `outcome`'s metrics and
  // timings are named by the caller. Throws RunError, CommError,
  // RewardUnavailable and RewardStopped; the weights are then as before.
  virtual void Step(std::int64_t step, StepOutcome& outcome) = 0;

  // The stage is over before steps(). Asked after each step; follows from the
  // weights and the state alone.
  [[nodiscard]] virtual bool ended() const { return false; }

  // What a resumed stage needs beside the weights and the updater's state. The
  // tensors share storage: write to them to restore.
  [[nodiscard]] virtual NamedTensors state() const { return {}; }
  [[nodiscard]] virtual Updater& updater() = 0;

  // The header and the line of a step, for people.
  [[nodiscard]] virtual std::string Header(const std::string& title) const = 0;
  [[nodiscard]] virtual std::string Line(std::int64_t step,
                                         const StepOutcome& outcome,
                                         std::optional<double> eta_s) const = 0;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_STAGE_LOOP_H_
