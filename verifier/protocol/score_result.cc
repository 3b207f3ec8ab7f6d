#include "verifier/protocol/score_result.h"

#include <array>
#include <boost/json/array.hpp>
#include <cmath>
#include <utility>

#include "verifier/protocol/json_text.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr std::array kStatuses = {Status::kNotJudged, Status::kOk,
                                  Status::kInvalid, Status::kCancelled};

json::value NumberOrNull(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::object ToJson(const CheckResult& check) {
  json::object object;
  object["checker"] = check.checker;
  object["outcome"] = check.outcome;
  object["score"] = NumberOrNull(check.score);
  object["weight"] = check.weight;
  if (!check.evidence.empty()) object["evidence"] = check.evidence;
  object["detail"] = check.detail;
  object["elapsed_us"] = check.elapsed_us;
  return object;
}

// Readers of one field: false where it is missing or has another type.
bool Read(const json::object& object, std::string_view key, std::string& out) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return false;
  out = std::string(value->get_string());
  return true;
}

bool Read(const json::object& object, std::string_view key, double& out) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_number()) return false;
  out = value->to_number<double>();
  return std::isfinite(out);
}

bool Read(const json::object& object, std::string_view key,
          std::optional<double>& out) {
  const json::value* value = object.if_contains(key);
  if (value != nullptr && value->is_null()) return true;
  double number = 0;
  if (!Read(object, key, number)) return false;
  out = number;
  return true;
}

bool Read(const json::object& object, std::string_view key, std::int64_t& out) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64()) return false;
  out = value->get_int64();
  return out >= 0;
}

bool ReadStatus(const json::object& object, Status& out) {
  std::string name;
  if (!Read(object, "status", name)) return false;
  for (const Status status : kStatuses) {
    if (StatusName(status) == name) {
      out = status;
      return true;
    }
  }
  return false;
}

bool ReadCheck(const json::value& value, CheckResult& check) {
  const json::object* object = value.if_object();
  if (object == nullptr) return false;
  const json::value* detail = object->if_contains("detail");
  if (detail != nullptr && detail->is_object()) {
    check.detail = detail->get_object();
  }
  if (object->contains("evidence") &&
      !Read(*object, "evidence", check.evidence)) {
    return false;
  }
  if (!Read(*object, "checker", check.checker) ||
      !Read(*object, "outcome", check.outcome) ||
      !Read(*object, "score", check.score) ||
      !Read(*object, "weight", check.weight) ||
      !Read(*object, "elapsed_us", check.elapsed_us)) {
    return false;
  }
  if (check.outcome == "not_judged") return !check.score;
  return check.score && *check.score >= 0.0 && *check.score <= 1.0;
}

bool ReadError(const json::object& object, std::optional<FieldError>& error) {
  const json::value* value = object.if_contains("error");
  if (value == nullptr) return true;
  if (!value->is_object()) return false;
  FieldError read("", "");
  if (!Read(value->get_object(), "pointer", read.pointer) ||
      !Read(value->get_object(), "detail", read.detail)) {
    return false;
  }
  error = std::move(read);
  return true;
}

}  // namespace

std::string_view StatusName(Status status) noexcept {
  switch (status) {
    case Status::kNotJudged:
      return "not_judged";
    case Status::kOk:
      return "ok";
    case Status::kInvalid:
      return "invalid";
    case Status::kCancelled:
      return "cancelled";
  }
  return "not_judged";
}

std::optional<double> Reward(const std::vector<CheckResult>& checks) {
  double sum = 0.0;
  for (const CheckResult& check : checks) {
    if (check.weight == 0.0) continue;
    if (!check.score) return std::nullopt;
    sum += check.weight * *check.score;
  }
  if (!std::isfinite(sum)) return std::nullopt;
  return sum;
}

json::object ToJson(const ScoreResult& result) {
  json::object object;
  object["id"] = result.id ? json::value(*result.id) : json::value(nullptr);
  object["status"] = StatusName(result.status);
  object["reward"] = NumberOrNull(result.reward);
  object["queue_us"] = result.queue_us;
  object["exec_us"] = result.exec_us;
  json::array& checks = object["checks"].emplace_array();
  for (const CheckResult& check : result.checks) {
    checks.push_back(ToJson(check));
  }
  if (result.error) {
    object["error"] = {{"pointer", result.error->pointer},
                       {"detail", result.error->detail}};
  }
  return object;
}

std::string ScoreResponseText(const std::vector<ScoreResult>& results) {
  std::string text = "{\"results\":[";
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (i != 0) text += ',';
    AppendJson(ToJson(results[i]), text);
  }
  return text += "]}";
}

std::optional<ScoreResult> ParseScoreResult(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  ScoreResult result;
  const json::value* id = object->if_contains("id");
  if (id == nullptr || !(id->is_string() || id->is_null())) return std::nullopt;
  if (id->is_string()) result.id = std::string(id->get_string());
  const json::value* checks = object->if_contains("checks");
  if (!ReadStatus(*object, result.status) ||
      !Read(*object, "reward", result.reward) ||
      !Read(*object, "queue_us", result.queue_us) ||
      !Read(*object, "exec_us", result.exec_us) ||
      !ReadError(*object, result.error) || checks == nullptr ||
      !checks->is_array()) {
    return std::nullopt;
  }
  for (const json::value& one : checks->get_array()) {
    if (!ReadCheck(one, result.checks.emplace_back())) return std::nullopt;
  }
  if (result.reward.has_value() != (result.status == Status::kOk)) {
    return std::nullopt;
  }
  if (result.status == Status::kOk && result.reward != Reward(result.checks)) {
    return std::nullopt;
  }
  return result;
}

}  // namespace verifier::protocol
