// The published tests of HumanEval in other languages, which come without
// solutions: a function without a body passes none of them, and one that knows
// by heart what they expect, in the constants of its own language, passes all.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "datasets/record.h"
#include "datasets/suites/suite.h"
#include "sandbox/language.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::object;

// How a language's assertions are written, and a program that learns from them.
struct Dialect {
  std::string_view language;  // of the check
  std::string_view file;
  // Of so many problems one, as some take their time to start;
  // ASSAY_EVERY_PROBLEM: all.
  std::size_t every;
  std::string_view body;  // of a function that does nothing
  std::string_view before;
  std::string_view between = "";  // empty: "),", as in a call
  std::string_view after;
  std::string_view head;  // defines `learn`
  std::string_view tail;  // defines NAME by what was learned
};

void PrintTo(const Dialect& row, std::ostream* os) { *os << row.language; }

constexpr std::string_view kJavaScriptHead =
    "const table = {}, args = (...a) => JSON.stringify(a);\n"
    "const learn = (key, value) => { table[key] = value; };\n";
constexpr std::string_view kJavaScriptTail =
    "function NAME(...a) { return table[args(...a)]; }\n";

constexpr Dialect kDialects[] = {
    {.language = "javascript",
     .file = "js",
     .every = 8,
     .body = "}\n",
     .before = "assert.deepEqual(candidate(",
     .after = ");",
     .head = kJavaScriptHead,
     .tail = kJavaScriptTail},
    {.language = "typescript",
     .file = "ts",
     .every = 32,
     .body = "}\n",
     .before = "assert.deepEqual(candidate(",
     .after = ");",
     .head = kJavaScriptHead,
     .tail = kJavaScriptTail},
    {.language = "php",
     .file = "php",
     .every = 4,
     .body = "}\n",
     .before = "if (candidate(",
     .between = ") !== ",
     .after = ") { throw new Exception(\"Test failed!\"); }",
     .head = "<?php\n$table = [];\n"
             "function args(...$a) { return serialize($a); }\n"
             "function learn($key, $value) { global $table; "
             "$table[$key] = $value; }\n",
     .tail = "function NAME(...$a) { global $table; "
             "return $table[args(...$a)]; }\n"},
    {.language = "bash",
     .file = "sh",
     .every = 8,
     .body = "  :\n}\n",
     .before = "[[ $(candidate",
     .between = ") = ",
     .after = " ]]",
     .head = "declare -A table\nargs() { printf '%q ' \"$@\"; }\n"
             "learn() { local value=$1; shift; "
             "table[\"x$(args \"$@\")\"]=$value; }\n",
     .tail = "NAME() { printf '%s' \"${table[\"x$(args \"$@\")\"]}\"; }\n"},
};

// A line of the published test as a call of `learn`; none: it asserts nothing.
std::optional<std::string> Learn(const Dialect& dialect,
                                 std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(dialect.before) || !line.ends_with(dialect.after)) {
    return std::nullopt;
  }
  line.remove_prefix(dialect.before.size());
  line.remove_suffix(dialect.after.size());
  std::string arguments(line);
  if (dialect.between.empty()) return "learn(args(" + arguments + ");";
  const std::size_t at = line.rfind(dialect.between);
  if (at == std::string_view::npos) return std::nullopt;
  arguments.resize(at);
  const std::string value(line.substr(at + dialect.between.size()));
  if (dialect.language == "bash") return "learn " + value + " " + arguments;
  return "learn(args(" + arguments + "), " + value + ");";
}

// What the published tests say, by heart.
std::string ByHeart(const Dialect& dialect, std::string_view tests,
                    const std::string& name) {
  std::string program(dialect.head);
  while (!tests.empty()) {
    const std::size_t end = std::min(tests.find('\n'), tests.size());
    if (const auto line = Learn(dialect, tests.substr(0, end))) {
      program += *line + "\n";
    }
    tests.remove_prefix(std::min(end + 1, tests.size()));
  }
  std::string tail(dialect.tail);
  return program + tail.replace(tail.find("NAME"), 4, name);
}

class CodeMultiPlE : public testing::TestWithParam<Dialect> {};

TEST_P(CodeMultiPlE, PaysForWhatIsExpectedAlone) {
  const Dialect& dialect = GetParam();
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  if (const auto missing =
          sandbox::MissingTool(*sandbox::FindLanguage(dialect.language));
      !missing.empty()) {
    std::cout << "off: " << missing << " is not there\n";
    return;
  }
  const std::string path = std::string(data) +
                           "/data/code/humaneval_mul/humaneval-" +
                           std::string(dialect.file) + ".jsonl.gz";
  std::map<std::string, std::string> published;
  ASSERT_EQ(datasets::ForEachRecord(
                path,
                [&](const object& record, std::size_t) {
                  published[datasets::OptionalText(record, "name")] =
                      datasets::OptionalText(record, "tests");
                  return std::nullopt;
                }),
            std::nullopt);
  const auto tasks =
      datasets::ReadSuite(*datasets::FindSuite("multipl_e"), path);
  ASSERT_TRUE(tasks) << tasks.error().ToString();
  // No program may define what PHP has.
  const std::set<std::string> impossible = dialect.language == "php"
                                               ? std::set<std::string>{"strlen"}
                                               : std::set<std::string>();
  std::size_t judged = 0;
  const std::size_t step =
      std::getenv("ASSAY_EVERY_PROBLEM") != nullptr ? 1 : dialect.every;
  for (std::size_t i = 0; i < tasks->size(); i += step) {
    const datasets::Task& task = (*tasks)[i];
    object check = task.checks.at(0).as_object();
    check.erase("checker");
    check["limits"] = {{"cpu_s", 10}, {"wall_s", 60}};
    const std::string name(
        check.at("tests").at(0).at("call").as_string().c_str());
    if (impossible.contains(name)) continue;
    ++judged;
    const Verdict nothing = JudgeCode(
        check,
        Fenced(task.question + std::string(dialect.body), dialect.language));
    EXPECT_EQ(nothing.outcome, Outcome::kWrong)
        << task.id << ' ' << boost::json::serialize(nothing.detail);
    const auto text = published.find(task.id);
    ASSERT_NE(text, published.end()) << task.id;
    const Verdict by_heart = JudgeCode(
        check, Fenced(ByHeart(dialect, text->second, name), dialect.language));
    EXPECT_EQ(by_heart.outcome, Outcome::kCorrect)
        << task.id << ' ' << boost::json::serialize(by_heart.detail);
  }
  std::cout << judged << " of " << tasks->size() << " problems\n";
  EXPECT_GT(judged, 0U);
}

INSTANTIATE_TEST_SUITE_P(Published, CodeMultiPlE, testing::ValuesIn(kDialects),
                         [](const auto& test) {
                           return std::string(test.param.language);
                         });

}  // namespace
}  // namespace rewards
