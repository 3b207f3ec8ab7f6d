// Scratch: a folder for the files of one test, gone with it; and configurations
// that are read from there.

#ifndef TESTS_VERIFIER_CONFIG_SCRATCH_H_
#define TESTS_VERIFIER_CONFIG_SCRATCH_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/config/load.h"

namespace verifier::cli::config::testing {

class Scratch {
 public:
  Scratch() {
    std::string name = ::testing::TempDir() + "assay-config-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string Path(std::string_view name) const {
    return folder_ + "/" + std::string(name);
  }

  std::string Write(std::string_view name, std::string_view text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }

 private:
  std::string folder_;
};

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
