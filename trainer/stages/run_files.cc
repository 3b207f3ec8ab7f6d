#include "trainer/stages/run_files.h"

#include <torch/version.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <system_error>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/sha256.h"
#include "trainer/recipes/recipe_writer.h"
#include "trainer/stages/run_error.h"

namespace trainer {
namespace {

constexpr std::uint64_t kMostTextBytes = std::uint64_t{16} << 20;
constexpr const char* kRecipeFile = "recipe.resolved.toml";
constexpr const char* kSummaryFile = "summary.json";
constexpr const char* kStateFile = "state.safetensors";

template <typename T>
T Must(CheckpointResult<T> result, ExitCode code) {
  if (result.has_error()) throw RunError(code, result.error().ToString());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

void MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    throw RunError(ExitCode::kResources,
                   path + ": cannot make it: " + error.message());
  }
}

void Replace(const std::string& path, const std::string& text) {
  Must(ReplaceFile(RealFileSystem(), path, AsBytes(text)),
       ExitCode::kResources);
}

boost::json::object ToFields(const Progress& progress) {
  return {{"stage", progress.stage},
          {"inputs", progress.inputs},
          {"step", progress.step},
          {"stage_step", progress.stage_step},
          {"updates", progress.updates},
          {"refused", progress.refused},
          {"stage_seconds", progress.stage_seconds}};
}

std::int64_t Whole(const boost::json::object& fields, const char* name) {
  const boost::json::value* value = fields.if_contains(name);
  if (value == nullptr || !value->is_int64()) {
    throw RunError(ExitCode::kBadData,
                   std::string("a checkpoint's manifest has no whole ") + name);
  }
  return value->get_int64();
}

std::string Text(const boost::json::object& fields, const char* name) {
  const boost::json::value* value = fields.if_contains(name);
  if (value == nullptr || !value->is_string()) {
    throw RunError(ExitCode::kBadData,
                   std::string("a checkpoint's manifest has no text ") + name);
  }
  return std::string(value->get_string());
}

double Number(const boost::json::object& fields, const char* name) {
  const boost::json::value* value = fields.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<double>()
                                                : 0.0;
}

}  // namespace

RunFiles::RunFiles(const std::string& folder,
                   const CheckpointSettings& settings,
                   std::vector<std::string>* notices)
    : directory_(Must(RunDirectory::Open(folder), ExitCode::kUsage)),
      metrics_(Must(JsonlLog::Open(directory_.Path("metrics.jsonl"), notices),
                    ExitCode::kBadData)),
      timings_(Must(JsonlLog::Open(directory_.Path("timings.jsonl"), notices,
                                   LogSync::kNever),
                    ExitCode::kBadData)),
      store_(directory_.Path("checkpoints"), directory_.run_id(),
             static_cast<std::size_t>(settings.keep)) {
  for (const char* name : {"completions", "checkpoints", "stages", "data"}) {
    MakeFolder(directory_.Path(name));
  }
}

void RunFiles::KeepRecipe(const Recipe& recipe) {
  Replace(directory_.Path(kRecipeFile), ToToml(recipe));
}

void RunFiles::WriteManifest(const Recipe& recipe, const std::string& device,
                             int world_size, std::int64_t parameters) {
  const std::string toml = ToToml(recipe);
  const boost::json::object manifest{
      {"run_id", directory_.run_id()},
      {"name", recipe.name},
      {"seed", recipe.seed},
      {"recipe_sha256", Sha256Hex(AsBytes(toml))},
      {"assay_version", ASSAY_VERSION},
      {"torch_version", TORCH_VERSION},
      {"device", device},
      {"world_size", world_size},
      {"parameters", parameters}};
  Replace(directory_.Path("manifest.json"),
          boost::json::serialize(manifest) + '\n');
}

std::optional<Progress> RunFiles::Load(LoadedCheckpoint& loaded,
                                       std::vector<std::string>* notices) {
  auto newest = Must(store_.LoadNewest(notices), ExitCode::kBadData);
  if (!newest) return std::nullopt;
  loaded = *std::move(newest);
  Progress progress;
  progress.stage = Text(loaded.fields, "stage");
  progress.inputs = Text(loaded.fields, "inputs");
  progress.stage_step = Whole(loaded.fields, "stage_step");
  progress.step = Whole(loaded.fields, "step");
  progress.updates = Whole(loaded.fields, "updates");
  progress.refused = Whole(loaded.fields, "refused");
  progress.stage_seconds = Number(loaded.fields, "stage_seconds");
  return progress;
}

std::int64_t RunFiles::LastStep() const {
  return Must(metrics_.LastStep(), ExitCode::kBadData);
}

std::optional<StageRecord> RunFiles::ReadRecord(
    const std::string& stage) const {
  const std::string path = directory_.Path("stages/" + stage + ".json");
  if (!std::filesystem::exists(path)) return std::nullopt;
  const Bytes bytes =
      Must(ReadWholeFile(RealFileSystem(), path, kMostTextBytes),
           ExitCode::kBadData);
  return Must(ParseStageRecord(AsText(bytes), path), ExitCode::kBadData);
}

void RunFiles::WriteRecord(const StageRecord& record) {
  Replace(directory_.Path("stages/" + record.summary.stage + ".json"),
          ToJson(record));
}

void RunFiles::Forget(const std::string& stage) {
  // The record first: what is left after a crash is a stage that is not done.
  std::error_code ignored;
  std::filesystem::remove(directory_.Path("stages/" + stage + ".json"),
                          ignored);
  for (const std::int64_t step :
       Must(metrics_.RemoveStage(stage), ExitCode::kResources)) {
    std::filesystem::remove(
        directory_.Path("completions/" + CompletionFileName(step)), ignored);
  }
  (void)Must(timings_.RemoveStage(stage), ExitCode::kResources);
}

void RunFiles::TruncateAfter(std::int64_t step) {
  (void)Must(metrics_.TruncateAfterStep(step), ExitCode::kResources);
  (void)Must(timings_.TruncateAfterStep(step), ExitCode::kResources);
  const std::string checkpoints = directory_.Path("checkpoints");
  std::vector<std::string> names;
  if (RealFileSystem().List(checkpoints, names) < 0) return;
  const std::string last = CheckpointStore::FolderName(step);
  for (const std::string& name : names) {
    // Names of one length sort by number.
    if (!name.starts_with("step_") || name.ends_with(".tmp")) continue;
    const bool later =
        name.size() != last.size() ? name.size() > last.size() : name > last;
    if (!later) continue;
    Must(RemoveFolder(RealFileSystem(), checkpoints + '/' + name),
         ExitCode::kResources);
  }
}

void RunFiles::Append(const StepOutcome& outcome) {
  Must(metrics_.Append(ToJsonLine(outcome.metrics)), ExitCode::kResources);
  Must(timings_.Append(ToJsonLine(outcome.timings)), ExitCode::kResources);
  if (!outcome.completions.empty()) {
    WriteCompletions(CompletionFileName(outcome.metrics.step()),
                     outcome.completions);
  }
}

void RunFiles::Save(const Progress& progress, const Model& model,
                    const NamedTensors& state,
                    std::vector<std::string>* notices) {
  std::vector<CheckpointFile> files =
      Must(ModelFiles(model), ExitCode::kResources);
  if (!state.empty()) {
    files.push_back(
        {kStateFile, Must(TensorBytes(state), ExitCode::kResources)});
  }
  Must(store_.Save(progress.step, files, ToFields(progress), notices),
       ExitCode::kResources);
}

std::string RunFiles::StageModelPath(const std::string& stage) const {
  return directory_.Path("checkpoints/" + stage);
}

std::string RunFiles::WriteStageModel(const std::string& stage,
                                      const Model& model) {
  Must(WriteModel(model, StageModelPath(stage)), ExitCode::kResources);
  return "checkpoints/" + stage;
}

void RunFiles::WriteCompletions(
    const std::string& name, const std::vector<CompletionRecord>& completions) {
  std::string text;
  for (const CompletionRecord& one : completions) {
    text += ToJsonLine(one) + '\n';
  }
  Replace(directory_.Path("completions/" + name), text);
}

void RunFiles::WriteSummary(const RunSummary& summary) {
  Replace(directory_.Path(kSummaryFile), ToJson(summary));
}

void RunFiles::Write(const std::string& name, const std::string& text) {
  Replace(directory_.Path(name), text);
}

std::string RunFiles::Read(const std::string& name) const {
  const Bytes bytes =
      Must(ReadWholeFile(RealFileSystem(), directory_.Path(name)),
           ExitCode::kBadData);
  return std::string(AsText(bytes));
}

std::string RunFiles::FileDigest(const std::string& name) const {
  const std::string path = directory_.Path(name);
  if (!std::filesystem::exists(path)) return {};
  return Sha256Hex(
      Must(ReadWholeFile(RealFileSystem(), path), ExitCode::kBadData));
}

}  // namespace trainer
