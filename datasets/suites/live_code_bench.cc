#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/code_tests.h"
#include "datasets/suites/pickled_string.h"

namespace datasets {
namespace {

namespace json = boost::json;

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
      if (auto wrong = CallTestOf(call, json::string(*input),
                                  json::string(*output), &test)) {
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
  task->question = WithStarter(*std::move(question), starter);
  json::array tests;
  for (const std::string_view key :
       {"public_test_cases", "private_test_cases"}) {
    if (auto wrong = AddTestsOf(record, key, call, &tests)) return wrong;
    if (key == "public_test_cases") MarkVisible(&tests);
  }
  if (tests.empty()) return "has no tests";
  SetPythonCheck(std::move(tests), {}, task);
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
