// OpenApi: what GET /openapi.json answers: this service, its limits and its
// checkers, in OpenAPI 3.1. Thread-safe: no state.
//
// It is made from what serves: Routes(), ProblemTypes(), the descriptions that
// parse bodies (verifier/protocol/field.h) and the schemas of the checkers.

#ifndef VERIFIER_SERVER_OPENAPI_H_
#define VERIFIER_SERVER_OPENAPI_H_

#include <boost/json/object.hpp>

#include "verifier/engine/engine.h"
#include "verifier/protocol/limits.h"

namespace verifier::server {

struct Service;

// Throws what a checker's schema() throws.
[[nodiscard]] boost::json::object OpenApi(const engine::Registry& registry,
                                          const protocol::Limits& limits);

// Made anew for each request: the checkers may have changed. Some hundreds of
// microseconds.
[[nodiscard]] boost::json::object OpenApi(const Service& service);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_OPENAPI_H_
