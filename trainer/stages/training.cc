#include "trainer/stages/training.h"

#include <torch/torch.h>

#include <utility>

#include "trainer/rollout/reward_source.h"
#include "trainer/stages/batch_dump.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/shared.h"
#include "trainer/stages/stopwatch.h"

namespace trainer {
namespace {

NamedTensors StateOf(StageLoop& loop) {
  NamedTensors state;
  for (auto& [name, tensor] : loop.updater().state()) {
    state.emplace_back("optimizer." + name, tensor);
  }
  for (auto& [name, tensor] : loop.state()) state.emplace_back(name, tensor);
  return state;
}

}  // namespace

// What the optimizer and the stage knew, where the stage goes on.
void Training::Restore(StageLoop& loop, const Progress& progress,
                       const std::optional<LoadedCheckpoint>& loaded) {
  if (progress.stage_step == 0) return;
  const NamedTensors state = StateOf(loop);
  if (loaded) {
    const CheckpointFile* file = loaded->Find("state.safetensors");
    auto read = file == nullptr
                    ? CheckpointResult<void>(CheckpointError(
                          loaded->path, "holds no state.safetensors"))
                    : ReadTensors(file->bytes,
                                  loaded->path + "/state.safetensors", state);
    if (read.has_error()) {
      throw RunError(ExitCode::kBadData, read.error().ToString());
    }
  }
  ShareTensors(state, comm_);
  loop.updater().Restore(progress.updates, progress.refused);
}

void Training::Save(StageLoop& loop, const Model& model, Progress& progress) {
  progress.updates = loop.updater().updates();
  progress.refused = loop.updater().refused();
  if (files_ == nullptr) return;
  std::vector<std::string> notices;
  files_->Save(progress, model, StateOf(loop), &notices);
  voice_.SayAll(notices);
}

void Training::KeepRefused(const StepOutcome& outcome) {
  if (outcome.refused.empty()) return;
  const std::string path = WriteBatchDump(
      options_.folder, outcome.metrics.step(), comm_.rank(), outcome.refused);
  voice_.Say("the batch whose gradient was not finite: " + path);
}

void Training::Step(StageLoop& loop, const Stage& stage, Progress& progress) {
  const Stopwatch watch;
  const std::int64_t step = progress.stage_step + 1;
  StepOutcome outcome;
  outcome.metrics = StepMetrics(stage.name, progress.step + 1);
  outcome.timings = Timings(stage.name, progress.step + 1);
  outcome.metrics.Set("stage_step", step);
  comm_.SetStep(progress.step + 1);
  try {
    loop.Step(step, outcome);
  } catch (const RunError&) {
    KeepRefused(outcome);
    throw;
  }
  KeepRefused(outcome);
  for (CompletionRecord& one : outcome.completions) {
    one.stage = stage.name;
    one.step = progress.step + 1;
  }
  if (files_ != nullptr) files_->Append(outcome);
  progress.stage_step = step;
  progress.step += 1;
  progress.stage_seconds += watch.Seconds();

  const double eta = progress.stage_seconds / static_cast<double>(step) *
                     static_cast<double>(loop.steps() - step);
  voice_.Update(loop.Line(step, outcome, eta), {step, loop.steps(), eta});
  if (!outcome.warning.empty()) {
    voice_.Say("WARN step " + std::to_string(progress.step) + ": " +
               outcome.warning);
  }
}

bool Training::Run(const Stage& stage, StageLoop& loop, Model& model,
                   Progress& progress, std::optional<LoadedCheckpoint> loaded) {
  Restore(loop, progress, loaded);
  loaded.reset();
  voice_.Begin(loop.Header(stage.name + ' ' + recipe_.name), stage.name);
  bool stopped = false;
  while (progress.stage_step < loop.steps() && !loop.ended() && !stopped) {
    try {
      Step(loop, stage, progress);
    } catch (const RewardStopped& gone) {
      voice_.Say(gone.what());
      stopped = true;  // the step was not done: the weights are as before
    }
    stopped = comm_.AnyRank(options_.stop && options_.stop()) || stopped;
    const bool last = progress.stage_step == loop.steps() || loop.ended();
    if (stopped || last ||
        progress.stage_step % recipe_.checkpoint.every == 0) {
      Save(loop, model, progress);
    }
  }
  voice_.End();
  return !stopped;
}

}  // namespace trainer
