// The description of a request, the parser and the schema say the same.

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <string>

#include "verifier/protocol/equal_request.h"
#include "verifier/protocol/schema.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

json::object Schemas(const ObjectType& type, const Limits& limits = {}) {
  json::object schemas;
  AddSchemas(type, limits, schemas);
  return schemas;
}

const json::object& FieldOf(const json::object& schemas,
                            std::string_view object, std::string_view field) {
  return schemas.at(object).at("properties").at(field).as_object();
}

TEST(SchemaTest, NamesEveryObjectOnceAndRefersToIt) {
  const json::object schemas = Schemas(ScoreRequestType());
  ASSERT_EQ(schemas.size(), 3u);
  EXPECT_EQ(FieldOf(schemas, "ScoreRequest", "items").at("items"),
            json::value({{"$ref", "#/components/schemas/Item"}}));
  EXPECT_EQ(FieldOf(schemas, "Item", "checks").at("items"),
            json::value({{"$ref", "#/components/schemas/Check"}}));
  EXPECT_EQ(schemas.at("Item").at("additionalProperties"), false);
  EXPECT_EQ(schemas.at("Item").at("required"), json::value({"id", "response"}));
  EXPECT_EQ(json::serialize(schemas.at("Item").at("anyOf")),
            R"([{"required":["checks"]},{"required":["profile"]}])");
  // A check has the fields of its checker, too.
  EXPECT_FALSE(
      schemas.at("Check").as_object().contains("additionalProperties"));
}

TEST(SchemaTest, LimitsAreThoseOfTheService) {
  Limits limits;
  limits.id_bytes = 11;
  limits.deadline_ms = 12;
  limits.items = 14;
  limits.checks = 3;
  const json::object schemas = Schemas(ScoreRequestType(), limits);
  const json::object& id = FieldOf(schemas, "Item", "id");
  EXPECT_EQ(id.at("maxLength"), 11);
  EXPECT_EQ(json::serialize(id.at("x-limit")),
            R"({"name":"limit.id_bytes","value":11,"unit":"bytes"})");
  const json::object& deadline = FieldOf(schemas, "Item", "deadline_ms");
  EXPECT_EQ(deadline.at("minimum"), 1);
  EXPECT_EQ(deadline.at("maximum"), 12);
  EXPECT_EQ(deadline.at("default"), 10'000);
  EXPECT_EQ(FieldOf(schemas, "Item", "checks").at("maxItems"), 3);
  EXPECT_EQ(FieldOf(schemas, "Item", "checks").at("minItems"), 1);
  EXPECT_EQ(FieldOf(schemas, "ScoreRequest", "items").at("maxItems"), 14);
  EXPECT_EQ(FieldOf(schemas, "Check", "weight").at("minimum"), -1'000'000);
  const json::object equal = Schemas(EqualRequestType(), limits);
  EXPECT_EQ(FieldOf(equal, "EqualRequest", "pairs").at("maxItems"), 7);
  EXPECT_EQ(
      json::serialize(FieldOf(equal, "EqualRequest", "pairs").at("items")),
      R"({"type":"array","minItems":2,"maxItems":2,"items":{)"
      R"("type":"string","description":"Read as math reads a gold."}})");
}

// A value that the schema of a field allows, and one of another type.
json::value Allowed(const json::object& schema) {
  if (const json::value* standard = schema.if_contains("default")) {
    return *standard;
  }
  const json::string& type = schema.at("type").as_string();
  if (type == "string") return "x";
  if (type == "integer" || type == "number") return schema.at("minimum");
  if (type == "array") {
    return {{{"checker", "math"}, {"gold", "42"}}};
  }
  return json::object();
}

// Each field of an item as the schema has it is one that the parser takes.
TEST(SchemaTest, TheParserTakesWhatTheSchemaAllowsAndNothingElse) {
  const json::object schemas = Schemas(ScoreRequestType());
  json::object whole;
  for (const auto& field : schemas.at("Item").at("properties").as_object()) {
    whole[field.key()] = Allowed(field.value().as_object());
  }
  const Item item = ParseItem(whole);
  EXPECT_FALSE(item.error.has_value()) << item.error->pointer;

  std::set<std::string> required;
  for (const json::value& one : schemas.at("Item").at("required").as_array()) {
    required.insert(std::string(one.as_string()));
  }
  for (const auto& field : schemas.at("Item").at("properties").as_object()) {
    const std::string name(field.key());
    json::object without = whole;
    without.erase(name);
    EXPECT_EQ(ParseItem(without).error.has_value(), required.contains(name))
        << name;
    json::object other = whole;
    other[name] = nullptr;
    const Item bad = ParseItem(other);
    ASSERT_TRUE(bad.error.has_value()) << name;
    EXPECT_EQ(bad.error->pointer, "/" + name);
  }
  whole["extra"] = 1;
  EXPECT_TRUE(ParseItem(whole).error.has_value());
}

TEST(SchemaTest, DefaultsAreTheParsers) {
  const json::object schemas = Schemas(ScoreRequestType());
  const Item item;
  EXPECT_EQ(
      FieldOf(schemas, "Item", "template").at("default"),
      json::value(item.template_name.value_or(std::string(kDefaultTemplate))));
  EXPECT_EQ(FieldOf(schemas, "Item", "deadline_ms").at("default"),
            item.deadline.count());
  EXPECT_EQ(
      FieldOf(schemas, "Check", "weight").at("default").to_number<double>(),
      CheckSpec().weight.value_or(kDefaultWeight));
}

// What the description of an answer calls a field, the answer has, and no
// other.
TEST(SchemaTest, ResultsHaveTheFieldsThatAreDescribed) {
  ScoreResult result;
  result.checks.emplace_back();
  result.checks[0].evidence = "proved";
  result.checks[0].gate = "open";
  result.error.emplace("/id", "bad");
  const json::object schemas = Schemas(ScoreResponseType());
  const auto same = [&schemas](std::string_view object,
                               const json::object& written) {
    const json::object& fields =
        schemas.at(object).at("properties").as_object();
    EXPECT_EQ(fields.size(), written.size()) << object;
    for (const auto& member : written) {
      EXPECT_TRUE(fields.contains(member.key())) << member.key();
    }
  };
  const json::object written = ToJson(result);
  same("ScoreResult", written);
  same("CheckResult", written.at("checks").at(0).as_object());
  same("ItemError", written.at("error").as_object());
  EXPECT_EQ(schemas.at("ScoreResult").at("properties").at("reward").at("type"),
            json::value({"number", "null"}));
}

TEST(FieldReaderTest, ErrorsSayWhatIsAllowed) {
  struct Row {
    const char* text;
    const char* pointer;
    const char* detail;
  };
  constexpr const char* kChecks = R"("checks":[{"checker":"m"}])";
  for (
      const Row& row :
      {Row{R"({})", "/id", "required: a string"},
       Row{R"({"id":1})", "/id", "must be a string"},
       Row{R"({"id":"a","x":1})", "/x",
           "unknown field; an item has id, prompt, response, template, "
           "deadline_ms, profile and checks"},
       Row{R"({"id":"a","response":"r"})", "/checks",
           "required: an array of at least one check, or a profile"},
       Row{R"({"id":"a","response":"r","checks":[]})", "/checks",
           "must be an array of at least one check"},
       Row{R"({"id":"a","response":"r","profile":"p","checks":[]})", "/checks",
           "must be an array of at least one check"},
       Row{R"({"id":"a","response":"r","profile":""})", "/profile",
           "must not be empty"},
       Row{R"({"id":"a","response":"r","profile":1})", "/profile",
           "must be a string"},
       Row{R"({"id":"a","response":"r","checks":[{}]})", "/checks/0/checker",
           "required: the name of a checker"},
       Row{R"({"id":"a","response":"r","checks":[{"checker":"m","weight":2e6}]})",
           "/checks/0/weight", "must be a number from -1000000 to 1000000"},
       Row{R"({"id":"a","response":"r","deadline_ms":0,)", "/deadline_ms",
           "must be a whole number of milliseconds from 1 to 600000 "
           "(limit.deadline_ms)"}}) {
    std::string text = row.text;
    if (text.back() == ',') text += std::string(kChecks) + "}";
    const Item item = ParseItem(*ParseStrictJson(text));
    ASSERT_TRUE(item.error.has_value()) << text;
    EXPECT_EQ(item.error->pointer, row.pointer);
    EXPECT_EQ(item.error->detail, row.detail);
  }
}

}  // namespace
}  // namespace verifier::protocol
