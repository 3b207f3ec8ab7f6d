// RunFiles: the folder of a run, as its rank 0 writes it.
//
//   recipe.resolved.toml  manifest.json  summary.json
//   stages/STAGE.json     that a stage is done, and of what it was made
//   data/                 STAGE.jsonl and STAGE.card.json of sample stages
//   metrics.jsonl         a line a step; deterministic
//   timings.jsonl         what clocks measured
//   completions/          step_NNNNNN.jsonl, eval_STAGE.jsonl
//   dumps/                step_NNNNNN_rankR.jsonl, where a gradient was not
//   finite checkpoints/          step_NNNNNN/ to go on from, STAGE/ finished
//   models
//
// Not thread-safe. Blocks on the disk. Every method throws RunError: kResources
// where the disk fails, kBadData where what is there cannot be used, kUsage
// where another process holds the folder.

#ifndef TRAINER_STAGES_RUN_FILES_H_
#define TRAINER_STAGES_RUN_FILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trainer/checkpoint/jsonl_log.h"
#include "trainer/checkpoint/run_directory.h"
#include "trainer/checkpoint/store.h"
#include "trainer/recipes/recipe.h"
#include "trainer/report/summary.h"
#include "trainer/stages/stage_loop.h"
#include "trainer/stages/stage_record.h"

namespace trainer {

// How far a run is.
struct Progress {
  std::string stage{};          // its name
  std::string inputs{};         // of the stage: DigestOf
  std::int64_t stage_step = 0;  // steps of it that are done
  std::int64_t step = 0;        // of the run, all stages
  std::int64_t updates = 0;     // of the stage's optimizer
  std::int64_t refused = 0;     // gradients in a row
  double stage_seconds = 0.0;
};

class RunFiles {
 public:
  // Opens or makes `folder`, holds it, and repairs what a crash left. Texts for
  // people go to `notices`.
  RunFiles(const std::string& folder, const CheckpointSettings& settings,
           std::vector<std::string>* notices);

  [[nodiscard]] const std::string& path() const { return directory_.path(); }

  // Writes recipe.resolved.toml.
  void KeepRecipe(const Recipe& recipe);
  void WriteManifest(const Recipe& recipe, const std::string& device,
                     int world_size, std::int64_t parameters);

  // The newest whole checkpoint. `loaded` gives its files.
  [[nodiscard]] std::optional<Progress> Load(LoadedCheckpoint& loaded,
                                             std::vector<std::string>* notices);
  // The last step in metrics.jsonl, of any stage.
  [[nodiscard]] std::int64_t LastStep() const;
  // Removes log lines and checkpoints after step `step`.
  void TruncateAfter(std::int64_t step);

  // Where the stage is not done: none.
  [[nodiscard]] std::optional<StageRecord> ReadRecord(
      const std::string& stage) const;
  void WriteRecord(const StageRecord& record);
  // The stage is not done any more: its record, its lines in the logs and its
  // completions are gone.
  void Forget(const std::string& stage);

  void Append(const StepOutcome& outcome);
  void Save(const Progress& progress, const Model& model,
            const NamedTensors& state, std::vector<std::string>* notices);
  // checkpoints/`stage`, from the run's folder.
  std::string WriteStageModel(const std::string& stage, const Model& model);
  [[nodiscard]] std::string StageModelPath(const std::string& stage) const;
  void WriteCompletions(const std::string& name,
                        const std::vector<CompletionRecord>& completions);
  void WriteSummary(const RunSummary& summary);

  // Names of files, from the run's folder.
  [[nodiscard]] static std::string ModelFile(const std::string& stage) {
    return "checkpoints/" + stage + "/model.safetensors";
  }
  [[nodiscard]] static std::string DataFile(const std::string& stage) {
    return "data/" + stage + ".jsonl";
  }
  [[nodiscard]] static std::string CardFile(const std::string& stage) {
    return "data/" + stage + ".card.json";
  }
  void Write(const std::string& name, const std::string& text);
  [[nodiscard]] std::string Read(const std::string& name) const;
  // SHA-256 of a file of the run; empty where there is none.
  [[nodiscard]] std::string FileDigest(const std::string& name) const;

 private:
  RunDirectory directory_;
  JsonlLog metrics_;
  JsonlLog timings_;
  CheckpointStore store_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_RUN_FILES_H_
