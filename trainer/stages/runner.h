// Runner: the state of one ExecuteRun. Internal to stages/.

#ifndef TRAINER_STAGES_RUNNER_H_
#define TRAINER_STAGES_RUNNER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trainer/rollout/reward_source.h"
#include "trainer/stages/run.h"
#include "trainer/stages/run_files.h"
#include "trainer/stages/stage_loop.h"

namespace trainer {

class Runner {
 public:
  Runner(const Recipe& recipe, const RunOptions& options, Comm& comm);
  [[nodiscard]] RunResult Run();

 private:
  // Where to begin, with the weights in place.
  void Begin();
  void BeginFrom(const std::string& stage);
  void Restore(StageLoop& loop);
  // False: stopped.
  [[nodiscard]] bool RunStage(const Stage& stage);
  void RunStep(StageLoop& loop, const Stage& stage, StepPrinter& printer);
  void KeepRefused(const StepOutcome& outcome);
  void EndStage(const Stage& stage);
  void EvaluateStage(const Stage& stage, StageSummary& entry);
  void Save(StageLoop* loop);

  [[nodiscard]] std::unique_ptr<StageLoop> MakeLoop(const Stage& stage);
  [[nodiscard]] RewardSource& Verifier();
  [[nodiscard]] bool StopAsked();
  [[nodiscard]] std::int64_t StageIndex(const std::string& name) const;
  void Say(const std::string& line) const;
  void SayAll(std::vector<std::string> lines) const;

  const Recipe& recipe_;
  const RunOptions& options_;
  Comm& comm_;
  std::optional<RunFiles> files_;  // of rank 0
  Model model_;
  std::unique_ptr<RewardSource> verifier_;
  std::unique_ptr<RewardSource> constant_;
  Progress progress_;
  std::optional<LoadedCheckpoint> loaded_;  // until its stage has begun
  RunSummary summary_;
  StepPrinter* printer_ = nullptr;  // of the stage that runs
};

}  // namespace trainer

#endif  // TRAINER_STAGES_RUNNER_H_
