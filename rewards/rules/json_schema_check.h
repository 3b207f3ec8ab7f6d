// CheckSchema: whether a JSON value is a schema that JsonSchema holds. Pure.

#ifndef REWARDS_RULES_JSON_SCHEMA_CHECK_H_
#define REWARDS_RULES_JSON_SCHEMA_CHECK_H_

#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "rewards/rules/json_schema.h"

namespace rewards::rules {

using PatternsByText = std::map<std::string, Pattern, std::less<>>;

// The first thing wrong with `schema`; none: it is good, and every pattern in
// it is in `patterns`. A chain of references that comes back to itself without
// going into the value is wrong.
[[nodiscard]] std::optional<JsonProblem> CheckSchema(
    const boost::json::value& schema, PatternsByText& patterns);

// The subschema of `root` that `reference` names ("#", "#/$defs/a"), or null.
[[nodiscard]] const boost::json::value* Referred(const boost::json::value& root,
                                                 std::string_view reference);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_JSON_SCHEMA_CHECK_H_
