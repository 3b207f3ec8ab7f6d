// Samples: values that a key of the configuration takes.

#ifndef TESTS_VERIFIER_CONFIG_SAMPLES_H_
#define TESTS_VERIFIER_CONFIG_SAMPLES_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "verifier/cli/config/keys.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config/show.h"

namespace verifier::cli::config::testing {

// Two values of `key` beside its default, as text and as TOML.
struct Samples {
  std::vector<std::string> text;
  std::vector<std::string> toml;
};

inline Samples SamplesOf(const Key& key, std::size_t count) {
  Samples samples;
  const Settings defaults;
  const std::string standard = TextOf(key, defaults);
  for (std::size_t i = 0; samples.text.size() < count; ++i) {
    std::string text;
    if (key.kind == Kind::kWord) {
      text = std::string(key.words[i % key.words.size()]);
      if (i >= key.words.size()) text = samples.text[0];  // few words: again
    } else if (key.kind == Kind::kAddress) {
      text = "127.0.0." + std::to_string(2 + i) + ":0";
    } else {
      text = std::to_string(key.least + 1 + i);
    }
    if (text == standard) continue;
    const bool quoted = key.kind == Kind::kWord || key.kind == Kind::kAddress;
    samples.toml.push_back(quoted ? '"' + text + '"' : text);
    samples.text.push_back(std::move(text));
  }
  return samples;
}

// Where the value of `key` came from.
inline std::string OriginOf(const Loaded& loaded, const Key& key) {
  return loaded.origins[static_cast<std::size_t>(&key - Keys().data())];
}

}  // namespace verifier::cli::config::testing

#endif  // TESTS_VERIFIER_CONFIG_SAMPLES_H_
