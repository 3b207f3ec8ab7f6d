// Configurations that are read from a scratch folder.

#ifndef TESTS_VERIFIER_CONFIG_SCRATCH_H_
#define TESTS_VERIFIER_CONFIG_SCRATCH_H_

#include <string>
#include <vector>

#include "tests/verifier/scratch.h"
#include "verifier/cli/config/load.h"

namespace verifier::cli::config::testing {

using verifier::testing::Scratch;

inline Sources NoFile() {
  Sources sources;
  sources.default_file = "/nonexistent";
  return sources;
}

// What `texts` come to, the later over the earlier: 0.toml, 1.toml, ... of
// `scratch`. No variables, no flags.
inline LoadResult LoadTexts(const Scratch& scratch,
                            const std::vector<std::string>& texts) {
  Sources sources;
  sources.default_file = scratch.Path("none.toml");
  for (const std::string& text : texts) {
    const std::string name = std::to_string(sources.files.size()) + ".toml";
    sources.files.push_back(scratch.Write(name, text));
  }
  return Load(sources);
}

}  // namespace verifier::cli::config::testing

#endif  // TESTS_VERIFIER_CONFIG_SCRATCH_H_
