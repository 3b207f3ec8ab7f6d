// AssaydFlags: the command line of assayd. Not thread-safe.

#ifndef VERIFIER_CLI_ASSAYD_FLAGS_H_
#define VERIFIER_CLI_ASSAYD_FLAGS_H_

#include <optional>

#include "verifier/cli/config/load.h"

namespace verifier::cli {

struct AssaydFlags {
  config::Sources sources{};  // to read everything anew: flags do not change
  config::Loaded config{};    // what they said at the start
};

// Reads the command line, the environment and the configuration files into
// `flags`. Returns the exit code where the process is to end now: 0 after
// --help, --version, --check-config or --print-config (on standard output), 2
// where something of it cannot be used (every error on standard error); else
// none.
[[nodiscard]] std::optional<int> ParseAssaydFlags(int argc,
                                                  const char* const* argv,
                                                  AssaydFlags& flags);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_ASSAYD_FLAGS_H_
