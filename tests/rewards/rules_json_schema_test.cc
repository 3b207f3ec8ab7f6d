#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <string>
#include <string_view>

#include "rewards/rules/json_block.h"
#include "rewards/rules/json_compare.h"
#include "rewards/rules/json_schema.h"

namespace rewards::rules {
namespace {

namespace json = boost::json;
using Result = JsonSchema::Result;

struct Row {
  std::string_view name;
  std::string_view schema;
  std::string_view good;        // values that conform, an array
  std::string_view bad;         // and that do not
  std::string_view where = {};  // of the first bad one
};

class JsonSchemaTest : public testing::TestWithParam<Row> {};

TEST_P(JsonSchemaTest, Holds) {
  const Row& row = GetParam();
  JsonProblem problem;
  const auto schema = JsonSchema::Read(json::parse(row.schema), problem);
  ASSERT_TRUE(schema) << problem.pointer << ": " << problem.detail;
  const json::value good = json::parse(row.good);
  const json::value bad = json::parse(row.bad);
  for (const json::value& value : good.as_array()) {
    EXPECT_EQ(schema->Check(value, problem), Result::kConforms)
        << value << " " << problem.pointer << ": " << problem.detail;
  }
  for (std::size_t i = 0; i < bad.as_array().size(); ++i) {
    EXPECT_EQ(schema->Check(bad.at(i), problem), Result::kBroken) << bad.at(i);
    EXPECT_NE(problem.detail, "");
    if (i > 0) continue;
    EXPECT_EQ(problem.pointer, row.where);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, JsonSchemaTest,
    testing::Values(
        Row{"True", "true", R"([1, null])", "[]"},
        Row{"False", "false", "[]", "[1]"},
        Row{"Type", R"({"type": "integer"})", "[1, 1.0, -3]",
            R"([1.5, "1", null, true])"},
        Row{"Types", R"({"type": ["string", "null"]})", R"(["a", null])",
            "[1]"},
        Row{"Enum", R"({"enum": [1, "a", {"b": [1.0]}]})",
            R"([1.0, "a", {"b": [1]}])", R"([2, "A", {"b": [2]}, true])"},
        Row{"Const", R"({"const": {"a": 1, "b": 2}})", R"([{"b": 2, "a": 1}])",
            R"([{"a": 1}])"},
        Row{"Bounds", R"({"minimum": 1, "exclusiveMaximum": 3})",
            R"([1, 2.99, "x"])", "[0.99, 3]"},
        Row{"OpenBounds", R"({"exclusiveMinimum": 1, "maximum": 3})",
            "[1.1, 3]", "[1, 3.1]"},
        Row{"LargeNumbers", R"({"maximum": 9007199254740992})",
            "[9007199254740992]", "[9007199254740993, 18446744073709551615]"},
        Row{"Multiple", R"({"multipleOf": 0.1})", "[0.3, 1, -0.7]", "[0.35]"},
        Row{"WholeMultiple", R"({"multipleOf": 3})", "[9, 0, 9.0]", "[10]"},
        Row{"Length", R"({"minLength": 2, "maxLength": 3})", R"(["词词", 5])",
            R"(["a", "abcd"])"},
        Row{"Pattern", R"({"pattern": "^a.$"})", R"(["ab", 1])",
            R"(["b", "abc"])"},
        Row{"Items", R"({"items": {"type": "number"}, "minItems": 1,
                         "maxItems": 2})",
            R"([[1], [1, 2], "x"])", R"([[1, "a"], [], [1, 2, 3]])", "/1"},
        Row{"Prefix",
            R"({"prefixItems": [{"type": "number"}], "items": false})",
            "[[1], []]", R"([[1, 2], ["a"]])", "/1"},
        Row{"Unique", R"({"uniqueItems": true})",
            R"([[1, "1", [1], [2], {"a": 1}], []])",
            R"([[1, 2, 1.0], [{"a": 1, "b": 2}, {"b": 2, "a": 1}]])"},
        Row{"Contains", R"({"contains": {"const": 1}})", "[[2, 1]]",
            "[[2], []]"},
        Row{"ContainsCounted",
            R"({"contains": {"const": 1}, "minContains": 2, "maxContains": 3})",
            "[[1, 1], [1, 1, 1]]", "[[1], [1, 1, 1, 1]]"},
        Row{"ContainsNone", R"({"contains": {"const": 1}, "minContains": 0})",
            "[[], [2]]", "[]"},
        Row{"Properties",
            R"({"properties": {"a/b": {"type": "string"}},
                "required": ["a/b"], "additionalProperties": false})",
            R"([{"a/b": "x"}, 7])", R"([{"a/b": 1}, {}, {"a/b": "x", "c": 1}])",
            "/a~1b"},
        Row{"PatternProperties",
            R"({"patternProperties": {"^n_": {"type": "number"}},
                "additionalProperties": {"type": "string"}})",
            R"([{"n_a": 1, "x": "y"}])", R"([{"n_a": "x"}, {"x": 1}])", "/n_a"},
        Row{"PropertyNames", R"({"propertyNames": {"maxLength": 1}})",
            R"([{"a": 1}])", R"([{"ab": 1}])", "/ab"},
        Row{"PropertyCounts", R"({"minProperties": 1, "maxProperties": 1})",
            R"([{"a": 1}])", R"([{}, {"a": 1, "b": 1}])"},
        Row{"Dependent",
            R"({"dependentRequired": {"a": ["b"]},
                "dependentSchemas": {"c": {"required": ["d"]}}})",
            R"([{"a": 1, "b": 1}, {"c": 1, "d": 1}, {}])",
            R"([{"a": 1}, {"c": 1}])"},
        Row{"AllOf", R"({"allOf": [{"minimum": 1}, {"maximum": 2}]})", "[1, 2]",
            "[0, 3]"},
        Row{"AnyOf", R"({"anyOf": [{"minimum": 5}, {"type": "string"}]})",
            R"(["a", 5])", "[1]"},
        Row{"OneOf", R"({"oneOf": [{"minimum": 1}, {"maximum": 5}]})", "[0, 6]",
            "[3]"},
        Row{"Not", R"({"not": {"type": "string"}})", "[1]", R"(["a"])"},
        Row{"If",
            R"({"if": {"type": "string"}, "then": {"minLength": 2},
                "else": {"minimum": 3}})",
            R"(["ab", 3])", R"(["a", 2])"},
        Row{"Reference",
            R"({"$defs": {"node": {"type": "object", "required": ["v"],
                 "properties": {"next": {"$ref": "#/$defs/node"}}}},
                "$ref": "#/$defs/node"})",
            R"([{"v": 1, "next": {"v": 2}}])",
            R"([{"v": 1, "next": {"next": {}}}])", "/next"},
        Row{"Recursion",
            R"({"type": ["array", "number"], "items": {"$ref": "#"}})",
            "[1, [1, [2, []]]]", R"([[1, ["x"]]])", "/1/0"},
        Row{"Annotations",
            R"({"title": "t", "description": "d", "examples": [1],
                "default": 1, "$comment": "c", "$schema": "s"})",
            "[1]", "[]"}),
    [](const auto& test) { return std::string(test.param.name); });

struct BadSchema {
  std::string_view schema;
  std::string_view pointer;
};

TEST(JsonSchemaRead, RefusesWhatIsNotHeld) {
  for (const BadSchema& row : {
           BadSchema{"1", ""},
           {R"({"format": "email"})", "/format"},
           {R"({"unevaluatedProperties": false})", "/unevaluatedProperties"},
           {R"({"properties": {"a": {"typ": "string"}}})", "/properties/a/typ"},
           {R"({"type": "int"})", "/type"},
           {R"({"type": []})", "/type"},
           {R"({"minLength": -1})", "/minLength"},
           {R"({"minLength": 1.5})", "/minLength"},
           {R"({"multipleOf": 0})", "/multipleOf"},
           {R"({"pattern": "("})", "/pattern"},
           {R"x({"pattern": "a(?=b)"})x", "/pattern"},
           {R"({"patternProperties": {"(": true}})", "/patternProperties/("},
           {R"({"required": "a"})", "/required"},
           {R"({"anyOf": []})", "/anyOf"},
           {R"({"anyOf": [1]})", "/anyOf/0"},
           {R"({"items": [true]})", "/items"},
           {R"({"enum": 1})", "/enum"},
           {R"({"uniqueItems": 1})", "/uniqueItems"},
           {R"({"$ref": "http://x/y"})", "/$ref"},
           {R"({"$ref": "#/$defs/none"})", "/$ref"},
           {R"({"$ref": "#/title", "title": "t"})", "/$ref"},
           {R"({"$ref": "#"})", ""},
           {R"({"allOf": [{"not": {"$ref": "#"}}]})", ""},
           {R"({"dependentRequired": {"a": "b"}})", "/dependentRequired"},
       }) {
    JsonProblem problem;
    EXPECT_FALSE(JsonSchema::Read(json::parse(row.schema), problem))
        << row.schema;
    EXPECT_EQ(problem.pointer, row.pointer) << row.schema;
    EXPECT_NE(problem.detail, "");
  }
}

TEST(JsonSchemaLimits, Subschemas) {
  const auto schema = [](std::size_t count) {
    return json::value{{"allOf", json::array(count, json::value(true))}};
  };
  JsonProblem problem;
  EXPECT_TRUE(JsonSchema::Read(schema(kMaxSubschemas - 1), problem));
  EXPECT_FALSE(JsonSchema::Read(schema(kMaxSubschemas), problem));
}

// Each level doubles: what would take 2^64 steps ends, and earns nothing.
TEST(JsonSchemaLimits, Steps) {
  JsonProblem problem;
  const auto schema = JsonSchema::Read(
      json::parse(R"({"items": {"oneOf": [{"$ref": "#"}, {"$ref": "#"}]}})"),
      problem);
  ASSERT_TRUE(schema);
  json::value deep = json::array();
  for (int i = 0; i < 60; ++i) deep = json::array{deep};
  EXPECT_EQ(schema->Check(deep, problem), Result::kExhausted);
  const auto contrary = JsonSchema::Read(
      json::parse(R"({"not": {"$ref": "#/$defs/a"}, "$defs": {"a": {"items":
          {"anyOf": [{"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"},
                                false]},
                     {"$ref": "#/$defs/a"}]}}}})"),
      problem);
  ASSERT_TRUE(contrary);
  EXPECT_NE(contrary->Check(deep, problem), Result::kConforms);
}

TEST(JsonCompare, NumbersAreExact) {
  const auto order = [](std::string_view a, std::string_view b) {
    const int forth = CompareNumbers(json::parse(a), json::parse(b));
    const int back = CompareNumbers(json::parse(b), json::parse(a));
    EXPECT_EQ(forth<0, back> 0) << a << " " << b;
    return forth < 0 ? -1 : (forth > 0 ? 1 : 0);
  };
  EXPECT_EQ(order("1", "1.0"), 0);
  EXPECT_EQ(order("-0.0", "0"), 0);
  EXPECT_EQ(order("-1", "0.5"), -1);
  EXPECT_EQ(order("-1", "-0.5"), -1);
  EXPECT_EQ(order("-1", "-1.5"), 1);
  EXPECT_EQ(order("9007199254740993", "9007199254740992.0"), 1);
  EXPECT_EQ(order("18446744073709551615", "18446744073709551616.0"), -1);
  EXPECT_EQ(order("-9223372036854775808", "-9223372036854775808.0"), 0);
  EXPECT_EQ(order("-9223372036854775808", "18446744073709551615"), -1);
}

TEST(JsonBlock, IsTheWholeOrAFence) {
  EXPECT_EQ(FindJson(" {\"a\": 1}\n"), "{\"a\": 1}");
  EXPECT_EQ(FindJson("Here:\n```json\n{\"a\": 1}\n```\nDone."), "{\"a\": 1}");
  EXPECT_EQ(FindJson("```\n1\n```\n```json\n2\n```\n```python\n3\n```"), "2");
  EXPECT_EQ(FindJson("```JSON\n1\n```"), "1");
  EXPECT_EQ(FindJson("```\n1\n```\ntext\n```\n2\n```"), "2");
  EXPECT_EQ(FindJson("```json\n{\"a\": 1}"), "```json\n{\"a\": 1}");
  EXPECT_EQ(FindJson("so {\"a\": 1}"), "so {\"a\": 1}");
}

TEST(JsonBlock, ReadsJsonAndNothingElse) {
  for (const char* bad : {"", "{", "{'a': 1}", "NaN", "1e999", "[1,]", "1 2",
                          "{\"a\": [1e999]}", "// c\n1"}) {
    EXPECT_FALSE(ReadJson(bad)) << bad;
  }
  const auto deep = [](std::size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
  };
  EXPECT_TRUE(ReadJson(deep(kMaxJsonDepth)));
  EXPECT_FALSE(ReadJson(deep(kMaxJsonDepth + 1)));
}

}  // namespace
}  // namespace rewards::rules
