// SampleParams: parameters that a checker's schema should allow. Thread-safe:
// no state.

#ifndef VERIFIER_ENGINE_SAMPLE_PARAMS_H_
#define VERIFIER_ENGINE_SAMPLE_PARAMS_H_

#include <boost/json/object.hpp>

namespace verifier::engine {

// The first of the schema's "examples" that is an object; else the required
// properties, each with its own first example, its default, or the least value
// of its type.
[[nodiscard]] boost::json::object SampleParams(
    const boost::json::object& schema);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_SAMPLE_PARAMS_H_
