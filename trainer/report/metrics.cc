#include "trainer/report/metrics.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <stdexcept>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;
using verifier::protocol::AppendJson;
using verifier::protocol::AppendJsonString;

constexpr std::size_t kOwnKeys = 2;  // stage and step

ReportError Error(std::string text) { return ReportError{std::move(text)}; }

// What `value` says of the metric `key`, or why it says nothing.
std::optional<std::string> SetFromJson(std::string_view key,
                                       const json::value& value,
                                       StepMetrics& metrics) {
  if (key.empty()) return "an empty key";
  if (value.is_null()) {
    metrics.Set(key, std::numeric_limits<double>::quiet_NaN());
  } else if (value.is_double()) {
    metrics.Set(key, value.get_double());
  } else if (value.is_int64()) {
    metrics.Set(key, value.get_int64());
  } else {
    return fmt::format("{}: is no number that fits", key);
  }
  return std::nullopt;
}

}  // namespace

void StepMetrics::Set(std::string_view key, double value) {
  SetValue(key, value);
}

void StepMetrics::Set(std::string_view key, std::int64_t value) {
  SetValue(key, value);
}

void StepMetrics::SetValue(std::string_view key, MetricValue value) {
  if (key.empty() || key == "stage" || key == "step") {
    throw std::invalid_argument(fmt::format("no metric: '{}'", key));
  }
  for (auto& [name, old] : values_) {
    if (name == key) {
      old = value;
      return;
    }
  }
  if (values_.size() == kMaxMetrics) {
    throw std::length_error(fmt::format("over {} metrics", kMaxMetrics));
  }
  values_.emplace_back(std::string(key), value);
}

std::optional<double> StepMetrics::Find(std::string_view key) const {
  for (const auto& [name, value] : values_) {
    if (name != key) continue;
    return std::visit([](auto number) { return static_cast<double>(number); },
                      value);
  }
  return std::nullopt;
}

std::string ToJsonLine(const StepMetrics& metrics) {
  std::string line = "{\"stage\":";
  AppendJsonString(metrics.stage(), line);
  line += ",\"step\":";
  AppendJson(metrics.step(), line);
  for (const auto& [key, value] : metrics.values()) {
    line += ',';
    AppendJsonString(key, line);
    line += ':';
    std::visit([&line](auto number) { AppendJson(number, line); }, value);
  }
  return line += '}';
}

boost::system::result<StepMetrics, ReportError> ParseMetricsLine(
    std::string_view line) {
  verifier::protocol::JsonLimits limits;
  limits.depth = 1;
  limits.members = kMaxMetrics + kOwnKeys;
  const auto parsed = verifier::protocol::ParseStrictJson(line, limits);
  if (!parsed) {
    return Error(fmt::format("byte {}: {}", parsed.error().offset,
                             parsed.error().detail));
  }
  const json::object* object = parsed->if_object();
  if (object == nullptr) return Error("is no object");
  const json::value* stage = object->if_contains("stage");
  if (stage == nullptr || !stage->is_string()) {
    return Error("stage: is no string");
  }
  const json::value* step = object->if_contains("step");
  if (step == nullptr || !step->is_int64() || step->get_int64() < 0) {
    return Error("step: is no count");
  }
  StepMetrics metrics(std::string(stage->get_string()), step->get_int64());
  if (object->size() > kMaxMetrics + kOwnKeys) {
    return Error(fmt::format("over {} metrics", kMaxMetrics));
  }
  for (const auto& [key, value] : *object) {
    if (key == "stage" || key == "step") continue;
    if (auto wrong = SetFromJson(key, value, metrics)) return Error(*wrong);
  }
  return metrics;
}

}  // namespace trainer
