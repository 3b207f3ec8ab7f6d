// Conformance: whether a checker does what every caller relies on, checked from
// outside, one named check after the other. Built-in checkers and plugins are
// held to the same. Thread-safe: no state.

#ifndef VERIFIER_ENGINE_CONFORMANCE_H_
#define VERIFIER_ENGINE_CONFORMANCE_H_

#include <functional>
#include <string>

#include "rewards/checker.h"
#include "rewards/plugin/plugin_options.h"

namespace verifier::engine {

struct ConformanceCheck {
  std::string name{};     // what must hold, as a sentence
  std::string problem{};  // why it does not; empty: it holds
};

// Gets every check as it is done, in a fixed order, from the calling thread.
using OnConformance = std::function<void(const ConformanceCheck&)>;

// True where every check holds. Its parameters are the first of the schema's
// "examples", or made up from its types. Blocks for some hundred judgements.
[[nodiscard]] bool TestConformance(const rewards::Checker& checker,
                                   const OnConformance& on_check);

// The same for a plugin, with its start and its end. `log` as BuiltInOptions
// has it.
[[nodiscard]] bool TestConformance(
    const rewards::plugin::PluginOptions& options,
    const std::function<void(const std::string& line)>& log,
    const OnConformance& on_check);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_CONFORMANCE_H_
