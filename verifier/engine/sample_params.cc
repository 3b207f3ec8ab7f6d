#include "verifier/engine/sample_params.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace verifier::engine {
namespace {

namespace json = boost::json;

// The first of the array at `key`, or null.
const json::value* First(const json::object& schema, std::string_view key) {
  const json::value* array = schema.if_contains(key);
  return array != nullptr && array->is_array() && !array->get_array().empty()
             ? &array->get_array().front()
             : nullptr;
}

std::size_t Size(const json::object& schema, std::string_view key) {
  const json::value* size = schema.if_contains(key);
  return size != nullptr && size->is_int64() && size->get_int64() > 0
             ? static_cast<std::size_t>(size->get_int64())
             : 0;
}

json::value Sample(const json::object& schema);

json::object SampleObject(const json::object& schema) {
  json::object sample;
  const json::value* properties = schema.if_contains("properties");
  const json::value* required = schema.if_contains("required");
  if (required == nullptr || !required->is_array()) return sample;
  for (const json::value& name : required->get_array()) {
    if (!name.is_string()) continue;
    const json::value* property =
        properties != nullptr && properties->is_object()
            ? properties->get_object().if_contains(name.get_string())
            : nullptr;
    const bool known = property != nullptr && property->is_object();
    sample[name.get_string()] =
        known ? Sample(property->get_object()) : json::value("a");
  }
  return sample;
}

json::value SampleOf(std::string_view type, const json::object& schema) {
  if (type == "object") return SampleObject(schema);
  if (type == "array") {
    const json::value* items = schema.if_contains("items");
    const bool known = items != nullptr && items->is_object();
    return json::array(Size(schema, "minItems"),
                       known ? Sample(items->get_object()) : json::value("a"));
  }
  if (type == "boolean") return false;
  if (type == "null") return nullptr;
  if (type == "integer" || type == "number") {
    const json::value* least = schema.if_contains("minimum");
    return least != nullptr ? *least : json::value(1);
  }
  return json::string(Size(schema, "minLength") + 1, 'a');
}

json::value Sample(const json::object& schema) {
  if (const json::value* fixed = schema.if_contains("const")) return *fixed;
  if (const json::value* set = schema.if_contains("default")) return *set;
  for (const char* key : {"examples", "enum"}) {
    if (const json::value* first = First(schema, key)) return *first;
  }
  for (const char* key : {"oneOf", "anyOf"}) {
    const json::value* first = First(schema, key);
    if (first != nullptr && first->is_object()) {
      return Sample(first->get_object());
    }
  }
  const json::value* type = schema.if_contains("type");
  if (const json::value* first = First(schema, "type")) type = first;
  return SampleOf(type != nullptr && type->is_string()
                      ? std::string_view(type->get_string())
                      : "string",
                  schema);
}

}  // namespace

json::object SampleParams(const json::object& schema) {
  const json::value* example = First(schema, "examples");
  if (example != nullptr && example->is_object()) return example->get_object();
  return SampleObject(schema);
}

}  // namespace verifier::engine
