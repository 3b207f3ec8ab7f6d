#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/pickled_string.h"

namespace datasets {
namespace {

namespace json = boost::json;
using Wrong = std::optional<std::string>;

json::parse_options Options() {
  json::parse_options options;
  options.max_depth = kMaxRecordDepth;
  return options;
}

std::optional<json::value> ParseJson(std::string_view text) {
  json::error_code code;
  json::value value = json::parse(text, code, {}, Options());
  if (code) return std::nullopt;
  return value;
}

// What one calls to test a function: `Solution().NAME` where the starter code
// has a class, as LeetCode has it.
std::string CallOf(const std::string& name, const std::string& starter) {
  const bool method = starter.find("class Solution") != std::string::npos;
  return method ? "Solution()." + name : name;
}

// A test of a function: an argument a line, each JSON.
Wrong FunctionTest(const std::string& call, std::string_view input,
                   std::string_view output, json::object* test) {
  json::array arguments;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto argument = ParseJson(line);
    if (!argument) return "an argument of a test is not JSON";
    arguments.push_back(*std::move(argument));
  }
  auto returns = ParseJson(output);
  if (!returns) return "the \"output\" of a test is not JSON";
  *test = {{"call", call},
           {"args", std::move(arguments)},
           {"returns", *std::move(returns)}};
  return std::nullopt;
}

// Adds the tests that `text` is the JSON of; `call`: of tests of a function.
Wrong AddTests(std::string_view text, const std::string& call,
               json::array* tests) {
  const auto value = ParseJson(text);
  const json::array* cases = value ? value->if_array() : nullptr;
  if (cases == nullptr) return "is not the JSON of an array";
  for (const json::value& one : *cases) {
    const json::object* record = one.if_object();
    if (record == nullptr) return "must hold objects";
    std::string error;
    const auto input = RequiredString(*record, "input", &error);
    const auto output =
        input ? RequiredString(*record, "output", &error) : std::nullopt;
    if (!output) return error;
    json::object test;
    if (OptionalText(*record, "testtype") == "functional") {
      if (call.empty()) return "has a functional test without a func_name";
      if (auto wrong = FunctionTest(call, *input, *output, &test)) {
        return wrong;
      }
    } else {
      test = {{"stdin", *input}, {"stdout", *output}};
    }
    tests->push_back(std::move(test));
  }
  return std::nullopt;
}

Wrong AddTestsOf(const json::object& record, std::string_view key,
                 const std::string& call, json::array* tests) {
  std::string error;
  auto text = RequiredString(record, key, &error);
  if (!text) return error;
  if (!text->empty() && text->find_first_of("[{") != 0) {
    text = UnpackTests(*text);
    if (!text) {
      return '"' + std::string(key) +
             "\" is neither JSON nor base64 of zlib of a pickled string";
    }
  }
  const auto wrong = AddTests(*text, call, tests);
  if (wrong) return '"' + std::string(key) + "\" " + *wrong;
  return std::nullopt;
}

Wrong TakeProblem(const json::object& record, Task* task) {
  std::string error;
  auto question = RequiredString(record, "question_content", &error);
  if (!question) return error;
  const std::string starter = OptionalText(record, "starter_code");
  const auto metadata = ParseJson(OptionalText(record, "metadata"));
  std::string call;
  if (metadata && metadata->is_object()) {
    const std::string name = OptionalText(metadata->get_object(), "func_name");
    if (!name.empty()) call = CallOf(name, starter);
  }
  task->question = *std::move(question);
  if (!starter.empty()) {
    task->question +=
        "\n\nBegin with this code:\n```python\n" + starter + "\n```";
  }
  json::array tests;
  for (const std::string_view key :
       {"public_test_cases", "private_test_cases"}) {
    if (auto wrong = AddTestsOf(record, key, call, &tests)) return wrong;
  }
  if (tests.empty()) return "has no tests";
  task->checks = {json::object{{"checker", "code"},
                               {"language", "python"},
                               {"tests", std::move(tests)}}};
  return std::nullopt;
}

}  // namespace

Tasks ReadLiveCodeBench(const std::string& path) {
  std::vector<Task> tasks;
  auto error =
      ForEachRecord(path, [&](const json::object& record, std::size_t number) {
        Task& task = tasks.emplace_back();
        task.id = OptionalText(record, "question_id");
        if (task.id.empty()) task.id = std::to_string(number);
        return TakeProblem(record, &task);
      });
  if (error) return *std::move(error);
  return tasks;
}

}  // namespace datasets
