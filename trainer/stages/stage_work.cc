#include "trainer/stages/stage_work.h"

#include <algorithm>
#include <utility>

#include "trainer/report/cell.h"
#include "trainer/rollout/constant_rewards.h"
#include "trainer/rollout/verifier_rewards.h"
#include "trainer/stages/evaluation.h"
#include "trainer/stages/grpo_stage.h"
#include "trainer/stages/lm_stage.h"
#include "trainer/stages/reward_model_stage.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/sampling.h"
#include "trainer/stages/shared.h"

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

// [eval], or what the stage says of it.
EvalSettings EvalOf(const Recipe& recipe, const Stage& stage) {
  if (const auto* eval = std::get_if<EvalStage>(&stage.options)) {
    return eval->settings;
  }
  EvalSettings settings = recipe.eval;
  if (stage.eval_prompt.empty()) return settings;
  settings.prompt = stage.eval_prompt;
  settings.template_name = stage.eval_prompt == "chat" ? "r1" : "r1-zero";
  return settings;
}

}  // namespace

StageWork::StageWork(const Recipe& recipe, const RunOptions& options,
                     Comm& comm, RunVoice& voice, RunFiles* files)
    : recipe_(recipe),
      options_(options),
      comm_(comm),
      voice_(voice),
      files_(files),
      constant_(std::make_unique<ConstantRewards>(1.0)) {}

RewardSource& StageWork::Verifier() {
  if (verifier_) return *verifier_;
  auto made = VerifierRewards::Make(
      OptionsOf(recipe_.verifier),
      [this](std::string_view line) { voice_.Say(std::string(line)); });
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

std::vector<Document> StageWork::DocumentsOf(const SftStage& sft) {
  std::vector<Document> all;
  for (const std::string& name : sft.data) {
    const std::string path = RunFiles::DataFile(name);
    const std::string text =
        ShareText(files_ ? files_->Read(path) : std::string(), comm_);
    auto documents = ParseDocuments(text, options_.folder + '/' + path);
    if (documents.has_error()) {
      throw RunError(ExitCode::kBadData, documents.error().ToString());
    }
    for (Document& one : *documents) {
      if (one.keep) all.push_back(std::move(one));
    }
  }
  if (all.empty() && !sft.data.empty()) {
    throw RunError(ExitCode::kBadData,
                   "there is no document to learn from in " + options_.folder +
                       '/' + RunFiles::DataFile(sft.data.front()));
  }
  return all;
}

std::unique_ptr<StageLoop> StageWork::MakeLoop(const Stage& stage,
                                               Model& model) {
  const StageContext context{recipe_, model, comm_, options_.stop};
  if (const auto* pretrain = std::get_if<PretrainStage>(&stage.options)) {
    return std::make_unique<LmStage>(
        context, pretrain->optimizer,
        PretrainData(recipe_, stage.name, *pretrain, model.tokenizer));
  }
  if (const auto* sft = std::get_if<SftStage>(&stage.options)) {
    return std::make_unique<LmStage>(
        context, sft->optimizer,
        SftData(recipe_, stage.name, *sft, DocumentsOf(*sft), model.tokenizer));
  }
  if (const auto* reward = std::get_if<RewardModelStage>(&stage.options)) {
    return std::make_unique<RewardModelLoop>(context, stage.name, *reward);
  }
  const auto& grpo = std::get<GrpoStage>(stage.options);
  return std::make_unique<GrpoLoop>(
      context, stage.name, grpo,
      grpo.reward == "constant" ? *constant_ : Verifier());
}

bool StageWork::Train(const Stage& stage, Model& model, Progress& progress,
                      std::optional<LoadedCheckpoint> loaded,
                      StageRecord& record) {
  const std::unique_ptr<StageLoop> loop = MakeLoop(stage, model);
  Training training(recipe_, options_, comm_, files_, voice_);
  if (!training.Run(stage, *loop, model, progress, std::move(loaded))) {
    return false;
  }
  record.summary.wall_s = progress.stage_seconds;
  if (files_) {
    record.summary.model = files_->WriteStageModel(stage.name, model);
    record.model = files_->FileDigest(RunFiles::ModelFile(stage.name));
  }
  if (const auto* reward = std::get_if<RewardModelStage>(&stage.options)) {
    record.reward_model = RewardModelSummary{
        stage.name, HeldOutAccuracy(model, recipe_, *reward)};
    voice_.Say("reward model " + stage.name + ": " +
               NumberCell(record.reward_model->pair_accuracy, 5, 3) +
               " of held-out examples right");
  }
  return true;
}

void StageWork::Collect(const Stage& stage, const Model& model,
                        const std::string& source) {
  voice_.Begin("", "sample " + stage.name);
  Collection collection =
      CollectDocuments(model, recipe_, stage.name,
                       std::get<SampleStage>(stage.options), Verifier(), comm_,
                       options_.stop, [&](std::int64_t done, std::int64_t of) {
                         voice_.Update("", {done, of, std::nullopt});
                       });
  voice_.End();
  if (!files_) return;
  collection.card.source = source;
  files_->WriteCompletions("sample_" + stage.name + ".jsonl",
                           collection.completions);
  files_->Write(RunFiles::CardFile(stage.name), ToJson(collection.card));
  files_->Write(RunFiles::DataFile(stage.name),
                ToJsonLines(collection.documents));
  voice_.Say(stage.name + ": " + std::to_string(collection.card.sampled) +
             " completions, " + std::to_string(collection.card.documents) +
             " documents: " + options_.folder + '/' +
             RunFiles::DataFile(stage.name) +
             " may be edited before it is learnt from");
}

void StageWork::Evaluate(const Stage& stage, const Model& model,
                         StageSummary& entry) {
  voice_.Begin("", "eval " + stage.name);
  const EvalSettings settings = EvalOf(recipe_, stage);
  EvaluationReport report = trainer::Evaluate(
      model, stage.name, settings, HeldOut(recipe_, settings), Verifier(),
      comm_, options_.stop, [&](std::int64_t done, std::int64_t items) {
        voice_.Update("", {done, items, std::nullopt});
      });
  voice_.End();
  const std::optional<double> wall = entry.wall_s;
  report.summary.stage = entry.stage;
  report.summary.model = entry.model;
  entry = report.summary;
  if (LeavesModel(stage)) entry.wall_s = wall;
  if (files_) {
    files_->WriteCompletions("eval_" + stage.name + ".jsonl",
                             report.completions);
  }
  voice_.Say("eval " + stage.name + ": pass@1 " +
             NumberCell(entry.pass_at_1, 5, 3) + " +- " +
             NumberCell(entry.pass_at_1_ci, 5, 3) + " over " +
             std::to_string(report.items) + " held-out problems x " +
             std::to_string(report.samples) +
             (report.dropped > 0
                  ? "; " + std::to_string(report.dropped) + " not judged"
                  : ""));
}

}  // namespace trainer
