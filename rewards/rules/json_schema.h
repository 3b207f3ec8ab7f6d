// JsonSchema: a schema of JSON Schema 2020-12, and whether a value conforms.
// Immutable; any thread.
//
// Held: type, enum, const, the bounds of numbers, strings, arrays and objects,
// multipleOf, pattern (of RE2), required, properties, patternProperties,
// additionalProperties, propertyNames, dependentRequired, dependentSchemas,
// items, prefixItems, contains, minContains, maxContains, uniqueItems, allOf,
// anyOf, oneOf, not, if/then/else, $defs, definitions and $ref to a place in
// the same schema; and annotations, which assert nothing. **Any other keyword
// is refused**, `format` and `unevaluated...` with them: a schema that asks for
// what is not held would pay for less than it says.

#ifndef REWARDS_RULES_JSON_SCHEMA_H_
#define REWARDS_RULES_JSON_SCHEMA_H_

#include <boost/json/value.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "rewards/rules/pattern.h"

namespace rewards::rules {

// Most subschemas of a schema, and steps of one check (a subschema, an allowed
// value, a name or a pattern against a value): recursion into a deep value can
// double at each level.
inline constexpr std::size_t kMaxSubschemas = 4'096;
inline constexpr std::size_t kMaxSchemaSteps = 1'000'000;

// A place, as a JSON pointer, and what is wrong there.
struct JsonProblem {
  std::string pointer{};
  std::string detail{};
};

class JsonSchema {
 public:
  // Reads `schema`; none with `problem` set where it is no schema, or asks for
  // what is not held.
  [[nodiscard]] static std::optional<JsonSchema> Read(
      const boost::json::value& schema, JsonProblem& problem);

  enum class Result {
    kConforms,
    kBroken,     // `problem` says where and why
    kExhausted,  // over kMaxSchemaSteps
  };

  [[nodiscard]] Result Check(const boost::json::value& value,
                             JsonProblem& problem) const;

 private:
  boost::json::value schema_{};
  std::map<std::string, Pattern, std::less<>> patterns_{};  // by their text
};

}  // namespace rewards::rules

#endif  // REWARDS_RULES_JSON_SCHEMA_H_
