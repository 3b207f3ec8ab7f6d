#include "rewards/param_schema.h"

#include <utility>

namespace rewards {

using boost::json::array;
using boost::json::object;

object NumberSchema(double low, double high, double fallback) {
  return {{"type", "number"},
          {"minimum", low},
          {"maximum", high},
          {"default", fallback}};
}

object ChoiceSchema(std::span<const std::string_view> names) {
  return {{"type", "string"},
          {"enum", array(names.begin(), names.end())},
          {"default", names.front()}};
}

object ClosedSchema(object properties, array required) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

}  // namespace rewards
