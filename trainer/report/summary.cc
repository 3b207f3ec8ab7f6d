#include "trainer/report/summary.h"

#include <fmt/format.h>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;
using verifier::protocol::AppendJson;
using verifier::protocol::JsonText;

using Number = std::optional<double> StageSummary::*;

constexpr std::array<std::pair<std::string_view, Number>, 10> kNumbers = {{
    {"pass_at_1", &StageSummary::pass_at_1},
    {"pass_at_1_ci", &StageSummary::pass_at_1_ci},
    {"cons_at_k", &StageSummary::cons_at_k},
    {"pass_at_k", &StageSummary::pass_at_k},
    {"general", &StageSummary::general},
    {"preference", &StageSummary::preference},
    {"format_rate", &StageSummary::format_rate},
    {"language_rate", &StageSummary::language_rate},
    {"mean_tokens", &StageSummary::mean_tokens},
    {"wall_s", &StageSummary::wall_s},
}};

ReportError Error(std::string text) { return ReportError{std::move(text)}; }

json::value OrNull(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::object StageToJson(const StageSummary& stage) {
  json::object object;
  object["stage"] = stage.stage;
  object["model"] = stage.model;
  for (const auto& [key, member] : kNumbers) {
    object[key] = OrNull(stage.*member);
  }
  return object;
}

json::object RewardModelToJson(const RewardModelSummary& model) {
  json::object object;
  object["name"] = model.name;
  object["pair_accuracy"] = OrNull(model.pair_accuracy);
  return object;
}

// `values`, one a line.
template <typename Values, typename ToObject>
void AppendLines(const Values& values, ToObject to_object, std::string& out) {
  out += '[';
  bool first = true;
  for (const auto& value : values) {
    out += first ? "\n    " : ",\n    ";
    first = false;
    AppendJson(to_object(value), out);
  }
  out += first ? "]" : "\n  ]";
}

// Reads one summary; the first thing wrong is kept and the rest is skipped.
class Reader {
 public:
  RunSummary Read(const json::object& object) {
    RunSummary summary;
    summary.name = Text(object, "name", "name");
    const json::value* seed = object.if_contains("seed");
    if (seed != nullptr && seed->is_uint64()) {
      summary.seed = seed->get_uint64();
    } else if (seed != nullptr && seed->is_int64() && seed->get_int64() >= 0) {
      summary.seed = static_cast<std::uint64_t>(seed->get_int64());
    } else {
      Wrong("seed", "is no count");
    }
    ForEach(object, "stages", [&](const json::object& from, const auto& at) {
      StageSummary stage;
      stage.stage = Text(from, "stage", at + "stage");
      stage.model = Text(from, "model", at + "model");
      for (const auto& [key, member] : kNumbers) {
        stage.*member = Double(from, key, at + std::string(key));
      }
      summary.stages.push_back(std::move(stage));
    });
    ForEach(object, "reward_models",
            [&](const json::object& from, const auto& at) {
              summary.reward_models.push_back(
                  {Text(from, "name", at + "name"),
                   Double(from, "pair_accuracy", at + "pair_accuracy")});
            });
    return summary;
  }

  [[nodiscard]] const std::optional<std::string>& error() const {
    return error_;
  }

 private:
  template <typename Use>
  void ForEach(const json::object& object, std::string_view key, Use use) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_array()) {
      return Wrong(key, "is no array");
    }
    const json::array& array = value->get_array();
    for (std::size_t i = 0; i < array.size(); ++i) {
      const std::string at = fmt::format("{}/{}/", key, i);
      const json::object* member = array[i].if_object();
      if (member == nullptr) return Wrong(at, "is no object");
      use(*member, at);
    }
  }

  std::string Text(const json::object& object, std::string_view key,
                   std::string_view at) {
    const json::value* value = object.if_contains(key);
    if (value != nullptr && value->is_string()) {
      return std::string(value->get_string());
    }
    Wrong(at, "is no string");
    return {};
  }

  std::optional<double> Double(const json::object& object, std::string_view key,
                               std::string_view at) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_double()) return value->get_double();
    if (value->is_int64()) return static_cast<double>(value->get_int64());
    Wrong(at, "is no number");
    return std::nullopt;
  }

  void Wrong(std::string_view at, std::string_view what) {
    if (!error_) error_ = fmt::format("{}: {}", at, what);
  }

  std::optional<std::string> error_;
};

}  // namespace

std::string ToJson(const RunSummary& summary) {
  std::string text = "{\n  \"name\": " + JsonText(json::value(summary.name)) +
                     ",\n  \"seed\": " + JsonText(json::value(summary.seed)) +
                     ",\n  \"stages\": ";
  AppendLines(summary.stages, StageToJson, text);
  text += ",\n  \"reward_models\": ";
  AppendLines(summary.reward_models, RewardModelToJson, text);
  return text += "\n}\n";
}

boost::system::result<RunSummary, ReportError> ParseSummary(
    std::string_view text) {
  const auto parsed = verifier::protocol::ParseStrictJson(text);
  if (!parsed) {
    return Error(fmt::format("byte {}: {}", parsed.error().offset,
                             parsed.error().detail));
  }
  if (!parsed->is_object()) return Error("is no object");
  Reader reader;
  RunSummary summary = reader.Read(parsed->get_object());
  if (reader.error()) return Error(*reader.error());
  return summary;
}

}  // namespace trainer
