// ParameterSchema: the parameters of a plugin's checks against the JSON Schema
// that it announced. Pure; any thread.
//
// Held here are type, properties, required, additionalProperties, enum, const,
// minimum, maximum, minLength, maxLength, minItems, maxItems and items; any
// other keyword is the plugin's to hold. As JSON Schema has it, but for one
// thing: a parameter of the check itself that the schema does not name is
// refused unless it says "additionalProperties": true.

#ifndef REWARDS_PLUGIN_PARAMETER_SCHEMA_H_
#define REWARDS_PLUGIN_PARAMETER_SCHEMA_H_

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "rewards/checker.h"

namespace rewards::plugin {

// What makes `schema` no description of parameters, with its place, or empty.
[[nodiscard]] std::string SchemaProblem(const boost::json::object& schema);

// The first parameter that breaks `schema`, or none. Requires: SchemaProblem is
// empty.
[[nodiscard]] std::optional<ParamError> CheckParameters(
    const boost::json::object& schema, const boost::json::object& params);

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PARAMETER_SCHEMA_H_
