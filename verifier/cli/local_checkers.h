// LocalCheckers: what this process scores with: the checkers of this build and,
// with --config, the plugins and limits of a configuration.

#ifndef VERIFIER_CLI_LOCAL_CHECKERS_H_
#define VERIFIER_CLI_LOCAL_CHECKERS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/engine/engine.h"
#include "verifier/protocol/limits.h"

namespace verifier::cli {

struct LocalCheckers {
  std::shared_ptr<const engine::Registry> registry{};  // never null
  protocol::Limits limits{};
};

// `files`: of --config; none: no configuration is read. Returns none, with
// every reason said and `exit_code` set, where one is bad or a plugin does not
// start. Blocks for the jail's trial run and the plugins' start.
[[nodiscard]] std::optional<LocalCheckers> MakeLocalCheckers(
    const std::vector<std::string>& files, int& exit_code);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_LOCAL_CHECKERS_H_
