// The parts of a plugin that need no process: what is believed and what is not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>
#include <vector>

#include "rewards/plugin/parameter_schema.h"
#include "rewards/plugin/plugin_command.h"
#include "rewards/plugin/plugin_log.h"
#include "rewards/plugin/plugin_protocol.h"
#include "tests/rewards/plugin_fixture.h"

namespace rewards::plugin {
namespace {

using ::testing::HasSubstr;

boost::json::object Object(std::string_view text) {
  return boost::json::parse(boost::json::string_view(text)).as_object();
}

// --- answers

struct Answer {
  const char* line;
  const char* error;  // none: it is believed
  Outcome outcome = Outcome::kNotJudged;
};

constexpr Answer kAnswers[] = {
    {R"({"id":"7","score":1})", nullptr, Outcome::kCorrect},
    {R"({"id":"7","score":1.0})", nullptr, Outcome::kCorrect},
    {R"({"id":"7","score":0})", nullptr, Outcome::kWrong},
    {R"({"id":"7","score":-0.0})", nullptr, Outcome::kWrong},
    {R"({"id":"7","score":5e-324})", nullptr, Outcome::kPartial},
    {R"({"id":"7","score":0.9999999999999999})", nullptr, Outcome::kPartial},
    {R"({"id":"7","score":0,"outcome":"unreadable"})", nullptr,
     Outcome::kUnreadable},
    {R"({"id":"7","score":0,"outcome":"timeout"})", nullptr, Outcome::kTimeout},
    {R"({"id":"7","score":0,"outcome":"violation"})", nullptr,
     Outcome::kViolation},
    {R"({"id":"7","score":null,"outcome":"not_judged"})", nullptr,
     Outcome::kNotJudged},
    {R"( {"score" : 1, "id" : "7", "detail": {}} )", nullptr,
     Outcome::kCorrect},
    {"", "ends too early"},
    {"null", "no JSON object"},
    {R"({"id":"7"})", "\"score\" is missing"},
    {R"({"score":1})", "\"id\" is not that of the item"},
    {R"({"id":7,"score":1})", "\"id\""},
    {R"({"id":"8","score":1})", "\"id\""},
    {R"({"id":"7","score":1.0000000000000002})", "from 0 to 1"},
    {R"({"id":"7","score":-5e-324})", "from 0 to 1"},
    {R"({"id":"7","score":true})", "from 0 to 1"},
    {R"({"id":"7","score":"1"})", "from 0 to 1"},
    {R"({"id":"7","score":NaN})", "syntax"},
    {R"({"id":"7","score":1e999})", "range of a double"},
    {R"({"id":"7","score":null})", "only with the outcome"},
    {R"({"id":"7","score":null,"outcome":"wrong"})", "only with the outcome"},
    {R"({"id":"7","score":1,"outcome":"not_judged"})", "does not go with"},
    {R"({"id":"7","score":1,"outcome":"unreadable"})", "does not go with"},
    {R"({"id":"7","score":0.5,"outcome":"correct"})", "does not go with"},
    {R"({"id":"7","score":0,"outcome":"wonderful"})", "does not go with"},
    {R"({"id":"7","score":0,"outcome":1})", "\"outcome\" must be a string"},
    {R"({"id":"7","score":1,"score":0})", "duplicate key"},
    {R"({"id":"7","score":1,"detail":1})", "\"detail\" must be an object"},
    {R"({"id":"7","score":1,"extra":1})", "unknown key \"extra\""},
    {R"({"id":"7","score":1} {})", "text after"},
    {"<html>", "syntax"},
};

TEST(PluginProtocolTest, AnAnswerIsBelievedWhereItFitsToTheLetter) {
  for (const Answer& row : kAnswers) {
    std::string error;
    const auto verdict = ReadAnswer(row.line, "7", StrictReader(), error);
    if (row.error != nullptr) {
      EXPECT_FALSE(verdict.has_value()) << row.line;
      EXPECT_THAT(error, HasSubstr(row.error)) << row.line;
    } else {
      ASSERT_TRUE(verdict.has_value()) << row.line << ": " << error;
      EXPECT_EQ(verdict->outcome, row.outcome) << row.line;
      EXPECT_EQ(Score(*verdict).has_value(),
                row.outcome != Outcome::kNotJudged);
    }
  }
}

TEST(PluginProtocolTest, DetailHasALimit) {
  const std::string before = R"({"id":"7","score":1,"detail":{"a":")";
  const std::size_t room = kMostDetailBytes - std::string(R"({"a":""})").size();
  std::string error;
  for (const std::size_t over : {0, 1}) {
    const std::string line = before + std::string(room + over, 'x') + "\"}}";
    EXPECT_EQ(ReadAnswer(line, "7", StrictReader(), error).has_value(),
              over == 0)
        << error;
  }
}

// --- descriptions

TEST(PluginProtocolTest, ADescriptionNamesWhatIsWrong) {
  const std::string good =
      R"({"assay_plugin":1,"version":"1","summary":"s","schema":{"type":"object"}})";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {good, ""},
      {R"({"assay_plugin":1,"name":"n","version":"1","summary":"s","schema":{"type":"object"}})",
       ""},
      {R"({"version":"1","summary":"s","schema":{"type":"object"}})",
       "\"assay_plugin\" must be 1"},
      {R"({"assay_plugin":"1","version":"1","summary":"s","schema":{"type":"object"}})",
       "\"assay_plugin\" must be 1"},
      {R"({"assay_plugin":1,"summary":"s","schema":{"type":"object"}})",
       "\"version\" must be a string of 1 to 64"},
      {R"({"assay_plugin":1,"version":"","summary":"s","schema":{"type":"object"}})",
       "\"version\""},
      {R"({"assay_plugin":1,"version":"1","schema":{"type":"object"}})",
       "\"summary\""},
      {R"({"assay_plugin":1,"version":"1","summary":"s"})", "\"schema\""},
      {R"({"assay_plugin":1,"version":"1","summary":"s","schema":{}})",
       "its type must be object"},
      {R"({"assay_plugin":1,"version":"1","summary":"s","shema":{},"schema":{"type":"object"}})",
       "unknown key \"shema\""},
  };
  for (const auto& [line, wanted] : rows) {
    std::string error;
    const auto read = ReadDescription(line, StrictReader(), error);
    EXPECT_EQ(read.has_value(), wanted.empty()) << line;
    EXPECT_THAT(error, HasSubstr(wanted)) << line;
  }
}

// --- schemas

TEST(ParameterSchemaTest, SaysWhatIsNoSchema) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"type":"object"})", ""},
      {R"({"type":"object","properties":{"a":{},"b":true}})", ""},
      {R"({"type":"array"})", "its type must be object"},
      {R"({"type":"object","properties":[]})", "/properties must be an object"},
      {R"({"type":"object","properties":{"weight":{}}})", "has a weight"},
      {R"({"type":"object","properties":{"checker":{}}})", "has a checker"},
      {R"({"type":"object","properties":{"a":{"type":"int"}}})",
       "/properties/a/type"},
      {R"({"type":"object","properties":{"a":{"type":["string","nil"]}}})",
       "/properties/a/type"},
      {R"({"type":"object","properties":{"a":{"minimum":"1"}}})",
       "/properties/a/minimum"},
      {R"({"type":"object","properties":{"a":{"enum":[]}}})",
       "/properties/a/enum"},
      {R"({"type":"object","properties":{"a":{"items":{"type":"x"}}}})",
       "/properties/a/items/type"},
      {R"({"type":"object","required":["a",1]})", "/required"},
      {R"({"type":"object","additionalProperties":1})",
       "/additionalProperties"},
  };
  for (const auto& [schema, wanted] : rows) {
    const std::string problem = SchemaProblem(Object(schema));
    EXPECT_EQ(problem.empty(), wanted.empty()) << schema << problem;
    EXPECT_THAT(problem, HasSubstr(wanted)) << schema;
  }
}

TEST(ParameterSchemaTest, NamesTheParameterThatBreaksIt) {
  const boost::json::object schema = Object(R"({
    "type": "object", "required": ["n"],
    "properties": {
      "n": {"type": "integer", "minimum": 1, "maximum": 3},
      "x": {"type": "number"},
      "s": {"type": "string", "minLength": 2, "maxLength": 3},
      "e": {"enum": ["a", 1, null]},
      "c": {"const": 1},
      "l": {"type": "array", "items": {"type": "boolean"}, "minItems": 1,
            "maxItems": 2},
      "o": {"type": "object", "properties": {"k": {"type": "null"}},
            "additionalProperties": false, "required": ["k"]},
      "m": {"type": "object", "additionalProperties": {"type": "integer"}},
      "f": {"type": "object"},
      "t": {"type": ["string", "null"]}}})");
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"n":1})", ""},
      {R"({"n":3.0})", ""},
      {R"({})", "/n"},
      {R"({"n":0})", "/n"},
      {R"({"n":4})", "/n"},
      {R"({"n":1.5})", "/n"},
      {R"({"n":"1"})", "/n"},
      {R"({"n":1,"nn":1})", "/nn"},
      {R"({"n":1,"x":2})", ""},
      {R"({"n":1,"s":"\u00e9\u00e9\u00e9"})", ""},
      {R"({"n":1,"s":"a"})", "/s"},
      {R"({"n":1,"s":"abcd"})", "/s"},
      {R"({"n":1,"e":1.0})", ""},
      {R"({"n":1,"e":null})", ""},
      {R"({"n":1,"e":"b"})", "/e"},
      {R"({"n":1,"c":2})", "/c"},
      {R"({"n":1,"l":[true,false]})", ""},
      {R"({"n":1,"l":[]})", "/l"},
      {R"({"n":1,"l":[true,true,true]})", "/l"},
      {R"({"n":1,"l":[true,1]})", "/l/1"},
      {R"({"n":1,"o":{"k":null}})", ""},
      {R"({"n":1,"o":{}})", "/o/k"},
      {R"({"n":1,"o":{"k":null,"a/b":1}})", "/o/a~1b"},
      {R"({"n":1,"m":{"any":1}})", ""},
      {R"({"n":1,"m":{"any":"1"}})", "/m/any"},
      {R"({"n":1,"f":{"free":1}})", ""},
      {R"({"n":1,"t":null})", ""},
      {R"({"n":1,"t":1})", "/t"},
  };
  for (const auto& [params, pointer] : rows) {
    const auto error = CheckParameters(schema, Object(params));
    EXPECT_EQ(error ? error->pointer : "", pointer) << params;
  }
}

TEST(ParameterSchemaTest, IsOpenWhereItSaysSo) {
  const auto open = Object(R"({"type":"object","additionalProperties":true})");
  EXPECT_FALSE(CheckParameters(open, Object(R"({"any": 1})")));
  const auto closed = Object(R"({"type":"object"})");
  EXPECT_TRUE(CheckParameters(closed, Object(R"({"any": 1})")));
}

// --- declarations

TEST(PluginCommandTest, OptionsHaveLimits) {
  using std::chrono::milliseconds;
  const PluginOptions good = Hostile({});
  EXPECT_EQ(OptionsProblem(good), "");
  const auto with = [&good](auto change) {
    PluginOptions options = good;
    change(options);
    return OptionsProblem(options);
  };
  for (const char* name : {"", "A", "1a", "a b", "a.b", "-a"}) {
    EXPECT_THAT(with([&](auto& o) { o.name = name; }), HasSubstr("name:"));
  }
  const auto named = [&with](std::size_t size) {
    return with([&](auto& o) { o.name = std::string(size, 'a'); });
  };
  EXPECT_EQ(named(kMostPluginName), "");
  EXPECT_NE(named(kMostPluginName + 1), "");
  EXPECT_EQ(with([](auto& o) { o.pool = kMostPool; }), "");
  EXPECT_NE(with([](auto& o) { o.pool = kMostPool + 1; }), "");
  EXPECT_NE(with([](auto& o) { o.pool = 0; }), "");
  EXPECT_NE(with([](auto& o) { o.command = {}; }), "");
  EXPECT_NE(with([](auto& o) { o.command = {""}; }), "");
  EXPECT_NE(with([](auto& o) { o.deadline = milliseconds(0); }), "");
  EXPECT_NE(with([](auto& o) { o.start_timeout = milliseconds(-1); }), "");
  EXPECT_NE(with([](auto& o) { o.folders = {"relative"}; }), "");
}

TEST(PluginCommandTest, FindsTheProgramAndItsScript) {
  PluginOptions options = Hostile({"-x", "argument"});
  PluginCommand command;
  ASSERT_EQ(ResolveCommand(options, command), "");
  EXPECT_TRUE(command.program.ends_with("/python3")) << command.program;
  EXPECT_THAT(
      command.arguments,
      ::testing::ElementsAre(ASSAY_PLUGINS "/hostile.py", "-x", "argument"));
  options.jailed = true;
  ASSERT_EQ(ResolveCommand(options, command), "");
  EXPECT_TRUE(command.program.ends_with("/assay-jail"));
  EXPECT_THAT(
      command.arguments,
      ::testing::ElementsAre("--ro", ASSAY_PLUGINS, "--memory", "536870912",
                             "--processes", "1", "--", ::testing::_,
                             ASSAY_PLUGINS "/hostile.py", "-x", "argument"));
  options.command = {"no-such-program"};
  EXPECT_EQ(ResolveCommand(options, command),
            "command: there is no program no-such-program");
  options.command = {ASSAY_PLUGINS "/hostile.py"};
  EXPECT_THAT(ResolveCommand(options, command),
              HasSubstr("may not be executed"));
}

// --- the log

TEST(PluginLogTest, ShowsNothingThatATerminalWouldDo) {
  EXPECT_EQ(LogText("a\x1b[31m\t\x7f z"), "a?[31m?? z");
  EXPECT_EQ(LogText("\u00e9\u4e2d\U0001F600"), "\u00e9\u4e2d\U0001F600");
  EXPECT_EQ(LogText("\xc2\x9b"
                    "1\xff\xe4\xb8"),
            "??1???");
}

TEST(PluginLogTest, PassesOnSoManyLinesAndCountsTheRest) {
  std::vector<std::string> lines;
  PluginLog log("p",
                [&lines](const std::string& line) { lines.push_back(line); });
  for (std::size_t i = 0; i <= kMostLogLines; ++i) log.Quote("x");
  EXPECT_EQ(lines.size(), kMostLogLines);
  log.Tell("started");  // counted apart
  EXPECT_EQ(lines.back(), "plugin p started");
  log.Quote(std::string(5'000, 'y'));
  EXPECT_EQ(lines.size(), kMostLogLines + 1);
}

TEST(PluginLogTest, CutsALongLine) {
  std::string got;
  PluginLog log("p", [&got](const std::string& line) { got = line; });
  log.Quote(std::string(kMostLogLineBytes + 1, 'y'));
  EXPECT_EQ(got, "plugin p: " + std::string(kMostLogLineBytes, 'y'));
}

}  // namespace
}  // namespace rewards::plugin
