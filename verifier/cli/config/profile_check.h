// ReadProfileCheck: one check of a [profiles.NAME]. Thread-safe: no state.

#ifndef VERIFIER_CLI_CONFIG_PROFILE_CHECK_H_
#define VERIFIER_CLI_CONFIG_PROFILE_CHECK_H_

#include <boost/json/object.hpp>
#include <string>

#include "verifier/cli/config/document.h"
#include "verifier/cli/config/errors.h"
#include "verifier/cli/config/settings.h"

namespace verifier::cli::config {

// Reads the table `node`; says in `errors`, each with its place, what is no
// check. `path`: "profiles.r1-zero.checks[0]".
[[nodiscard]] engine::ProfileCheck ReadProfileCheck(const Node& node,
                                                    const std::string& path,
                                                    ErrorList& errors);

// The check as ReadProfileCheck reads it: what is at its default is left out.
[[nodiscard]] boost::json::object ProfileCheckJson(
    const engine::ProfileCheck& check);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_PROFILE_CHECK_H_
