#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "datasets/record.h"
#include "datasets/suites/code_literal.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/code_tests.h"

namespace datasets {
namespace {

namespace json = boost::json;
using Family = LiteralFamily;

// How a language's tests are written: `assertion` [name "("] arguments ")", one
// of `equals`, a value, ")" where that opened one, and `end`.
struct Dialect {
  std::string_view language;  // of the record
  std::string_view name;      // of the check
  Family family;
  std::string_view assertion;
  std::array<std::string_view, 3> equals;
  std::string_view end;
  // Where the function is named; empty: each assertion names it.
  std::string_view name_before;
  std::string_view name_after;
  std::string_view holder;  // before the function's name in a call
};

constexpr std::array kDialects = {
    Dialect{"cpp",
            "cpp",
            Family::kCpp,
            "assert(candidate(",
            {"=="},
            ");",
            "auto candidate = ",
            ";",
            ""},
    Dialect{"cs",
            "csharp",
            Family::kCSharp,
            "Debug.Assert(",
            {"==", ".Equals(", ".SequenceEqual("},
            ");",
            "",
            "",
            "Problem."},
    Dialect{"java",
            "java",
            Family::kJava,
            "assert(",
            {"==", ".equals("},
            ");",
            "",
            "",
            "Problem."},
    Dialect{"js",
            "javascript",
            Family::kJavaScript,
            "assert.deepEqual(candidate(",
            {","},
            ");",
            "let candidate = ",
            ";",
            ""},
    Dialect{"php",
            "php",
            Family::kPhp,
            "if (candidate(",
            {"!=="},
            ") { throw new Exception(\"Test failed!\"); }",
            "function candidate(...$args) {\n    return ",
            "(...$args);",
            ""},
    Dialect{"sh",
            "bash",
            Family::kShell,
            "[[ $(candidate",
            {"="},
            "]]",
            "candidate() {\n    ",
            "\"$@\"",
            ""},
    Dialect{"ts",
            "typescript",
            Family::kJavaScript,
            "assert.deepEqual(candidate(",
            {","},
            ");",
            "let candidate = ",
            ";",
            ""},
};

// What else stands around the assertions.
constexpr std::array<std::string_view, 12> kFrame = {
    "}",
    "int main() {",
    "public static void Main(string[] args) {",
    "public static void main(String[] args) {",
    "const assert = require('node:assert');",
    "declare var require: any;",
    "function test() {",
    "function test(): void {",
    "test();",
    "set -e",
    "run_test() {",
    "run_test",
};

const Dialect* FindDialect(std::string_view language) {
  for (const Dialect& dialect : kDialects) {
    if (dialect.language == language) return &dialect;
  }
  return nullptr;
}

template <std::size_t kCount>
std::string_view TakeAny(const std::array<std::string_view, kCount>& words,
                         LiteralReader* reader) {
  for (const std::string_view word : words) {
    if (!word.empty() && reader->Take(word)) return word;
  }
  return {};
}

// The arguments and ")". Those of a shell have space between them.
std::optional<json::array> Arguments(const Dialect& dialect,
                                     LiteralReader* reader) {
  if (dialect.family != Family::kShell) return reader->List(")");
  json::array words;
  while (!reader->Take(")")) {
    auto word = reader->Value();
    if (!word) return std::nullopt;
    words.push_back(*std::move(word));
  }
  return words;
}

// What follows `assertion`, as a test.
std::optional<json::object> Assertion(const Dialect& dialect,
                                      std::string_view function,
                                      LiteralReader* reader) {
  if (dialect.name_before.empty()) {
    function = reader->Name();
    if (!reader->Take("(")) return std::nullopt;
  }
  if (function.empty()) return std::nullopt;
  auto arguments = Arguments(dialect, reader);
  if (!arguments) return std::nullopt;
  const std::string_view equal = TakeAny(dialect.equals, reader);
  if (equal.empty()) return std::nullopt;
  auto value = reader->Value();
  if (!value || (equal.ends_with('(') && !reader->Take(")")) ||
      !reader->Take(dialect.end)) {
    return std::nullopt;
  }
  return json::object{
      {"call", std::string(dialect.holder) + std::string(function)},
      {"args", *std::move(arguments)},
      {"returns", *std::move(value)}};
}

// Nothing where anything but the frame and assertions of constants is there.
std::optional<json::array> ReadTests(const Dialect& dialect,
                                     std::string_view text) {
  LiteralReader reader(text, dialect.family);
  std::string_view function;
  json::array tests;
  while (!reader.AtEnd()) {
    if (reader.Take(dialect.assertion)) {
      auto test = Assertion(dialect, function, &reader);
      if (!test) return std::nullopt;
      tests.push_back(*std::move(test));
    } else if (!dialect.name_before.empty() &&
               reader.Take(dialect.name_before)) {
      function = reader.Name();
      if (!reader.Take(dialect.name_after)) return std::nullopt;
    } else if (TakeAny(kFrame, &reader).empty()) {
      return std::nullopt;
    }
  }
  if (tests.empty()) return std::nullopt;
  return tests;
}

// What no answer can pass: a union of C++ does not say what it holds, and what
// PHP has itself no program may define.
bool IsImpossible(const Dialect& dialect, std::string_view prompt) {
  constexpr auto kNone = std::string_view::npos;
  return (dialect.name == "cpp" && prompt.find("\nunion ") != kNone) ||
         (dialect.name == "php" && prompt.find("\nfunction strlen(") != kNone);
}

Wrong TakeStops(const json::object& record, Task* task) {
  const json::value* value = record.if_contains("stop_tokens");
  const json::array* stops = value == nullptr ? nullptr : value->if_array();
  if (stops == nullptr) return "\"stop_tokens\" must be an array";
  for (const json::value& stop : *stops) {
    if (!stop.is_string()) return "\"stop_tokens\" must hold strings";
    task->stops.emplace_back(stop.get_string());
  }
  return std::nullopt;
}

// `kept`: whether its tests could be read, and passed by an answer.
Wrong ProblemOf(const json::object& record, Task* task, bool* kept) {
  std::string error;
  const auto language = RequiredString(record, "language", &error);
  auto prompt =
      language ? RequiredString(record, "prompt", &error) : std::nullopt;
  const auto text =
      prompt ? RequiredString(record, "tests", &error) : std::nullopt;
  if (!text) return error;
  const Dialect* dialect = FindDialect(*language);
  if (dialect == nullptr) {
    return "\"language\" must be one of cpp, cs, java, js, php, sh and ts";
  }
  if (auto wrong = TakeStops(record, task)) return wrong;
  task->question = *std::move(prompt);
  auto tests = ReadTests(*dialect, *text);
  *kept = tests.has_value() && !IsImpossible(*dialect, task->question);
  if (!*kept) return std::nullopt;
  task->checks = {json::object{{"checker", "code"},
                               {"language", dialect->name},
                               {"tests", *std::move(tests)}}};
  return std::nullopt;
}

}  // namespace

Tasks ReadMultiPlE(const std::string& path,
                   std::vector<std::string>* left_out) {
  return ReadProblems(path, {"name"}, ProblemOf, left_out);
}

}  // namespace datasets
