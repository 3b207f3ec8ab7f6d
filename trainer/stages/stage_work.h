// StageWork: what a stage of a run does with its model: training, sampling,
// evaluation. Which stages are done, and with what they begin, is Runner's.
// Internal to stages/.

#ifndef TRAINER_STAGES_STAGE_WORK_H_
#define TRAINER_STAGES_STAGE_WORK_H_

#include <memory>
#include <optional>
#include <vector>

#include "trainer/rollout/reward_source.h"
#include "trainer/stages/document.h"
#include "trainer/stages/run.h"
#include "trainer/stages/run_files.h"
#include "trainer/stages/run_voice.h"
#include "trainer/stages/stage_loop.h"
#include "trainer/stages/stage_record.h"
#include "trainer/stages/training.h"

namespace trainer {

class StageWork {
 public:
  // All outlive this; `files` is null on ranks other than 0.
  StageWork(const Recipe& recipe, const RunOptions& options, Comm& comm,
            RunVoice& voice, RunFiles* files);

  // The assayd of the recipe. The first call throws RunError where none
  // answers.
  [[nodiscard]] RewardSource& Verifier();

  // Trains `model` from `progress` on, with what a checkpoint `loaded`, and
  // notes in `record` what was left. False: stopped.
  [[nodiscard]] bool Train(const Stage& stage, Model& model, Progress& progress,
                           std::optional<LoadedCheckpoint> loaded,
                           StageRecord& record);

  // Samples of `model`, which stage `source` left, to documents and their card.
  void Collect(const Stage& stage, const Model& model,
               const std::string& source);

  // Held-out problems; into `entry`.
  void Evaluate(const Stage& stage, const Model& model, StageSummary& entry);

 private:
  [[nodiscard]] std::unique_ptr<StageLoop> MakeLoop(const Stage& stage,
                                                    Model& model);
  [[nodiscard]] std::vector<Document> DocumentsOf(const SftStage& sft);

  const Recipe& recipe_;
  const RunOptions& options_;
  Comm& comm_;
  RunVoice& voice_;
  RunFiles* const files_;
  std::unique_ptr<RewardSource> verifier_;
  std::unique_ptr<RewardSource> constant_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_STAGE_WORK_H_
