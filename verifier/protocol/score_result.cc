#include "verifier/protocol/score_result.h"

#include <algorithm>
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
  if (!check.gate.empty()) object["gate"] = check.gate;
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

// True where `outcome` is one of CONTRACT.md's and `score` is what it means.
bool Agree(std::string_view outcome, const std::optional<double>& score) {
  constexpr std::array<std::string_view, 4> kZero = {"wrong", "unreadable",
                                                     "timeout", "violation"};
  if (outcome == "not_judged") return !score;
  if (!score) return false;
  if (outcome == "correct") return *score == 1.0;
  if (outcome == "partial") return *score > 0.0 && *score < 1.0;
  return *score == 0.0 &&
         std::find(kZero.begin(), kZero.end(), outcome) != kZero.end();
}

bool ReadCheck(const json::value& value, CheckResult& check) {
  const json::object* object = value.if_object();
  if (object == nullptr) return false;
  const json::value* detail = object->if_contains("detail");
  if (detail == nullptr || !detail->is_object()) return false;
  check.detail = detail->get_object();
  if (object->contains("evidence") &&
      !Read(*object, "evidence", check.evidence)) {
    return false;
  }
  if (object->contains("gate") && !Read(*object, "gate", check.gate)) {
    return false;
  }
  return Read(*object, "checker", check.checker) &&
         Read(*object, "outcome", check.outcome) &&
         Read(*object, "score", check.score) &&
         Read(*object, "weight", check.weight) &&
         Read(*object, "elapsed_us", check.elapsed_us) &&
         Agree(check.outcome, check.score);
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
  const bool ok = result.status == Status::kOk;
  const bool invalid = result.status == Status::kInvalid;
  if (ok != result.reward.has_value() || invalid != result.error.has_value() ||
      (invalid && !result.checks.empty()) ||
      (ok && result.reward != Reward(result.checks))) {
    return std::nullopt;
  }
  return result;
}

}  // namespace verifier::protocol
