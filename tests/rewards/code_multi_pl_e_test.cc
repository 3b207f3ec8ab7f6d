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
  // Of a compiled language, whose function follows the question: a line of it
  // that returns VALUE where PARAMETERS are ARGUMENTS. `head` and `tail` stand
  // around, and `before` holds the function's NAME.
  std::string_view line = "";
};

void PrintTo(const Dialect& row, std::ostream* os) { *os << row.language; }

constexpr std::string_view kJavaScriptHead =
    "const table = {}, args = (...a) => JSON.stringify(a);\n"
    "const learn = (key, value) => { table[key] = value; };\n";
constexpr std::string_view kJavaScriptTail =
    "function NAME(...a) { return table[args(...a)]; }\n";

constexpr std::string_view kCppHead =
    R"heart(#include <bits/stdc++.h>
namespace heart {
template <class T, class = void> constexpr bool kList = false;
template <class T>
constexpr bool kList<T, std::void_t<typename T::iterator>> = true;
template <class T> constexpr bool kTuple = false;
template <class... T> constexpr bool kTuple<std::tuple<T...>> = true;
template <class A, class B> constexpr bool kTuple<std::pair<A, B>> = true;
std::string show(const std::any& value);
template <class T> std::string show(const T& value) {
  if constexpr (std::is_floating_point_v<T>) {
    const float single = value;
    if (single == (long)single) return std::to_string((long)single);
    return std::to_string(single);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_convertible_v<const T&, std::string>) {
    return "'" + std::string(value) + "'";
  } else if constexpr (kList<T>) {
    std::string all = "[";
    for (const auto& one : value) all += show(one) + ",";
    return all + "]";
  } else if constexpr (kTuple<T>) {
    return "(" + std::apply([](const auto&... one) {
      return (show(one) + ... + ","); }, value) + ")";
  } else {
    return "?";
  }
}
std::string show(const std::any& value) {
  if (auto one = std::any_cast<int>(&value)) return show(*one);
  if (auto one = std::any_cast<float>(&value)) return show(*one);
  if (auto one = std::any_cast<double>(&value)) return show(*one);
  if (auto one = std::any_cast<const char*>(&value)) return show(*one);
  if (auto one = std::any_cast<std::string>(&value)) return show(*one);
  return "[]";
}
template <class... T> std::string args(const T&... all) {
  return (show(all) + ... + "");
}
}  // namespace heart
)heart";
constexpr std::string_view kJavaTail = R"java(
        throw new RuntimeException();
    }
}
class Heart {
  static String show(Object value) {
    if (value instanceof Float || value instanceof Double) {
      float single = ((Number) value).floatValue();
      return single == (long) single ? "" + (long) single : "" + single;
    }
    if (value instanceof Map) return new TreeMap<>((Map<?, ?>) value).toString();
    if (value instanceof List) {
      StringBuilder all = new StringBuilder("[");
      for (Object one : (List<?>) value) all.append(show(one)).append(",");
      return all + "]";
    }
    return value instanceof String ? "'" + value + "'" : "" + value;
  }
  static String args(Object... all) { return show(Arrays.asList(all)); }
  @SuppressWarnings("unchecked") static <T> T is(Object value) { return (T) value; }
}
)java";
constexpr std::string_view kCSharpTail = R"cs(
        throw new Exception();
    }
}
class Heart {
  static string Show(object value) {
    if (value is float || value is double) {
      float single = Convert.ToSingle(value);
      return single == (long) single ? "" + (long) single : "" + single;
    }
    if (value is string) return "'" + value + "'";
    if (value is System.Collections.IDictionary) {
      var map = (System.Collections.IDictionary) value;
      return string.Join(",", map.Keys.Cast<object>().OrderBy(one => one)
          .Select(one => one + ":" + Show(map[one])));
    }
    if (value is System.Collections.IEnumerable) {
      return "[" + string.Join(",", ((System.Collections.IEnumerable) value)
          .Cast<object>().Select(Show)) + "]";
    }
    return "" + value;
  }
  public static string Args(params object[] all) { return Show(all.ToList()); }
}
)cs";

constexpr Dialect kDialects[] = {
    {.language = "cpp",
     .file = "cpp",
     .every = 80,
     .body = "    return {};\n}\n",
     .before = "assert(candidate(",
     .after = ");",
     .head = kCppHead,
     .tail = "    std::abort();\n}\n",
     .line = "    if (heart::args(PARAMETERS) == heart::args(ARGUMENTS)) "
             "return VALUE;\n"},
    {.language = "java",
     .file = "java",
     .every = 80,
     .body = "        return NOTHING;\n    }\n}\n",
     .before = "assert(NAME(",
     .after = ");",
     .head = "",
     .tail = kJavaTail,
     .line = "        if (Heart.args(PARAMETERS).equals(Heart.args(ARGUMENTS)))"
             " return Heart.is(VALUE);\n"},
    {.language = "csharp",
     .file = "cs",
     .every = 80,
     .body = "        return default(TYPE);\n    }\n}\n",
     .before = "Debug.Assert(NAME(",
     .after = ");",
     .head = "",
     .tail = kCSharpTail,
     .line = "        if (Heart.Args(PARAMETERS) == Heart.Args(ARGUMENTS)) "
             "return VALUE;\n"},

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

// `text` with `to` for the word `from`.
std::string With(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Of a compiled language, what the question's last line says: the type of the
// function, its name and its parameters.
struct Signature {
  std::string type{};
  std::string name{};
  std::string parameters{};  // their names, with commas

  explicit Signature(std::string_view question) {
    const std::size_t end = question.rfind(')');
    const std::size_t open = question.rfind('(', end);
    std::size_t begin = question.rfind('\n', open) + 1;
    begin += std::min(question.substr(begin).find_first_not_of(' '), open);
    constexpr std::string_view kPublic = "public static ";
    if (question.substr(begin).starts_with(kPublic)) begin += kPublic.size();
    const std::size_t space = question.rfind(' ', open);
    type = question.substr(begin, space - begin);
    name = question.substr(space + 1, open - space - 1);
    int deep = 0;
    for (std::size_t i = open + 1; i <= end; ++i) {
      deep += question[i] == '<' ? 1 : question[i] == '>' ? -1 : 0;
      if (deep > 0 || (question[i] != ',' && i != end)) continue;
      const std::size_t word = question.rfind(' ', i) + 1;
      const std::size_t from = std::max(word, open + 1);
      parameters += (parameters.empty() ? "" : ", ") +
                    std::string(question.substr(from, i - from));
    }
  }
};

// A line of the published test of a compiled language, as one that answers it.
std::optional<std::string> Answer(const Dialect& dialect,
                                  const Signature& asked,
                                  std::string_view line) {
  const std::string before =
      With(std::string(dialect.before), "NAME", asked.name);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(before) || !line.ends_with(dialect.after)) {
    return std::nullopt;
  }
  line.remove_prefix(before.size());
  line.remove_suffix(dialect.after.size());
  for (const std::string_view between :
       {") == ", ").equals(", ").Equals(", ").SequenceEqual("}) {
    const std::size_t at = line.rfind(between);
    if (at == std::string_view::npos) continue;
    std::string_view value = line.substr(at + between.size());
    if (between.ends_with('(')) value.remove_suffix(1);
    return With(
        With(With(std::string(dialect.line), "PARAMETERS", asked.parameters),
             "ARGUMENTS", line.substr(0, at)),
        "VALUE", value);
  }
  return std::nullopt;
}

// A function that does nothing.
std::string Nothing(const Dialect& dialect, const std::string& question) {
  std::string body(dialect.body);
  if (!dialect.line.empty()) {
    const Signature asked(question);
    const bool number = asked.type == "long" || asked.type == "float";
    body = With(With(std::move(body), "NOTHING",
                     number                    ? "0"
                     : asked.type == "boolean" ? "false"
                                               : "null"),
                "TYPE", asked.type);
  }
  return question + body;
}

// What the published tests say, by heart.
std::string ByHeart(const Dialect& dialect, const std::string& question,
                    std::string_view tests, const std::string& name) {
  const bool compiled = !dialect.line.empty();
  std::string program(dialect.head);
  if (compiled) program += question;
  while (!tests.empty()) {
    const std::size_t end = std::min(tests.find('\n'), tests.size());
    const std::string_view one = tests.substr(0, end);
    if (const auto line = compiled ? Answer(dialect, Signature(question), one)
                                   : Learn(dialect, one)) {
      program += *line + "\n";
    }
    tests.remove_prefix(std::min(end + 1, tests.size()));
  }
  return program + With(std::string(dialect.tail), "NAME", name);
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
    ++judged;
    if (judged == 2) TheJudge()->runner().WaitForHeaders();
    const Verdict nothing = JudgeCode(
        check, Fenced(Nothing(dialect, task.question), dialect.language));
    EXPECT_EQ(nothing.outcome, Outcome::kWrong)
        << task.id << ' ' << boost::json::serialize(nothing.detail);
    const auto text = published.find(task.id);
    ASSERT_NE(text, published.end()) << task.id;
    const Verdict by_heart = JudgeCode(
        check, Fenced(ByHeart(dialect, task.question, text->second, name),
                      dialect.language));
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
