// NewPlugin: the first file of a checker of one's own. Thread-safe: no state.

#ifndef VERIFIER_CLI_PLUGIN_NEW_H_
#define VERIFIER_CLI_PLUGIN_NEW_H_

#include <string>

namespace verifier::cli {

struct NewPlugin {
  std::string name{};
  std::string language = "python";  // or "c++"
  std::string folder = ".";
};

// Writes a checker that works and says on standard output what comes next.
// Never overwrites. Returns the exit code; what is wrong is said on standard
// error.
[[nodiscard]] int WriteNewPlugin(const NewPlugin& plugin);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_PLUGIN_NEW_H_
