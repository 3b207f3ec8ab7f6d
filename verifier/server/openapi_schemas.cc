#include "verifier/server/openapi_schemas.h"

#include <boost/json/array.hpp>
#include <string>
#include <utility>

#include "verifier/engine/describe.h"
#include "verifier/engine/execute.h"
#include "verifier/protocol/equal_request.h"
#include "verifier/protocol/execute_request.h"
#include "verifier/protocol/execute_result.h"
#include "verifier/protocol/schema.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"
#include "verifier/server/problem.h"

namespace verifier::server {
namespace {

namespace json = boost::json;

// The member `key`, an object, made where it is not there.
json::object& Member(json::object& object, std::string_view key) {
  json::value& value = object[key];
  if (!value.is_object()) value.emplace_object();
  return value.get_object();
}

// What a check of `checker` looks like: the fields that every check has, and
// those of the checker.
json::object CheckOf(const rewards::Checker& checker,
                     const json::object& every_check) {
  json::object schema = checker.schema();
  json::object properties = every_check.at("properties").as_object();
  properties["checker"] = {{"const", checker.name()}};
  for (auto& member : Member(schema, "properties")) {
    properties[member.key()] = std::move(member.value());
  }
  json::array required{"checker"};
  const json::value* wanted = schema.if_contains("required");
  if (wanted != nullptr && wanted->is_array()) {
    for (const json::value& one : wanted->get_array()) required.push_back(one);
  }
  schema["type"] = "object";
  schema["description"] = checker.summary();
  schema["properties"] = std::move(properties);
  schema["required"] = std::move(required);
  return schema;
}

void AddChecks(const engine::Registry& registry, json::object& schemas) {
  const json::object every_check = schemas["Check"].as_object();
  json::array one_of;
  json::object mapping;
  for (const auto& checker : registry.checkers()) {
    const std::string name = "Check." + std::string(checker->name());
    schemas[name] = CheckOf(*checker, every_check);
    one_of.push_back(protocol::SchemaReference(name));
    mapping[checker->name()] = "#/components/schemas/" + name;
  }
  schemas["Check"] = {
      {"description", every_check.at("description")},
      {"oneOf", std::move(one_of)},
      {"discriminator",
       {{"propertyName", "checker"}, {"mapping", std::move(mapping)}}}};
}

// The profiles that this service has; without any, an item has checks.
void AddProfiles(const engine::Registry& registry, json::object& schemas) {
  json::object& item = schemas["Item"].as_object();
  json::object& fields = item.at("properties").as_object();
  if (registry.profiles().empty()) {
    fields.erase("profile");
    item.erase("anyOf");
    item["required"].as_array().emplace_back("checks");
    return;
  }
  json::array& names = fields["profile"].as_object()["enum"].emplace_array();
  for (const auto& one : registry.profiles()) names.emplace_back(one.name);
}

void AddTemplates(const engine::Registry& registry, json::object& schemas) {
  json::object& field =
      schemas["Item"].at("properties").at("template").as_object();
  json::array& names = field["enum"].emplace_array();
  for (const std::string_view name : registry.templates().names()) {
    names.emplace_back(name);
  }
}

// The policy of /v1/equal is that of the checker math.
void AddPolicy(json::object& schemas) {
  const json::value* math = schemas.if_contains("Check.math");
  if (math == nullptr) return;
  const json::object& fields = math->at("properties").as_object();
  if (const json::value* policy = fields.if_contains("policy")) {
    schemas["EqualRequest"].at("properties").as_object()["policy"] = *policy;
  }
}

// What only the engine knows of a program, and what a field cannot say.
void AddPrograms(json::object& schemas) {
  json::object& request = schemas["ExecuteRequest"].as_object();
  json::object& fields = request["properties"].as_object();
  const auto names = engine::LanguageNames();
  fields["language"].as_object()["enum"] =
      json::array(names.begin(), names.end());
  fields["limits"] = engine::RunLimitsSchema();
  const auto one_of = [](std::string_view one, std::string_view other) {
    return json::array{json::object{{"required", json::array{one}}},
                       json::object{{"required", json::array{other}}}};
  };
  request["oneOf"] = one_of("code", "files");
  schemas["ExecuteFile"].as_object()["oneOf"] = one_of("content", "base64");
}

}  // namespace

json::object OpenApiSchemas(const engine::Registry& registry,
                            const protocol::Limits& limits) {
  json::object schemas;
  for (const protocol::ObjectType* type :
       {&protocol::ScoreRequestType(), &protocol::ScoreResponseType(),
        &protocol::StreamEndType(), &protocol::EqualRequestType(),
        &protocol::EqualResponseType(), &protocol::ExecuteRequestType(),
        &protocol::ExecuteResponseType(), &engine::CheckersType(),
        &ProblemObject()}) {
    protocol::AddSchemas(*type, limits, schemas);
  }
  AddChecks(registry, schemas);
  AddTemplates(registry, schemas);
  AddProfiles(registry, schemas);
  AddPolicy(schemas);
  AddPrograms(schemas);
  return schemas;
}

}  // namespace verifier::server
