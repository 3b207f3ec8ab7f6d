#include "verifier/protocol/schema.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace verifier::protocol {
namespace {

namespace json = boost::json;

std::string_view TypeName(FieldType type) {
  switch (type) {
    case FieldType::kString:
      return "string";
    case FieldType::kWhole:
      return "integer";
    case FieldType::kNumber:
      return "number";
    case FieldType::kBoolean:
      return "boolean";
    case FieldType::kArray:
      return "array";
    case FieldType::kObject:
      break;
  }
  return "object";
}

// A bound as JSON: whole numbers without a point.
json::value Bound(double bound) {
  const auto whole = static_cast<std::int64_t>(bound);
  if (static_cast<double>(whole) == bound) return whole;
  return bound;
}

void AddBounds(const Field& field, const Limits& limits, json::object& schema) {
  const bool number =
      field.type == FieldType::kWhole || field.type == FieldType::kNumber;
  const bool array = field.type == FieldType::kArray;
  const char* const least = number  ? "minimum"
                            : array ? "minItems"
                                    : "minLength";
  const char* const most = number  ? "maximum"
                           : array ? "maxItems"
                                   : "maxLength";
  if (field.least > -kUnbounded) schema[least] = Bound(field.least);
  if (field.most < kUnbounded) schema[most] = Bound(field.most);
  if (field.limit.value == nullptr) return;
  const std::uint64_t limit = field.limit.value(limits);
  schema[most] = limit;
  schema["x-limit"] = {{"name", "limit." + std::string(field.limit.name)},
                       {"value", limit},
                       {"unit", field.limit.unit}};
}

json::object FieldSchema(const Field& field, const Limits& limits) {
  json::object schema;
  if (field.object != nullptr && field.nullable) {
    schema["anyOf"] = json::array{SchemaReference(field.object->name),
                                  json::object{{"type", "null"}}};
  } else if (field.object != nullptr) {
    schema = SchemaReference(field.object->name);
  } else if (field.nullable) {
    schema["type"] = json::array{TypeName(field.type), "null"};
  } else {
    schema["type"] = TypeName(field.type);
  }
  if (!field.help.empty()) schema["description"] = field.help;
  AddBounds(field, limits, schema);
  if (!field.choices.empty()) {
    schema["enum"] = json::array(field.choices.begin(), field.choices.end());
  }
  if (field.entries != nullptr) {
    schema["items"] = FieldSchema(*field.entries, limits);
  }
  if (!field.default_value.empty()) {
    schema["default"] = json::parse(field.default_value);
  }
  return schema;
}

void AddReferred(const Field& field, const Limits& limits,
                 json::object& schemas) {
  if (field.object != nullptr) AddSchemas(*field.object, limits, schemas);
  if (field.entries != nullptr) AddReferred(*field.entries, limits, schemas);
}

}  // namespace

json::object SchemaReference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

json::object SchemaOf(const ObjectType& type, const Limits& limits) {
  json::object properties;
  json::array required;
  for (const Field& field : type.fields) {
    properties[field.name] = FieldSchema(field, limits);
    if (field.required) required.emplace_back(field.name);
  }
  json::object schema{{"type", "object"}};
  if (!type.help.empty()) schema["description"] = type.help;
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  if (!type.allowed.empty()) schema["additionalProperties"] = false;
  if (!type.any_of.empty()) {
    json::array& any_of = schema["anyOf"].emplace_array();
    for (const std::string_view name : type.any_of) {
      any_of.push_back(json::object{{"required", json::array{name}}});
    }
  }
  return schema;
}

void AddSchemas(const ObjectType& type, const Limits& limits,
                json::object& schemas) {
  if (schemas.contains(type.name)) return;
  schemas[type.name] = nullptr;  // in its place, should it refer to itself
  for (const Field& field : type.fields) AddReferred(field, limits, schemas);
  schemas[type.name] = SchemaOf(type, limits);
}

}  // namespace verifier::protocol
