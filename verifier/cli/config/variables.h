// Variables: which ASSAY_ variables of the environment are keys, and which are
// somebody else's. Thread-safe: no state.

#ifndef VERIFIER_CLI_CONFIG_VARIABLES_H_
#define VERIFIER_CLI_CONFIG_VARIABLES_H_

#include <string_view>

#include "verifier/cli/config/keys.h"

namespace verifier::cli::config {

// The key that the variable `name` sets, or null.
[[nodiscard]] const Key* KeyOfVariable(std::string_view name);

// True for a variable that is no key and no mistake: of the other programs and
// tests of Assay, and those that Kubernetes sets for a service called assay
// (ASSAY_SERVICE_HOST, ASSAY_PORT_8790_TCP).
[[nodiscard]] bool IsOfOthers(std::string_view name);

// What to say of a variable that is neither.
[[nodiscard]] std::string UnknownVariable(std::string_view name);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_VARIABLES_H_
