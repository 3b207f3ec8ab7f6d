// AssaydFlags: the command line of assayd. Not thread-safe.

#ifndef VERIFIER_CLI_ASSAYD_FLAGS_H_
#define VERIFIER_CLI_ASSAYD_FLAGS_H_

#include <optional>
#include <string>

#include "verifier/server/server_options.h"

namespace verifier::cli {

struct AssaydFlags {
  server::ServerOptions server{};
  std::string require_level{};  // "L0" to "L3"; empty: whatever there is
  bool check_config = false;    // only say whether the flags are good
};

// Reads the command line into `flags`. Returns the exit code where the process
// is to end now: 0 after --help or --version (on standard output), 2 where the
// command line cannot be used (said on standard error); else none.
[[nodiscard]] std::optional<int> ParseAssaydFlags(int argc,
                                                  const char* const* argv,
                                                  AssaydFlags& flags);

// Reads "ADDR:PORT" into `options`. Returns what is wrong with it, or empty.
// Only loopback addresses are good: there is no token and no TLS yet.
[[nodiscard]] std::string SetListen(const std::string& text,
                                    server::ServerOptions& options);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_ASSAYD_FLAGS_H_
