#include "trainer/stages/stage_record.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "trainer/checkpoint/files.h"
#include "trainer/checkpoint/sha256.h"
#include "trainer/recipes/recipe_writer.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;

json::object InputsToJson(const StageInputs& inputs) {
  json::object digests;
  for (const auto& [name, digest] : inputs.digests) digests[name] = digest;
  return {{"recipe", inputs.recipe}, {"digests", std::move(digests)}};
}

// Keeps the first thing wrong.
class Fields {
 public:
  explicit Fields(std::string path) : path_(std::move(path)) {}

  std::string Text(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value != nullptr && value->is_string()) {
      return std::string(value->get_string());
    }
    Wrong(std::string(key) + " is no string");
    return {};
  }

  const json::object& Object(const json::object& object, std::string_view key) {
    static const json::object kEmpty;
    const json::value* value = object.if_contains(key);
    if (value != nullptr && value->is_object()) return value->get_object();
    Wrong(std::string(key) + " is no object");
    return kEmpty;
  }

  void Wrong(const std::string& what) {
    if (!error_) error_ = CheckpointError(path_, what);
  }

  [[nodiscard]] const std::optional<CheckpointError>& error() const {
    return error_;
  }

 private:
  std::string path_;
  std::optional<CheckpointError> error_;
};

}  // namespace

std::optional<std::string> Stale(const StageRecord& record,
                                 const StageInputs& now) {
  if (const auto key = TextDifference(record.inputs.recipe, now.recipe)) {
    return key;
  }
  for (const auto& [name, digest] : now.digests) {
    const auto old = record.inputs.digests.find(name);
    if (old == record.inputs.digests.end() || old->second != digest) {
      return name + " is another";
    }
  }
  if (record.inputs.digests.size() != now.digests.size()) {
    return "it needs less";
  }
  return std::nullopt;
}

std::string ToJson(const StageRecord& record) {
  RunSummary summary;
  summary.name = record.summary.stage;
  summary.stages = {record.summary};
  if (record.reward_model) summary.reward_models = {*record.reward_model};
  // As text: a number keeps every digit.
  return "{\"inputs\":" + json::serialize(InputsToJson(record.inputs)) +
         ",\"model\":" + json::serialize(json::value(record.model)) +
         ",\"summary\":" + ToJson(summary) + "}\n";
}

CheckpointResult<StageRecord> ParseStageRecord(std::string_view text,
                                               const std::string& path) {
  const auto parsed = verifier::protocol::ParseStrictJson(text);
  if (!parsed || !parsed->is_object()) {
    return CheckpointError(path, "is no JSON object");
  }
  Fields fields(path);
  const json::object& root = parsed->get_object();
  StageRecord record;
  record.model = fields.Text(root, "model");
  const json::object& inputs = fields.Object(root, "inputs");
  record.inputs.recipe = fields.Text(inputs, "recipe");
  const json::object& digests = fields.Object(inputs, "digests");
  for (const auto& [name, digest] : digests) {
    record.inputs.digests[name] = fields.Text(digests, name);
  }
  auto summary = ParseSummary(json::serialize(fields.Object(root, "summary")));
  if (fields.error()) return *fields.error();
  if (summary.has_error()) return CheckpointError(path, summary.error().text);
  if (summary->stages.size() != 1) {
    return CheckpointError(path, "summary has not one stage");
  }
  record.summary = std::move(summary->stages.front());
  if (!summary->reward_models.empty()) {
    record.reward_model = std::move(summary->reward_models.front());
  }
  return record;
}

std::string DigestOf(const StageInputs& inputs) {
  return Sha256Hex(AsBytes(json::serialize(InputsToJson(inputs))));
}

}  // namespace trainer
