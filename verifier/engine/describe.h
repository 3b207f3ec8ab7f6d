// DescribeCheckers: what GET /v1/checkers answers and `assay checkers` prints.
// Thread-safe: no state.

#ifndef VERIFIER_ENGINE_DESCRIBE_H_
#define VERIFIER_ENGINE_DESCRIBE_H_

#include <boost/json/object.hpp>

#include "rewards/registry.h"
#include "verifier/protocol/field.h"

namespace verifier::engine {

// {"checkers": [{"name", "version", "summary", "origin", "score_range": [0, 1],
// "runs_programs", "schema"}], "templates": [{"name", "open", ...}],
// "profiles": [{"name", "summary", "template", "checks"}]}, in the registry's
// order.
[[nodiscard]] boost::json::object DescribeCheckers(
    const rewards::Registry& registry);

// Its description, for /openapi.json.
[[nodiscard]] const protocol::ObjectType& CheckersType();

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_DESCRIBE_H_
