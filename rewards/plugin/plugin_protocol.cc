#include "rewards/plugin/plugin_protocol.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <span>
#include <utility>

#include "rewards/plugin/parameter_schema.h"

namespace rewards::plugin {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> kDescriptionKeys = {
    "assay_plugin", "name", "version", "summary", "schema"};
constexpr std::array<std::string_view, 4> kAnswerKeys = {"id", "score",
                                                         "outcome", "detail"};

// The object in `line`, of `keys` alone.
std::optional<json::object> ReadObject(std::string_view line,
                                       std::span<const std::string_view> keys,
                                       const JsonReader& read,
                                       std::string& error) {
  std::optional<json::value> value = read(line, error);
  if (!value) return std::nullopt;
  json::object* object = value->if_object();
  if (object == nullptr) {
    error = "no JSON object";
    return std::nullopt;
  }
  for (const auto& member : *object) {
    const std::string_view key = member.key();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    error = "the unknown key \"" + std::string(key.substr(0, 60)) + "\"";
    return std::nullopt;
  }
  return std::move(*object);
}

// The string at `key`, of 1 to `most` bytes.
std::optional<std::string> Text(const json::object& object,
                                std::string_view key, std::size_t most,
                                std::string& error) {
  const json::value* value = object.if_contains(key);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  if (text != nullptr && !text->empty() && text->size() <= most) {
    return std::string(*text);
  }
  error = "\"" + std::string(key) + "\" must be a string of 1 to " +
          std::to_string(most) + " bytes";
  return std::nullopt;
}

// The outcome of a score in [0, 1], with `named` where the plugin named one.
std::optional<Outcome> OutcomeOf(double score, std::string_view named) {
  const Outcome fits = score == 1.0   ? Outcome::kCorrect
                       : score == 0.0 ? Outcome::kWrong
                                      : Outcome::kPartial;
  if (named.empty() || named == OutcomeName(fits)) return fits;
  if (fits != Outcome::kWrong) return std::nullopt;
  for (const Outcome zero :
       {Outcome::kUnreadable, Outcome::kTimeout, Outcome::kViolation}) {
    if (named == OutcomeName(zero)) return zero;
  }
  return std::nullopt;
}

// Score and outcome of an answer into `verdict`. Returns what is wrong.
std::string ReadScore(const json::object& answer, Verdict& verdict) {
  std::string_view named;
  if (const json::value* outcome = answer.if_contains("outcome")) {
    if (!outcome->is_string()) return "\"outcome\" must be a string";
    named = outcome->get_string();
  }
  const json::value* score = answer.if_contains("score");
  if (score == nullptr) return "\"score\" is missing";
  if (score->is_null()) {
    if (named == OutcomeName(Outcome::kNotJudged)) return "";
    return "\"score\" may be null only with the outcome \"not_judged\"";
  }
  const double number =
      score->is_number() ? score->to_number<double>() : std::nan("");
  if (!(number >= 0.0 && number <= 1.0)) {
    return "\"score\" must be a number from 0 to 1";
  }
  const std::optional<Outcome> outcome = OutcomeOf(number, named);
  if (!outcome) return "its \"outcome\" does not go with its \"score\"";
  verdict.outcome = *outcome;
  if (*outcome == Outcome::kPartial) verdict.partial_score = number;
  return "";
}

std::string ReadDetail(json::object& answer, Verdict& verdict) {
  json::value* detail = answer.if_contains("detail");
  if (detail == nullptr) return "";
  if (!detail->is_object()) return "\"detail\" must be an object";
  if (json::serialize(*detail).size() > kMostDetailBytes) {
    return "\"detail\" has over " + std::to_string(kMostDetailBytes) + " bytes";
  }
  verdict.detail = std::move(detail->get_object());
  return "";
}

}  // namespace

std::optional<PluginDescription> ReadDescription(std::string_view line,
                                                 const JsonReader& read,
                                                 std::string& error) {
  auto object = ReadObject(line, kDescriptionKeys, read, error);
  if (!object) return std::nullopt;
  const json::value* protocol = object->if_contains("assay_plugin");
  if (protocol == nullptr || *protocol != kProtocolVersion) {
    error = "\"assay_plugin\" must be " + std::to_string(kProtocolVersion) +
            ", the version of the protocol";
    return std::nullopt;
  }
  if (object->contains("name") &&
      !Text(*object, "name", kMostSummaryBytes, error)) {
    return std::nullopt;
  }
  auto version = Text(*object, "version", kMostVersionBytes, error);
  if (!version) return std::nullopt;
  auto summary = Text(*object, "summary", kMostSummaryBytes, error);
  if (!summary) return std::nullopt;
  json::value* schema = object->if_contains("schema");
  if (schema == nullptr || !schema->is_object()) {
    error = "\"schema\" must be an object, the JSON Schema of the parameters";
    return std::nullopt;
  }
  const std::string problem = SchemaProblem(schema->get_object());
  if (!problem.empty()) {
    error = "\"schema\": " + problem;
    return std::nullopt;
  }
  return PluginDescription{*std::move(version), *std::move(summary),
                           std::move(schema->get_object())};
}

std::string ItemLine(std::string_view id, const Submission& submission,
                     std::string_view params) {
  std::string line = "{\"id\":";
  line += json::serialize(json::string_view(id));
  line += ",\"prompt\":";
  line += json::serialize(json::string_view(submission.prompt));
  line += ",\"response\":";
  line += json::serialize(json::string_view(submission.response));
  line += ",\"template\":";
  line += json::serialize(json::string_view(submission.template_name));
  line += ",\"params\":";
  line += params;
  line += "}\n";
  return line;
}

std::optional<Verdict> ReadAnswer(std::string_view line, std::string_view id,
                                  const JsonReader& read, std::string& error) {
  auto answer = ReadObject(line, kAnswerKeys, read, error);
  if (!answer) return std::nullopt;
  const json::value* said = answer->if_contains("id");
  if (said == nullptr || !said->is_string() ||
      std::string_view(said->get_string()) != id) {
    error = "its \"id\" is not that of the item";
    return std::nullopt;
  }
  Verdict verdict;
  error = ReadScore(*answer, verdict);
  if (error.empty()) error = ReadDetail(*answer, verdict);
  if (!error.empty()) return std::nullopt;
  return verdict;
}

}  // namespace rewards::plugin
