#include "trainer/stages/runner.h"

#include <torch/torch.h>

#include <algorithm>
#include <utility>

#include "trainer/recipes/recipe_writer.h"
#include "trainer/report/cell.h"
#include "trainer/stages/new_model.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/shared.h"
#include "trainer/stages/stopwatch.h"

namespace trainer {
namespace {

bool NeedsVerifier(const Stage& stage) {
  const auto* grpo = std::get_if<GrpoStage>(&stage.options);
  return stage.evaluate || std::holds_alternative<SampleStage>(stage.options) ||
         (grpo != nullptr && grpo->reward == "verifier");
}

bool IsRewardModel(const Stage& stage) {
  return std::holds_alternative<RewardModelStage>(stage.options);
}

// What of the model a stage leaves under its name.
bool WritesModel(const Stage& stage) {
  return LeavesModel(stage) || IsRewardModel(stage);
}

}  // namespace

Runner::Runner(const Recipe& recipe, const RunOptions& options, Comm& comm)
    : recipe_(recipe),
      options_(options),
      comm_(comm),
      voice_(options, comm.rank()),
      records_(recipe.stages.size()) {}

bool Runner::StopAsked() {
  return comm_.AnyRank(options_.stop && options_.stop());
}

std::size_t Runner::StageIndex(const std::string& name) const {
  for (std::size_t i = 0; i < recipe_.stages.size(); ++i) {
    if (recipe_.stages[i].name == name) return i;
  }
  throw RunError(ExitCode::kUsage, "there is no stage " + name);
}

void Runner::BeginRun() {
  std::vector<std::string> notices;
  files_.emplace(options_.folder, recipe_.checkpoint, &notices);
  files_->KeepRecipe(recipe_);
  const std::int64_t parameters =
      NewModel(recipe_.model, recipe_.seed, at::kCPU).decoder.flat().size(0);
  files_->WriteManifest(recipe_, comm_.device().str(), comm_.world_size(),
                        parameters);
  for (std::size_t i = 0; i < records_.size(); ++i) {
    records_[i] = files_->ReadRecord(recipe_.stages[i].name);
  }
  LoadedCheckpoint loaded;
  if (const auto progress = files_->Load(loaded, &notices)) {
    progress_ = *progress;
    loaded_ = std::move(loaded);
  }
  if (options_.from) {
    for (std::size_t i = StageIndex(*options_.from); i < records_.size(); ++i) {
      if (progress_.stage == recipe_.stages[i].name) loaded_.reset();
      Forget(i, "--from asks for it");
    }
  }
  voice_.SayAll(notices);
}

void Runner::Forget(std::size_t index, const std::string& why) {
  const std::string& name = recipe_.stages[index].name;
  files_->Forget(name);
  if (records_[index]) again_.emplace(name, why);
  records_[index].reset();
  for (std::size_t i = index + 1; i < records_.size(); ++i) {
    const auto* sft = std::get_if<SftStage>(&recipe_.stages[i].options);
    const bool learns =
        sft != nullptr &&
        std::find(sft->data.begin(), sft->data.end(), name) != sft->data.end();
    if (records_[i] && (learns || FromOf(recipe_, i) == index)) {
      Forget(i, name + " is done again");
    }
  }
}

StageInputs Runner::InputsOf(std::size_t index) const {
  StageInputs inputs;
  inputs.recipe = StageText(recipe_, index);
  if (const auto from = FromOf(recipe_, index)) {
    const std::string& name = recipe_.stages[*from].name;
    if (!records_[*from]) {
      throw RunError(ExitCode::kUsage, "stage " + name + " is not done, and " +
                                           recipe_.stages[index].name +
                                           " begins with its model");
    }
    inputs.digests[name + "/model"] = records_[*from]->model;
  }
  if (const auto* sft = std::get_if<SftStage>(&recipe_.stages[index].options)) {
    for (const std::string& name : sft->data) {
      inputs.digests[name + "/documents"] =
          files_->FileDigest(RunFiles::DataFile(name));
    }
  }
  return inputs;
}

std::optional<std::string> Runner::WhyToDo(std::size_t index) {
  const Stage& stage = recipe_.stages[index];
  if (const auto again = again_.find(stage.name); again != again_.end()) {
    return again->second;
  }
  if (!records_[index]) return "it is not done";
  if (auto why = Stale(*records_[index], InputsOf(index))) return why;
  if (WritesModel(stage) &&
      files_->FileDigest(RunFiles::ModelFile(stage.name)).empty()) {
    return "its model is gone";
  }
  if (std::holds_alternative<SampleStage>(stage.options) &&
      files_->FileDigest(RunFiles::DataFile(stage.name)).empty()) {
    return "its documents are gone";
  }
  return std::nullopt;
}

Model Runner::ReadStageModel(const std::string& stage,
                             const ModelSettings& sizes) const {
  auto read = ReadModel(files_->StageModelPath(stage), comm_.device(),
                        TypeFromName(sizes.dtype));
  if (read.has_error()) {
    throw RunError(ExitCode::kBadData, read.error().ToString());
  }
  return *std::move(read);
}

// What rank 0 read, on every rank.
Model Runner::ModelOf(std::size_t index) const {
  const auto from = FromOf(recipe_, index);
  const ModelSettings& sizes = SizesOf(recipe_, index);
  const std::uint64_t seed = &sizes == &recipe_.student
                                 ? SeedOf(recipe_.seed, "student")
                                 : recipe_.seed;
  Model model = from && files_
                    ? ReadStageModel(recipe_.stages[*from].name, sizes)
                    : NewModel(sizes, seed, comm_.device());
  ShareTensors({{"weights", model.decoder.flat().detach()}}, comm_);
  return model;
}

Model Runner::BeginStage(std::size_t index) {
  const Stage& stage = recipe_.stages[index];
  Model model = ModelOf(index);
  if (IsRewardModel(stage)) model = ScoringModel(model);
  if (files_) {
    const std::string inputs = DigestOf(InputsOf(index));
    const bool resumes =
        loaded_ && progress_.stage == stage.name && progress_.inputs == inputs;
    if (resumes) {
      const CheckpointFile* weights = loaded_->Find("model.safetensors");
      auto read = weights == nullptr
                      ? CheckpointResult<void>(CheckpointError(
                            loaded_->path, "holds no model.safetensors"))
                      : ReadTensors(weights->bytes,
                                    loaded_->path + "/model.safetensors",
                                    model.decoder.named());
      if (read.has_error()) {
        throw RunError(ExitCode::kBadData, read.error().ToString());
      }
      voice_.Say("going on after step " + std::to_string(progress_.step));
    } else {
      loaded_.reset();
      Forget(index, "");
      progress_ = {};
      progress_.stage = stage.name;
      progress_.inputs = inputs;
      progress_.step = files_->LastStep();
    }
    files_->TruncateAfter(progress_.step);
  }
  for (std::int64_t* number : {&progress_.stage_step, &progress_.step,
                               &progress_.updates, &progress_.refused}) {
    *number = comm_.AllReduceMax(comm_.rank() == 0 ? *number : 0);
  }
  ShareTensors({{"weights", model.decoder.flat().detach()}}, comm_);
  return model;
}

void Runner::EndStage(std::size_t index, StageRecord record) {
  voice_.Say(record.summary.stage + " done in " +
             ClockText(record.summary.wall_s.value_or(0.0)));
  if (!files_) return;
  files_->WriteRecord(record);
  records_[index] = std::move(record);
  again_.erase(recipe_.stages[index].name);
}

bool Runner::DoStage(std::size_t index, const std::string& why) {
  const Stage& stage = recipe_.stages[index];
  if (records_[index] || again_.contains(stage.name)) {
    voice_.Say(stage.name + " is done again: " + why);
  }
  const Stopwatch watch;
  StageRecord record;
  record.summary.stage = stage.name;
  try {
    Model model = BeginStage(index);
    if (files_) record.inputs = InputsOf(index);
    if (WritesModel(stage)) {
      if (!work_->Train(stage, model, progress_,
                        std::exchange(loaded_, std::nullopt), record)) {
        return false;
      }
    } else {
      const auto from = FromOf(recipe_, index);
      const std::string source = from ? recipe_.stages[*from].name : "";
      record.summary.model = from ? "checkpoints/" + source : "";
      if (std::holds_alternative<SampleStage>(stage.options)) {
        work_->Collect(stage, model, source);
      }
      record.summary.wall_s = watch.Seconds();
    }
    if (stage.evaluate) work_->Evaluate(stage, model, record.summary);
  } catch (const RewardStopped& gone) {
    voice_.End();
    voice_.Say(gone.what());
    return false;
  }
  EndStage(index, std::move(record));
  return true;
}

// Of the stages that are done, in the order of the recipe.
RunSummary Runner::Summary() const {
  RunSummary summary;
  summary.name = recipe_.name;
  summary.seed = recipe_.seed;
  for (const std::optional<StageRecord>& record : records_) {
    if (!record) continue;
    summary.stages.push_back(record->summary);
    if (record->reward_model) {
      summary.reward_models.push_back(*record->reward_model);
    }
  }
  return summary;
}

RunResult Runner::Run() {
  if (const auto differ = comm_.CheckSame("recipe", ToToml(recipe_))) {
    throw RunError(ExitCode::kUsage, differ->detail);
  }
  // On every rank, before anything is touched: a name that is none ends them
  // all.
  const std::size_t last =
      options_.until ? StageIndex(*options_.until) : recipe_.stages.size() - 1;
  if (options_.from) (void)StageIndex(*options_.from);
  if (comm_.rank() == 0) BeginRun();
  work_.emplace(recipe_, options_, comm_, voice_, files_ ? &*files_ : nullptr);
  RunResult result;
  for (std::size_t i = 0; i <= last && !result.stopped; ++i) {
    const std::optional<std::string> why =
        files_ ? WhyToDo(i) : std::optional<std::string>("");
    if (!comm_.AnyRank(comm_.rank() == 0 && why)) {
      voice_.Say(recipe_.stages[i].name +
                 " is done: nothing it was made of "
                 "has changed");
      continue;
    }
    // A service that is not there is better known before than after a stage.
    if (std::any_of(
            recipe_.stages.begin() + static_cast<std::ptrdiff_t>(i),
            recipe_.stages.begin() + static_cast<std::ptrdiff_t>(last) + 1,
            NeedsVerifier)) {
      (void)work_->Verifier();
    }
    result.stopped = !DoStage(i, why.value_or(""));
    if (files_) files_->WriteSummary(Summary());
    if (i < last && StopAsked()) result.stopped = true;
  }
  comm_.Barrier();
  result.summary = Summary();
  return result;
}

}  // namespace trainer
