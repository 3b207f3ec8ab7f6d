#include "trainer/stages/runner.h"

#include <torch/torch.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "trainer/recipes/recipe_writer.h"
#include "trainer/report/cell.h"
#include "trainer/rollout/constant_rewards.h"
#include "trainer/rollout/verifier_rewards.h"
#include "trainer/stages/batch_dump.h"
#include "trainer/stages/evaluation.h"
#include "trainer/stages/grpo_stage.h"
#include "trainer/stages/lm_stage.h"
#include "trainer/stages/new_model.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/stopwatch.h"

namespace trainer {
namespace {

VerifierRewardsOptions OptionsOf(const VerifierSettings& settings) {
  VerifierRewardsOptions options;
  options.server = settings.server;
  options.batch_items = static_cast<std::size_t>(settings.batch_items);
  options.linger = settings.linger;
  options.rescores = static_cast<int>(settings.rescores);
  options.wait_limit = settings.wait_limit;
  return options;
}

bool NeedsVerifier(const Stage& stage) {
  const auto* grpo = std::get_if<GrpoStage>(&stage.options);
  return stage.evaluate || (grpo != nullptr && grpo->reward == "verifier");
}

bool IsEval(const Stage& stage) {
  return std::holds_alternative<EvalStage>(stage.options);
}

// Rank 0's bits on every rank.
void Share(const NamedTensors& tensors, Comm& comm) {
  const torch::NoGradGuard no_grad;
  for (auto [name, tensor] : tensors) comm.Broadcast(tensor, 0);
}

NamedTensors StateOf(StageLoop& loop) {
  NamedTensors state;
  for (auto& [name, tensor] : loop.updater().state()) {
    state.emplace_back("optimizer." + name, tensor);
  }
  for (auto& [name, tensor] : loop.state()) state.emplace_back(name, tensor);
  return state;
}

}  // namespace

Runner::Runner(const Recipe& recipe, const RunOptions& options, Comm& comm)
    : recipe_(recipe),
      options_(options),
      comm_(comm),
      model_(NewModel(recipe, comm.device())),
      constant_(std::make_unique<ConstantRewards>(1.0)) {
  summary_.name = recipe.name;
  summary_.seed = recipe.seed;
}

void Runner::Say(const std::string& line) const {
  if (comm_.rank() != 0 || !options_.write) return;
  options_.write(printer_ != nullptr ? printer_->Note(line) : line + '\n');
}

void Runner::SayAll(std::vector<std::string> lines) const {
  for (const std::string& line : lines) Say(line);
}

bool Runner::StopAsked() {
  return comm_.AnyRank(options_.stop && options_.stop());
}

std::int64_t Runner::StageIndex(const std::string& name) const {
  for (std::size_t i = 0; i < recipe_.stages.size(); ++i) {
    if (recipe_.stages[i].name == name) return static_cast<std::int64_t>(i);
  }
  throw RunError(ExitCode::kUsage, "there is no stage " + name);
}

RewardSource& Runner::Verifier() {
  if (verifier_) return *verifier_;
  auto made = VerifierRewards::Make(
      OptionsOf(recipe_.verifier),
      [this](std::string_view line) { Say(std::string(line)); });
  if (made.has_error()) {
    throw RunError(ExitCode::kUsage, "verifier.server: " + made.error().detail);
  }
  std::unique_ptr<VerifierRewards> rewards = *std::move(made);
  if (const auto why = rewards->CheckReady()) {
    throw RunError(ExitCode::kUnreachable,
                   "no assayd at " + recipe_.verifier.server + " (" +
                       why->detail +
                       "): start one, or name it with --server URL");
  }
  verifier_ = std::move(rewards);
  return *verifier_;
}

void Runner::Begin() {
  std::vector<std::string> notices;
  if (comm_.rank() == 0) {
    files_.emplace(options_.folder, recipe_.checkpoint, &notices);
    files_->KeepRecipe(recipe_);
    files_->WriteManifest(recipe_, comm_.device().str(), comm_.world_size(),
                          model_.decoder.flat().size(0));
    if (auto summary = files_->ReadSummary()) summary_ = *std::move(summary);
    LoadedCheckpoint loaded;
    if (const auto progress = files_->Load(loaded, &notices)) {
      progress_ = *progress;
      const CheckpointFile* weights = loaded.Find("model.safetensors");
      if (weights == nullptr) {
        throw RunError(ExitCode::kBadData,
                       loaded.path + ": holds no model.safetensors");
      }
      auto read =
          ReadTensors(weights->bytes, loaded.path + "/model.safetensors",
                      model_.decoder.named());
      if (read.has_error()) {
        throw RunError(ExitCode::kBadData, read.error().ToString());
      }
      loaded_ = std::move(loaded);
    }
    if (options_.from) BeginFrom(*options_.from);
    files_->TruncateAfter(progress_.step);
    if (progress_.step > 0) {
      Say("going on after step " + std::to_string(progress_.step));
    }
  }
  SayAll(std::move(notices));
  for (std::int64_t* number :
       {&progress_.stage, &progress_.stage_step, &progress_.step,
        &progress_.updates, &progress_.refused}) {
    *number = comm_.AllReduceMax(comm_.rank() == 0 ? *number : 0);
  }
  Share({{"weights", model_.decoder.flat().detach()}}, comm_);
}

// The model that the stage before left, and nothing after it.
void Runner::BeginFrom(const std::string& stage) {
  const std::int64_t index = StageIndex(stage);
  loaded_.reset();
  progress_ = {};
  progress_.stage = index;
  auto& done = summary_.stages;
  done.resize(std::min(done.size(), static_cast<std::size_t>(index)));
  if (index == 0) {
    model_.decoder.Init(SeedOf(recipe_.seed, "weights"));
    return;
  }
  const std::string& before =
      recipe_.stages[static_cast<std::size_t>(index - 1)].name;
  auto model = ReadModel(files_->StageModelPath(before), comm_.device(),
                         model_.decoder.type());
  if (model.has_error()) {
    throw RunError(ExitCode::kUsage,
                   "--from " + stage + ": stage " + before +
                       " is not done: " + model.error().ToString());
  }
  const torch::NoGradGuard no_grad;
  model_.decoder.flat().copy_(model->decoder.flat());
  for (std::int64_t i = index - 1; i >= 0; --i) {
    const Stage& done_stage = recipe_.stages[static_cast<std::size_t>(i)];
    if (IsEval(done_stage)) continue;  // has no steps
    progress_.step = files_->LastStepOf(done_stage.name);
    return;
  }
}

std::unique_ptr<StageLoop> Runner::MakeLoop(const Stage& stage) {
  const StageContext context{recipe_, model_, comm_, options_.stop};
  if (const auto* pretrain = std::get_if<PretrainStage>(&stage.options)) {
    return std::make_unique<LmStage>(
        context, pretrain->optimizer,
        PretrainData(recipe_, stage.name, *pretrain, model_.tokenizer));
  }
  if (const auto* sft = std::get_if<SftStage>(&stage.options)) {
    return std::make_unique<LmStage>(
        context, sft->optimizer,
        SftData(recipe_, stage.name, *sft, model_.tokenizer));
  }
  const auto& grpo = std::get<GrpoStage>(stage.options);
  return std::make_unique<GrpoLoop>(
      context, stage.name, grpo,
      grpo.reward == "constant" ? *constant_ : Verifier());
}

// What the optimizer and the stage knew, where the stage goes on.
void Runner::Restore(StageLoop& loop) {
  const NamedTensors state = StateOf(loop);
  if (progress_.stage_step == 0) return;
  if (loaded_) {
    const CheckpointFile* file = loaded_->Find("state.safetensors");
    auto read = file == nullptr
                    ? CheckpointResult<void>(CheckpointError(
                          loaded_->path, "holds no state.safetensors"))
                    : ReadTensors(file->bytes,
                                  loaded_->path + "/state.safetensors", state);
    if (read.has_error()) {
      throw RunError(ExitCode::kBadData, read.error().ToString());
    }
  }
  loaded_.reset();
  Share(state, comm_);
  loop.updater().Restore(progress_.updates, progress_.refused);
}

void Runner::Save(StageLoop* loop) {
  if (loop != nullptr) {
    progress_.updates = loop->updater().updates();
    progress_.refused = loop->updater().refused();
  }
  if (!files_) return;
  std::vector<std::string> notices;
  files_->Save(progress_, model_, loop ? StateOf(*loop) : NamedTensors{},
               &notices);
  SayAll(std::move(notices));
}

void Runner::KeepRefused(const StepOutcome& outcome) {
  if (outcome.refused.empty()) return;
  const std::string path = WriteBatchDump(
      options_.folder, outcome.metrics.step(), comm_.rank(), outcome.refused);
  Say("the batch whose gradient was not finite: " + path);
}

void Runner::RunStep(StageLoop& loop, const Stage& stage,
                     StepPrinter& printer) {
  const Stopwatch watch;
  const std::int64_t step = progress_.stage_step + 1;
  StepOutcome outcome;
  outcome.metrics = StepMetrics(stage.name, progress_.step + 1);
  outcome.timings = Timings(stage.name, progress_.step + 1);
  outcome.metrics.Set("stage_step", step);
  comm_.SetStep(progress_.step + 1);
  try {
    loop.Step(step, outcome);
  } catch (const RunError&) {
    KeepRefused(outcome);
    throw;
  }
  KeepRefused(outcome);
  for (CompletionRecord& one : outcome.completions) {
    one.stage = stage.name;
    one.step = progress_.step + 1;
  }
  if (files_) files_->Append(outcome);
  progress_.stage_step = step;
  progress_.step += 1;
  progress_.stage_seconds += watch.Seconds();

  const double eta = progress_.stage_seconds / static_cast<double>(step) *
                     static_cast<double>(loop.steps() - step);
  if (comm_.rank() == 0 && options_.write) {
    options_.write(printer.Update(loop.Line(step, outcome, eta),
                                  {step, loop.steps(), eta},
                                  std::chrono::steady_clock::now()));
  }
  if (!outcome.warning.empty()) {
    Say("WARN step " + std::to_string(progress_.step) + ": " + outcome.warning);
  }
}

bool Runner::RunStage(const Stage& stage) {
  const std::unique_ptr<StageLoop> loop = MakeLoop(stage);
  Restore(*loop);
  const std::string title = stage.name + ' ' + recipe_.name;
  StepPrinter printer(options_.output, loop->Header(title), stage.name);
  printer_ = &printer;
  bool stopped = false;
  while (progress_.stage_step < loop->steps() && !stopped) {
    try {
      RunStep(*loop, stage, printer);
    } catch (const RewardStopped& gone) {
      Say(gone.what());
      stopped = true;  // the step was not done: the weights are as before
    }
    stopped = StopAsked() || stopped;
    const bool last = progress_.stage_step == loop->steps();
    if (stopped || last ||
        progress_.stage_step % recipe_.checkpoint.every == 0) {
      Save(loop.get());
    }
  }
  if (comm_.rank() == 0 && options_.write) options_.write(printer.Clear());
  printer_ = nullptr;
  return !stopped;
}

void Runner::EvaluateStage(const Stage& stage, StageSummary& entry) {
  RewardSource& verifier = Verifier();
  StepPrinter printer(options_.output, "", "eval " + stage.name);
  const auto* eval = std::get_if<EvalStage>(&stage.options);
  EvaluationReport report = Evaluate(
      model_, stage.name, eval != nullptr ? eval->settings : recipe_.eval,
      recipe_.data, verifier, comm_, options_.stop,
      [&](std::int64_t done, std::int64_t items) {
        if (comm_.rank() != 0 || !options_.write) return;
        if (!options_.output.terminal) return;
        options_.write(printer.Update("", {done, items, std::nullopt},
                                      std::chrono::steady_clock::now()));
      });
  if (comm_.rank() == 0 && options_.write) options_.write(printer.Clear());
  entry.pass_at_1 = report.summary.pass_at_1;
  entry.pass_at_1_ci = report.summary.pass_at_1_ci;
  entry.cons_at_k = report.summary.cons_at_k;
  entry.format_rate = report.summary.format_rate;
  entry.language_rate = report.summary.language_rate;
  entry.mean_tokens = report.summary.mean_tokens;
  if (eval != nullptr) entry.wall_s = report.summary.wall_s;
  if (files_) {
    files_->WriteCompletions("eval_" + stage.name + ".jsonl",
                             report.completions);
  }
  Say("eval " + stage.name + ": pass@1 " + NumberCell(entry.pass_at_1, 5, 3) +
      " +- " + NumberCell(entry.pass_at_1_ci, 5, 3) + " over " +
      std::to_string(report.items) + " held-out problems x " +
      std::to_string(report.samples) +
      (report.dropped > 0
           ? "; " + std::to_string(report.dropped) + " not judged"
           : ""));
}

void Runner::EndStage(const Stage& stage) {
  StageSummary entry;
  entry.stage = stage.name;
  if (files_) entry.model = files_->WriteStageModel(stage.name, model_);
  entry.wall_s = progress_.stage_seconds;
  if (stage.evaluate) EvaluateStage(stage, entry);
  auto& done = summary_.stages;
  done.resize(std::min(done.size(), static_cast<std::size_t>(progress_.stage)));
  done.push_back(entry);
  if (files_) files_->WriteSummary(summary_);
  Say(stage.name + " done in " + ClockText(entry.wall_s.value_or(0.0)) + ": " +
      (files_ ? files_->StageModelPath(stage.name) : ""));
  progress_.stage += 1;
  progress_.stage_step = 0;
  progress_.updates = 0;
  progress_.refused = 0;
  progress_.stage_seconds = 0.0;
  Save(nullptr);
}

RunResult Runner::Run() {
  if (const auto differ = comm_.CheckSame("recipe", ToToml(recipe_))) {
    throw RunError(ExitCode::kUsage, differ->detail);
  }
  Begin();
  const std::int64_t last =
      options_.until ? StageIndex(*options_.until)
                     : static_cast<std::int64_t>(recipe_.stages.size()) - 1;
  // A service that is not there is better known before than after a stage.
  for (std::int64_t i = progress_.stage; i <= last; ++i) {
    if (NeedsVerifier(recipe_.stages[static_cast<std::size_t>(i)])) {
      (void)Verifier();
      break;
    }
  }
  while (progress_.stage <= last) {
    const Stage& stage =
        recipe_.stages[static_cast<std::size_t>(progress_.stage)];
    if (!IsEval(stage) && !RunStage(stage)) return {summary_, true};
    try {
      EndStage(stage);
    } catch (const RewardStopped& gone) {
      Say(gone.what());
      return {summary_, true};
    }
    if (StopAsked() && progress_.stage <= last) return {summary_, true};
  }
  comm_.Barrier();
  return {summary_, false};
}

}  // namespace trainer
