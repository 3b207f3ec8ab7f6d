// SchemaOf: the JSON Schema (2020-12) of what the wire's objects look like,
// from the description that parses them. Thread-safe: no state.

#ifndef VERIFIER_PROTOCOL_SCHEMA_H_
#define VERIFIER_PROTOCOL_SCHEMA_H_

#include <boost/json/object.hpp>

#include "verifier/protocol/field.h"

namespace verifier::protocol {

// The schema of `type`; objects in it are references to
// #/components/schemas/NAME. A limit in bytes becomes maxLength, which counts
// characters: what is over it is over the limit, too. x-limit says it exactly.
[[nodiscard]] boost::json::object SchemaOf(const ObjectType& type,
                                           const Limits& limits);

// Adds `type`, and every object that it refers to and that is not there yet, to
// `schemas` under their names.
void AddSchemas(const ObjectType& type, const Limits& limits,
                boost::json::object& schemas);

// {"$ref": "#/components/schemas/NAME"}.
[[nodiscard]] boost::json::object SchemaReference(std::string_view name);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_SCHEMA_H_
