#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/code_tests.h"

namespace datasets {
namespace {

namespace json = boost::json;

// The number that "2.0 seconds" begins with; 0 where there is none.
double LeadingNumber(const std::string& text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::object LimitsOf(const json::object& record) {
  const std::string time = OptionalText(record, "time_limit");
  const std::string memory = OptionalText(record, "memory_limit");
  const double bytes = LeadingNumber(memory) *
                       (memory.find("giga") != std::string::npos   ? 1 << 30
                        : memory.find("kilo") != std::string::npos ? 1 << 10
                                                                   : 1 << 20);
  json::object limits;
  SetLimits(LeadingNumber(time), bytes, &limits);
  return limits;
}

// The tests of functions of most problems have what is returned in a list of
// its own, those of the others do not. It is taken off where every test has it.
bool IsWrapped(const json::array& outputs) {
  return std::all_of(outputs.begin(), outputs.end(), [](const auto& output) {
    return output.is_array() && output.get_array().size() == 1;
  });
}

Wrong AddTests(const json::object& cases, const std::string& starter,
               json::array* tests) {
  const json::value* inputs = cases.if_contains("inputs");
  const json::value* outputs = cases.if_contains("outputs");
  if (inputs == nullptr || outputs == nullptr || !inputs->is_array() ||
      !outputs->is_array() ||
      inputs->get_array().size() != outputs->get_array().size()) {
    return "\"input_output\" must have \"inputs\" and \"outputs\", arrays of "
           "one length";
  }
  const json::array& in = inputs->get_array();
  const json::array& out = outputs->get_array();
  const std::string name = OptionalText(cases, "fn_name");
  const bool wrapped = !name.empty() && IsWrapped(out);
  for (std::size_t i = 0; i < in.size(); ++i) {
    json::object test;
    auto wrong =
        name.empty()
            ? StreamTestOf(in[i], out[i], &test)
            : CallTestOf(CallOf(name, starter), in[i],
                         wrapped ? out[i].get_array()[0] : out[i], &test);
    if (wrong) return wrong;
    tests->push_back(std::move(test));
  }
  return std::nullopt;
}

// The object at `input_output`, or in its text. Null: there are no tests.
Wrong CasesOf(const json::object& record, json::value* cases) {
  const json::value* value = record.if_contains("input_output");
  if (value == nullptr) return "\"input_output\" must be there";
  *cases = *value;
  if (const json::string* text = value->if_string()) {
    *cases = nullptr;
    if (text->empty()) return std::nullopt;
    auto parsed = ParseJson(*text);
    if (parsed) *cases = *std::move(parsed);
  }
  if (cases->is_object()) return std::nullopt;
  return "\"input_output\" must be the JSON of an object";
}

// `kept`: whether anything tests it.
Wrong ProblemOf(const json::object& record, Task* task, bool* kept) {
  std::string error;
  auto question = RequiredString(record, "question", &error);
  if (!question) return error;
  json::value cases;
  if (auto wrong = CasesOf(record, &cases)) return wrong;
  if (cases.is_null()) return std::nullopt;
  const std::string starter = OptionalText(record, "starter_code");
  json::array tests;
  if (auto wrong = AddTests(cases.get_object(), starter, &tests)) return wrong;
  *kept = AsksForSomething(tests);
  if (!*kept) return std::nullopt;
  task->question = WithStarter(*std::move(question), starter);
  SetPythonCheck(std::move(tests), LimitsOf(record), task);
  return std::nullopt;
}

}  // namespace

Tasks ReadApps(const std::string& path) {
  return ReadProblems(path, {"problem_id", "id"}, ProblemOf);
}

}  // namespace datasets
