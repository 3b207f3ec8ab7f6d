#include "datasets/suites/code_suites.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"
#include "datasets/suites/code_tests.h"

namespace datasets {
namespace {

namespace json = boost::json;

// The strings of the array at `key`.
Wrong ReadStrings(const json::object& record, std::string_view key,
                  std::vector<std::string>* strings) {
  const json::value* value = record.if_contains(key);
  const json::array* array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) return '"' + std::string(key) + "\" must be an array";
  for (const json::value& one : *array) {
    if (!one.is_string()) {
      return '"' + std::string(key) + "\" must hold strings";
    }
    strings->emplace_back(one.get_string());
  }
  return std::nullopt;
}

// The harness, behind what the prompt defines before the function that is asked
// for: a test that compares by such a helper must not take the answer's.
std::string WithHelpers(std::string_view prompt, const std::string& entry,
                        std::string_view harness) {
  const std::string function = "\ndef " + entry + "(";
  const std::string text = "\n" + std::string(prompt);
  const std::string head = text.substr(0, text.find(function));
  if (head.size() == text.size() || head.find("\ndef ") == std::string::npos) {
    return std::string(harness);
  }
  return head.substr(1) + "\n" + std::string(harness);
}

Wrong TakeHumanEval(const json::object& record, Task* task) {
  std::string error;
  const auto prompt = RequiredString(record, "prompt", &error);
  const auto entry =
      prompt ? RequiredString(record, "entry_point", &error) : std::nullopt;
  const auto test =
      entry ? RequiredString(record, "test", &error) : std::nullopt;
  if (!test) return error;
  task->question = *prompt;
  SetPythonCheck({json::object{{"harness", WithHelpers(*prompt, *entry, *test)},
                               {"entry_point", *entry}}},
                 {}, task);
  return std::nullopt;
}

// The harness calls check(NAME) at its end; nothing else may follow.
Wrong TakeHumanEvalX(const json::object& record, Task* task) {
  std::string error;
  const auto prompt = RequiredString(record, "prompt", &error);
  const auto test =
      prompt ? RequiredString(record, "test", &error) : std::nullopt;
  if (!test) return error;
  constexpr std::string_view kCall = "\ncheck(";
  const std::size_t call = test->rfind(kCall);
  const std::size_t close =
      call == std::string::npos ? call : test->find(')', call);
  if (close == std::string::npos ||
      test->find_first_not_of(" \t\r\n", close + 1) != std::string::npos) {
    return "\"test\" must end with a call of check";
  }
  const std::size_t name = call + kCall.size();
  const std::string entry = test->substr(name, close - name);
  task->question = *prompt;
  SetPythonCheck(
      {json::object{
          {"harness", WithHelpers(*prompt, entry, test->substr(0, call + 1))},
          {"entry_point", entry}}},
      {}, task);
  return std::nullopt;
}

Wrong TakeMbpp(const json::object& record, Task* task) {
  const bool sanitized = record.contains("prompt");
  std::string error;
  const auto text =
      RequiredString(record, sanitized ? "prompt" : "text", &error);
  if (!text) return error;
  std::vector<std::string> asserts;
  if (auto wrong = ReadStrings(record, "test_list", &asserts)) return wrong;
  if (asserts.empty()) return "\"test_list\" is empty";
  std::string setup = OptionalText(record, "test_setup_code");
  if (sanitized) {
    std::vector<std::string> imports;
    if (auto wrong = ReadStrings(record, "test_imports", &imports)) {
      return wrong;
    }
    for (const std::string& line : imports) setup += line + '\n';
  }
  task->question = *text + " Your code should pass these tests:\n";
  json::array tests;
  for (const std::string& one : asserts) {
    task->question += '\n' + one;
    json::object test{{"assert", one}};
    if (!setup.empty()) test["setup"] = setup;
    tests.push_back(std::move(test));
  }
  SetPythonCheck(std::move(tests), {}, task);
  return std::nullopt;
}

using TakeTask = Wrong (*)(const json::object&, Task*);

Tasks ReadTasks(const std::string& path, TakeTask take) {
  std::vector<Task> tasks;
  auto error =
      ForEachRecord(path, [&](const json::object& record, std::size_t number) {
        Task& task = tasks.emplace_back();
        task.id = OptionalText(record, "task_id");
        if (task.id.empty()) task.id = std::to_string(number);
        return take(record, &task);
      });
  if (error) return *std::move(error);
  return tasks;
}

}  // namespace

Tasks ReadHumanEval(const std::string& path) {
  return ReadTasks(path, TakeHumanEval);
}

Tasks ReadHumanEvalX(const std::string& path) {
  return ReadTasks(path, TakeHumanEvalX);
}

Tasks ReadMbpp(const std::string& path) { return ReadTasks(path, TakeMbpp); }

}  // namespace datasets
