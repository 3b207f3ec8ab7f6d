// Runner: the state of one ExecuteRun: which stages are to be done, in which
// order, and what each begins with. What a stage does is StageWork's. Internal
// to stages/.

#ifndef TRAINER_STAGES_RUNNER_H_
#define TRAINER_STAGES_RUNNER_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "trainer/stages/run.h"
#include "trainer/stages/run_files.h"
#include "trainer/stages/run_voice.h"
#include "trainer/stages/stage_record.h"
#include "trainer/stages/stage_work.h"
#include "trainer/stages/training.h"

namespace trainer {

class Runner {
 public:
  Runner(const Recipe& recipe, const RunOptions& options, Comm& comm);
  [[nodiscard]] RunResult Run();

 private:
  // Of rank 0: the folder, what of it is done, where to go on.
  void BeginRun();
  // Why stage `index` is to be done, for people; none: it is done. Of rank 0.
  [[nodiscard]] std::optional<std::string> WhyToDo(std::size_t index);
  [[nodiscard]] StageInputs InputsOf(std::size_t index) const;

  // Stage `index` is not done any more, nor is what hangs on it.
  void Forget(std::size_t index, const std::string& why);

  // False: stopped.
  [[nodiscard]] bool DoStage(std::size_t index, const std::string& why);
  // Where the stage begins or goes on: progress_ on all ranks. Gives its model.
  [[nodiscard]] Model BeginStage(std::size_t index);
  [[nodiscard]] Model ModelOf(std::size_t index) const;
  // Of rank 0.
  [[nodiscard]] Model ReadStageModel(const std::string& stage,
                                     const ModelSettings& sizes) const;
  void EndStage(std::size_t index, StageRecord record);
  [[nodiscard]] RunSummary Summary() const;

  [[nodiscard]] bool StopAsked();
  [[nodiscard]] std::size_t StageIndex(const std::string& name) const;

  const Recipe& recipe_;
  const RunOptions& options_;
  Comm& comm_;
  RunVoice voice_;
  std::optional<RunFiles> files_;  // of rank 0
  std::optional<StageWork> work_;  // once the run has begun
  Progress progress_;
  std::optional<LoadedCheckpoint> loaded_;  // until its stage has begun
  std::vector<std::optional<StageRecord>> records_;  // by stage, of rank 0
  // Stages that were done and are not any more, and why.
  std::map<std::string, std::string> again_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_RUNNER_H_
