#include "datasets/suites/code_tests.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdint>
#include <utility>

#include "datasets/record.h"

namespace datasets {
namespace {

namespace json = boost::json;

constexpr double kMostExact = 9007199254740992;  // 2^53
// What the checker allows.
constexpr double kLeastSeconds = 0.01;
constexpr double kMostSeconds = 600;
constexpr double kLeastMegabytes = 64;
constexpr double kMostMegabytes = 65536;
constexpr double kMegabyte = 1048576;

// True where a whole number may have been rounded: JSON readers keep 64 bits.
bool IsRounded(const json::value& value) {
  if (const json::array* list = value.if_array()) {
    return std::any_of(list->begin(), list->end(), IsRounded);
  }
  if (const json::object* object = value.if_object()) {
    return std::any_of(object->begin(), object->end(), [](const auto& entry) {
      return IsRounded(entry.value());
    });
  }
  const double* const number = value.if_double();
  return number != nullptr && std::abs(*number) >= kMostExact;
}

std::optional<std::string> Lines(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  const json::array* list = value.if_array();
  if (list == nullptr) return std::nullopt;
  std::string text;
  for (const json::value& line : *list) {
    if (line.is_structured()) return std::nullopt;
    text += line.is_string() ? std::string(line.get_string())
                             : json::serialize(line);
    text += '\n';
  }
  return text;
}

Wrong ArgumentLines(std::string_view text, json::array* arguments) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto argument = ParseJson(line);
    if (!argument) return "an argument of a test is not JSON";
    arguments->push_back(*std::move(argument));
  }
  return std::nullopt;
}

}  // namespace

std::optional<json::value> ParseJson(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxRecordDepth;
  json::error_code code;
  json::value value = json::parse(text, code, {}, options);
  if (code) return std::nullopt;
  return value;
}

std::string CallOf(const std::string& name, std::string_view starter) {
  const bool method = starter.find("class Solution") != std::string_view::npos;
  return method ? "Solution()." + name : name;
}

Wrong StreamTestOf(const json::value& input, const json::value& output,
                   json::object* test) {
  auto in = Lines(input);
  auto out = Lines(output);
  if (!in || !out) {
    return "the input and the output of a test must be text or lists of lines";
  }
  *test = {{"stdin", *std::move(in)}, {"stdout", *std::move(out)}};
  return std::nullopt;
}

Wrong CallTestOf(const std::string& call, const json::value& input,
                 const json::value& output, json::object* test) {
  json::array arguments;
  json::value returns = output;
  if (const json::string* text = input.if_string()) {
    if (auto wrong = ArgumentLines(*text, &arguments)) return wrong;
    if (output.is_string()) {
      auto value = ParseJson(output.get_string());
      if (!value) return "the \"output\" of a test is not JSON";
      returns = *std::move(value);
    }
  } else if (input.is_array()) {
    arguments = input.get_array();
  } else {
    return "the input of a test of a function must be a list of arguments";
  }
  if (IsRounded(returns) || IsRounded(arguments)) {
    return "a test has a number that needs more than 64 bits";
  }
  *test = {{"call", call},
           {"args", std::move(arguments)},
           {"returns", std::move(returns)}};
  return std::nullopt;
}

bool AsksForSomething(const json::array& tests) {
  return std::any_of(tests.begin(), tests.end(), [](const json::value& test) {
    const json::value* out = test.as_object().if_contains("stdout");
    return out == nullptr ||
           std::string_view(out->as_string())
                   .find_first_not_of(" \t\r\n\v\f") != std::string_view::npos;
  });
}

void MarkVisible(json::array* tests) {
  for (json::value& test : *tests) test.as_object()["visible"] = true;
}

void SetPythonCheck(json::array tests, json::object limits, Task* task) {
  if (tests.size() > kMaxSuiteTests) tests.resize(kMaxSuiteTests);
  json::object check{
      {"checker", "code"}, {"language", "python"}, {"tests", std::move(tests)}};
  if (!limits.empty()) check["limits"] = std::move(limits);
  task->checks = {std::move(check)};
}

void SetLimits(double seconds, double bytes, json::object* limits) {
  if (seconds > 0) {
    (*limits)["cpu_s"] = std::clamp(seconds, kLeastSeconds, kMostSeconds);
  }
  if (bytes > 0) {
    (*limits)["memory_mb"] = static_cast<std::int64_t>(std::clamp(
        std::ceil(bytes / kMegabyte), kLeastMegabytes, kMostMegabytes));
  }
}

FileResult<std::vector<Task>> ReadProblems(
    const std::string& path, std::initializer_list<std::string_view> ids,
    ReadProblem take, std::vector<std::string>* left_out) {
  std::vector<Task> tasks;
  auto error =
      ForEachRecord(path, [&](const json::object& record, std::size_t number) {
        Task task;
        for (const std::string_view id : ids) {
          if (task.id.empty()) task.id = OptionalText(record, id);
        }
        if (task.id.empty()) task.id = std::to_string(number);
        bool kept = false;
        auto wrong = take(record, &task, &kept);
        if (wrong) return wrong;
        if (kept) {
          tasks.push_back(std::move(task));
        } else if (left_out != nullptr) {
          left_out->push_back(task.id);
        }
        return wrong;
      });
  if (error) return *std::move(error);
  return tasks;
}

std::string WithStarter(std::string question, std::string_view starter) {
  if (starter.empty()) return question;
  return std::move(question) + "\n\nBegin with this code:\n```python\n" +
         std::string(starter) + "\n```";
}

}  // namespace datasets
