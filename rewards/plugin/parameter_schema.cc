#include "rewards/plugin/parameter_schema.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <string_view>
#include <utility>

#include "rewards/params.h"

namespace rewards::plugin {
namespace {

namespace json = boost::json;

constexpr int kMostDepth = 32;

// As JSON Schema has it: a number without a fraction is an integer.
bool IsOfType(const json::value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "number") return value.is_number();
  if (type != "integer") return false;
  return value.is_int64() || value.is_uint64() ||
         (value.is_double() &&
          std::floor(value.get_double()) == value.get_double());
}

std::optional<double> Number(const json::object& schema, const char* key) {
  const json::value* value = schema.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

// Equal as JSON Schema has it: 1 is 1.0.
bool Same(const json::value& one, const json::value& other) {
  if (one.is_number() && other.is_number()) {
    return one.to_number<double>() == other.to_number<double>();
  }
  return one == other;
}

// Characters as JSON Schema counts them: code points.
double CodePoints(std::string_view text) {
  return static_cast<double>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Validator {
 public:
  std::optional<ParamError> Check(const json::object& schema,
                                  const json::value& value,
                                  const std::string& pointer, int depth) {
    if (depth > kMostDepth) return ParamError(pointer, "nested too deeply");
    if (auto error = CheckType(schema, value, pointer)) return error;
    if (auto error = CheckChoices(schema, value, pointer)) return error;
    if (value.is_number()) {
      return CheckSize(schema, value.to_number<double>(), "minimum", "maximum",
                       "must be", pointer);
    }
    if (const json::string* text = value.if_string()) {
      return CheckSize(schema, CodePoints(*text), "minLength", "maxLength",
                       "its length must be", pointer);
    }
    if (const json::array* array = value.if_array()) {
      return CheckArray(schema, *array, pointer, depth);
    }
    if (const json::object* object = value.if_object()) {
      return CheckObject(schema, *object, pointer, depth);
    }
    return std::nullopt;
  }

  std::optional<ParamError> CheckObject(const json::object& schema,
                                        const json::object& object,
                                        const std::string& pointer, int depth) {
    const json::value* known = schema.if_contains("properties");
    const json::object none;
    const json::object& properties =
        known != nullptr && known->is_object() ? known->get_object() : none;
    const json::value* others = schema.if_contains("additionalProperties");
    for (const auto& member : object) {
      const std::string at = pointer + Pointer(member.key());
      const json::value* property = properties.if_contains(member.key());
      if (property == nullptr) property = others;
      const bool open = property == nullptr
                            ? depth > 0
                            : !property->is_bool() || property->get_bool();
      if (!open) {
        return ParamError(at,
                          "unknown parameter; allowed: " + Names(properties));
      }
      if (property == nullptr || !property->is_object()) continue;
      auto error = Check(property->get_object(), member.value(), at, depth + 1);
      if (error) return error;
    }
    return CheckRequired(schema, object, pointer);
  }

 private:
  static std::optional<ParamError> CheckType(const json::object& schema,
                                             const json::value& value,
                                             const std::string& pointer) {
    const json::value* type = schema.if_contains("type");
    if (type == nullptr) return std::nullopt;
    std::string allowed;
    const json::array one{*type};
    for (const json::value& name : type->is_array() ? type->get_array() : one) {
      if (!name.is_string()) continue;
      if (IsOfType(value, name.get_string())) return std::nullopt;
      allowed +=
          (allowed.empty() ? "" : " or ") + std::string(name.get_string());
    }
    return ParamError(pointer, "must be of type " + allowed);
  }

  static std::optional<ParamError> CheckChoices(const json::object& schema,
                                                const json::value& value,
                                                const std::string& pointer) {
    if (const json::value* only = schema.if_contains("const")) {
      if (!Same(*only, value)) {
        return ParamError(pointer, "must be " + json::serialize(*only));
      }
    }
    const json::value* choices = schema.if_contains("enum");
    if (choices == nullptr || !choices->is_array()) return std::nullopt;
    const json::array& array = choices->get_array();
    for (const json::value& choice : array) {
      if (Same(choice, value)) return std::nullopt;
    }
    return ParamError(pointer, "must be one of " + json::serialize(array));
  }

  static std::optional<ParamError> CheckSize(const json::object& schema,
                                             double size, const char* least_key,
                                             const char* most_key,
                                             const std::string& must,
                                             const std::string& pointer) {
    const std::optional<double> least = Number(schema, least_key);
    const std::optional<double> most = Number(schema, most_key);
    if (least && size < *least) {
      return ParamError(
          pointer, must + " at least " + json::serialize(schema.at(least_key)));
    }
    if (most && size > *most) {
      return ParamError(
          pointer, must + " at most " + json::serialize(schema.at(most_key)));
    }
    return std::nullopt;
  }

  std::optional<ParamError> CheckArray(const json::object& schema,
                                       const json::array& array,
                                       const std::string& pointer, int depth) {
    auto error =
        CheckSize(schema, static_cast<double>(array.size()), "minItems",
                  "maxItems", "its length must be", pointer);
    const json::value* items = schema.if_contains("items");
    if (items == nullptr || !items->is_object()) return error;
    for (std::size_t i = 0; i < array.size() && !error; ++i) {
      error = Check(items->get_object(), array[i],
                    pointer + "/" + std::to_string(i), depth + 1);
    }
    return error;
  }

  static std::optional<ParamError> CheckRequired(const json::object& schema,
                                                 const json::object& object,
                                                 const std::string& pointer) {
    const json::value* required = schema.if_contains("required");
    if (required == nullptr || !required->is_array()) return std::nullopt;
    for (const json::value& name : required->get_array()) {
      if (!name.is_string() || object.contains(name.get_string())) continue;
      return ParamError(pointer + Pointer(name.get_string()), "required");
    }
    return std::nullopt;
  }

  static std::string Names(const json::object& properties) {
    std::string names;
    for (const auto& property : properties) {
      names += (names.empty() ? "" : ", ") + std::string(property.key());
    }
    return names.empty() ? "none" : names;
  }
};

// Finds what is wrong with a schema, so that no keyword is passed over for its
// spelling.
class SchemaReader {
 public:
  std::string Problem(const json::object& schema, const std::string& at,
                      int depth) {
    if (depth > kMostDepth) return at + ": nested too deeply";
    std::string problem = TypeProblem(schema, at);
    for (const char* key : {"minimum", "maximum", "minLength", "maxLength",
                            "minItems", "maxItems"}) {
      const json::value* value = schema.if_contains(key);
      if (value != nullptr && !value->is_number()) {
        problem = at + "/" + key + " must be a number";
      }
    }
    const json::value* choices = schema.if_contains("enum");
    if (choices != nullptr &&
        (!choices->is_array() || choices->get_array().empty())) {
      problem = at + "/enum must be an array that is not empty";
    }
    if (problem.empty()) problem = RequiredProblem(schema, at);
    if (problem.empty()) problem = ObjectProblem(schema, at, depth);
    for (const char* key : {"items", "additionalProperties"}) {
      const json::value* part = schema.if_contains(key);
      if (!problem.empty() || part == nullptr) continue;
      problem = PartProblem(*part, at + "/" + key, depth);
    }
    return problem;
  }

 private:
  static bool IsType(const json::value& name) {
    constexpr std::array<std::string_view, 7> kTypes = {
        "object", "array", "string", "boolean", "integer", "null", "number"};
    return name.is_string() &&
           std::find(kTypes.begin(), kTypes.end(),
                     std::string_view(name.get_string())) != kTypes.end();
  }

  static std::string TypeProblem(const json::object& schema,
                                 const std::string& at) {
    const json::value* type = schema.if_contains("type");
    if (type == nullptr || IsType(*type)) return "";
    if (type->is_array() && !type->get_array().empty() &&
        std::all_of(type->get_array().begin(), type->get_array().end(),
                    IsType)) {
      return "";
    }
    return at +
           "/type must be object, array, string, boolean, integer, "
           "number, null, or an array of these";
  }

  static std::string RequiredProblem(const json::object& schema,
                                     const std::string& at) {
    const json::value* required = schema.if_contains("required");
    if (required == nullptr) return "";
    const bool strings =
        required->is_array() &&
        std::all_of(required->get_array().begin(), required->get_array().end(),
                    [](const json::value& name) { return name.is_string(); });
    return strings ? "" : at + "/required must be an array of strings";
  }

  std::string ObjectProblem(const json::object& schema, const std::string& at,
                            int depth) {
    const json::value* properties = schema.if_contains("properties");
    if (properties == nullptr) return "";
    if (!properties->is_object()) return at + "/properties must be an object";
    for (const auto& property : properties->get_object()) {
      std::string problem =
          PartProblem(property.value(),
                      at + "/properties" + Pointer(property.key()), depth);
      if (!problem.empty()) return problem;
    }
    return "";
  }

  // A schema in a schema: an object, or true or false.
  std::string PartProblem(const json::value& part, const std::string& at,
                          int depth) {
    if (part.is_bool()) return "";
    if (!part.is_object()) return at + " must be an object";
    return Problem(part.get_object(), at, depth + 1);
  }
};

}  // namespace

std::string SchemaProblem(const json::object& schema) {
  const json::value* type = schema.if_contains("type");
  if (type == nullptr || *type != "object") return "its type must be object";
  const json::value* known = schema.if_contains("properties");
  if (known != nullptr && known->is_object()) {
    for (const char* taken : {"checker", "weight"}) {
      if (!known->get_object().contains(taken)) continue;
      return std::string("every check has a ") + taken + " already";
    }
  }
  return SchemaReader().Problem(schema, "", 0);
}

std::optional<ParamError> CheckParameters(const json::object& schema,
                                          const json::object& params) {
  return Validator().CheckObject(schema, params, "", 0);
}

}  // namespace rewards::plugin
