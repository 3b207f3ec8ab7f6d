// Pieces of the JSON Schema of a check's parameters. No state; any thread.

#ifndef REWARDS_PARAM_SCHEMA_H_
#define REWARDS_PARAM_SCHEMA_H_

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>
#include <string_view>

namespace rewards {

// A number in [low, high].
[[nodiscard]] boost::json::object NumberSchema(double low, double high,
                                               double fallback);

// One of `names`; the first is the default.
[[nodiscard]] boost::json::object ChoiceSchema(
    std::span<const std::string_view> names);

// An object with no properties but these.
[[nodiscard]] boost::json::object ClosedSchema(
    boost::json::object properties, boost::json::array required = {});

}  // namespace rewards

#endif  // REWARDS_PARAM_SCHEMA_H_
