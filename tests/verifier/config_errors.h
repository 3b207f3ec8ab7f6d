// What is said of broken configurations.

#ifndef TESTS_VERIFIER_CONFIG_ERRORS_H_
#define TESTS_VERIFIER_CONFIG_ERRORS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/scratch.h"
#include "verifier/cli/config/load.h"

// All sections, as errors name them: part of literals.
#define SECTIONS                                         \
  "server, engine, jail, limit, timeout, log, plugins, " \
  "http, judges, templates, profiles, languages"

namespace verifier::cli::config::testing {

using Lines = std::vector<std::string>;

// All errors of `sources`, with the folder of `path` left out.
inline Lines Errors(const Sources& sources, const std::string& path) {
  const auto loaded = Load(sources);
  if (loaded) return {};
  Lines lines = loaded.error().lines;
  for (std::string& line : lines) {
    for (auto at = line.find(path); !path.empty() && at != std::string::npos;
         at = line.find(path)) {
      line.replace(at, path.size(), "FILE");
    }
  }
  return lines;
}

inline Lines ErrorsOf(std::string_view text) {
  const verifier::testing::Scratch scratch;
  Sources sources;
  sources.files = {scratch.Write("assayd.toml", text)};
  return Errors(sources, sources.files[0]);
}

}  // namespace verifier::cli::config::testing

#endif  // TESTS_VERIFIER_CONFIG_ERRORS_H_
