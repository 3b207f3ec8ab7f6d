#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/code_tests.h"

namespace datasets {
namespace {

namespace json = boost::json;

Wrong Named(std::string_view key, const char* what) {
  return '"' + std::string(key) + "\" " + what;
}

// {"input": [...], "output": [...]}.
Wrong AddLists(std::string_view key, const json::object& lists,
               json::array* tests) {
  const json::value* in = lists.if_contains("input");
  const json::value* out = lists.if_contains("output");
  if (in == nullptr || out == nullptr || !in->is_array() || !out->is_array() ||
      in->get_array().size() != out->get_array().size()) {
    return Named(key, "must have \"input\" and \"output\" of one length");
  }
  for (std::size_t i = 0; i < in->get_array().size(); ++i) {
    json::object test;
    if (auto wrong =
            StreamTestOf(in->get_array()[i], out->get_array()[i], &test)) {
      return wrong;
    }
    tests->push_back(std::move(test));
  }
  return std::nullopt;
}

// As lists of inputs and outputs, or one object a test.
Wrong AddTests(const json::object& record, std::string_view key,
               json::array* tests) {
  const json::value* value = record.if_contains(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_object()) return AddLists(key, value->get_object(), tests);
  if (!value->is_array()) return Named(key, "must be an object or an array");
  for (const json::value& one : value->get_array()) {
    const json::object* pair = one.if_object();
    std::string error;
    const auto in =
        pair ? RequiredString(*pair, "input", &error) : std::nullopt;
    const auto out =
        in ? RequiredString(*pair, "output", &error) : std::nullopt;
    if (!out) return Named(key, "must hold objects with input and output");
    tests->push_back(json::object{{"stdin", *in}, {"stdout", *out}});
  }
  return std::nullopt;
}

double NumberAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<double>()
                                                : 0;
}

json::object LimitsOf(const json::object& record) {
  double seconds = NumberAt(record, "time_limit");
  const json::value* time = record.if_contains("time_limit");
  if (time != nullptr && time->is_object()) {
    seconds = NumberAt(time->get_object(), "seconds") +
              NumberAt(time->get_object(), "nanos") * 1e-9;
  }
  json::object limits;
  SetLimits(seconds, NumberAt(record, "memory_limit_bytes"), &limits);
  return limits;
}

// `kept`: whether it is one of standard input and output, with tests.
Wrong ProblemOf(const json::object& record, Task* task, bool* kept) {
  std::string error;
  auto description = RequiredString(record, "description", &error);
  if (!description) return error;
  json::array tests;
  for (const std::string_view key :
       {"public_tests", "private_tests", "generated_tests"}) {
    if (auto wrong = AddTests(record, key, &tests)) return wrong;
    if (key == "public_tests") MarkVisible(&tests);
  }
  *kept = AsksForSomething(tests) &&
          OptionalText(record, "input_file").empty() &&
          OptionalText(record, "output_file").empty();
  if (!*kept) return std::nullopt;
  task->question = *std::move(description);
  SetPythonCheck(std::move(tests), LimitsOf(record), task);
  return std::nullopt;
}

}  // namespace

Tasks ReadCodeContests(const std::string& path) {
  return ReadProblems(path, {"name"}, ProblemOf);
}

}  // namespace datasets
