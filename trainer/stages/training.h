// Training: the steps of one stage, from where it stopped to its end: logged,
// saved, ended by a signal.

#ifndef TRAINER_STAGES_TRAINING_H_
#define TRAINER_STAGES_TRAINING_H_

#include <functional>
#include <optional>

#include "trainer/checkpoint/store.h"
#include "trainer/stages/run_files.h"
#include "trainer/stages/run_voice.h"
#include "trainer/stages/stage_loop.h"

namespace trainer {

class Training {
 public:
  // All of it must outlive this. `files`: of rank 0, else nullptr.
  Training(const Recipe& recipe, const RunOptions& options, Comm& comm,
           RunFiles* files, RunVoice& voice)
      : recipe_(recipe),
        options_(options),
        comm_(comm),
        files_(files),
        voice_(voice) {}

  // Does what is left of `stage` after progress.stage_step steps. `loaded`: the
  // checkpoint to go on from, of rank 0. False: stopped, and saved.
  [[nodiscard]] bool Run(const Stage& stage, StageLoop& loop, Model& model,
                         Progress& progress,
                         std::optional<LoadedCheckpoint> loaded);

 private:
  void Restore(StageLoop& loop, const Progress& progress,
               const std::optional<LoadedCheckpoint>& loaded);
  void Step(StageLoop& loop, const Stage& stage, Progress& progress);
  void KeepRefused(const StepOutcome& outcome);
  void Save(StageLoop& loop, const Model& model, Progress& progress);

  const Recipe& recipe_;
  const RunOptions& options_;
  Comm& comm_;
  RunFiles* files_;
  RunVoice& voice_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_TRAINING_H_
