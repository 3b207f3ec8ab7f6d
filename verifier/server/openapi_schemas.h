// OpenApiSchemas: the components of /openapi.json: every body's schema.
// Thread-safe: no state.

#ifndef VERIFIER_SERVER_OPENAPI_SCHEMAS_H_
#define VERIFIER_SERVER_OPENAPI_SCHEMAS_H_

#include <boost/json/object.hpp>

#include "verifier/engine/engine.h"
#include "verifier/protocol/limits.h"

namespace verifier::server {

// By name. Check is one of the checkers of `registry`, Check.NAME, so that what
// is plugged in shows up. Throws what a checker's schema() throws.
[[nodiscard]] boost::json::object OpenApiSchemas(
    const engine::Registry& registry, const protocol::Limits& limits);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_OPENAPI_SCHEMAS_H_
