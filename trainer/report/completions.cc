#include "trainer/report/completions.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer {
namespace {

namespace json = boost::json;
using verifier::protocol::CheckResult;

ReportError Error(std::string text) { return ReportError{std::move(text)}; }

json::value OrNull(const std::optional<double>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

// elapsed_us is left out: a line must not depend on a clock.
json::object ResultToJson(const CheckResult& result) {
  json::object object;
  object["checker"] = result.checker;
  object["outcome"] = result.outcome;
  object["score"] = OrNull(result.score);
  object["weight"] = result.weight;
  if (!result.evidence.empty()) object["evidence"] = result.evidence;
  object["detail"] = result.detail;
  return object;
}

// Reads members of one object and remembers the first that is wrong.
class Members {
 public:
  explicit Members(const json::object& object) : object_(object) {}

  std::string Text(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value == nullptr || !value->is_string()) {
      return Wrong(key, "is no string"), std::string();
    }
    return std::string(value->get_string());
  }

  std::int64_t Count(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) {
      return Wrong(key, "is no count"), 0;
    }
    return value->get_int64();
  }

  std::optional<double> Number(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_double()) return value->get_double();
    if (value->is_int64()) return static_cast<double>(value->get_int64());
    return Wrong(key, "is no number"), std::nullopt;
  }

  json::array Array(std::string_view key) {
    const json::value* value = object_.if_contains(key);
    if (value == nullptr || !value->is_array()) {
      return Wrong(key, "is no array"), json::array();
    }
    return value->get_array();
  }

  void Wrong(std::string_view key, std::string_view what) {
    if (!error_) error_ = fmt::format("{}: {}", key, what);
  }

  [[nodiscard]] const std::optional<std::string>& error() const {
    return error_;
  }

 private:
  const json::object& object_;
  std::optional<std::string> error_;
};

std::optional<CheckResult> ResultFromJson(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  Members members(*object);
  CheckResult result;
  result.checker = members.Text("checker");
  result.outcome = members.Text("outcome");
  result.score = members.Number("score");
  result.weight = members.Number("weight").value_or(1.0);
  if (object->contains("evidence")) result.evidence = members.Text("evidence");
  const json::value* detail = object->if_contains("detail");
  if (detail != nullptr && detail->is_object()) {
    result.detail = detail->get_object();
  }
  if (members.error()) return std::nullopt;
  return result;
}

}  // namespace

std::string ToJsonLine(const CompletionRecord& completion) {
  json::object object;
  object["stage"] = completion.stage;
  object["step"] = completion.step;
  object["id"] = completion.id;
  object["prompt"] = completion.prompt;
  object["response"] = completion.response;
  object["checks"] = completion.checks;
  json::array& results = object["results"].emplace_array();
  for (const CheckResult& result : completion.results) {
    results.push_back(ResultToJson(result));
  }
  object["reward"] = OrNull(completion.reward);
  object["advantage"] = OrNull(completion.advantage);
  object["length"] = completion.length;
  object["finish"] = completion.finish;
  return verifier::protocol::JsonText(object);
}

boost::system::result<CompletionRecord, ReportError> ParseCompletionLine(
    std::string_view line) {
  const auto parsed = verifier::protocol::ParseStrictJson(line);
  if (!parsed) {
    return Error(fmt::format("byte {}: {}", parsed.error().offset,
                             parsed.error().detail));
  }
  if (!parsed->is_object()) return Error("is no object");
  Members members(parsed->get_object());
  CompletionRecord record;
  record.stage = members.Text("stage");
  record.step = members.Count("step");
  record.id = members.Text("id");
  record.prompt = members.Text("prompt");
  record.response = members.Text("response");
  record.checks = members.Array("checks");
  for (const json::value& value : members.Array("results")) {
    std::optional<CheckResult> result = ResultFromJson(value);
    if (!result) {
      members.Wrong("results", "has one that is no result of a check");
      break;
    }
    record.results.push_back(*std::move(result));
  }
  record.reward = members.Number("reward");
  record.advantage = members.Number("advantage");
  record.length = members.Count("length");
  record.finish = members.Text("finish");
  if (members.error()) return Error(*members.error());
  return record;
}

std::string CompletionFileName(std::int64_t step) {
  return fmt::format("step_{:06}.jsonl", step);
}

}  // namespace trainer
