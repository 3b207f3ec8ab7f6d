// Settings: what assayd is told, whatever it was told by. Plain values; any
// thread. keys.h lists every value with its name, unit and range.

#ifndef VERIFIER_CLI_CONFIG_SETTINGS_H_
#define VERIFIER_CLI_CONFIG_SETTINGS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "verifier/engine/built_in.h"
#include "verifier/engine/languages.h"
#include "verifier/server/server_options.h"

namespace verifier::cli::config {

using engine::Language;
using engine::PluginOptions;
using engine::Profile;
using engine::RemoteKind;
using engine::RemoteOptions;
using engine::Template;

struct Settings {
  // "ADDR:PORT"; loading copies it to server.address and server.port.
  std::string listen = "127.0.0.1:8790";
  server::ServerOptions server{};

  // "L0" to "L3", or "any": whatever there is.
  std::string require_level = "any";

  // Of compiled programs, and of headers: "on", "off".
  std::int64_t compile_cache_bytes = engine::kCompileCacheBytes;
  std::string precompiled_headers = "on";

  std::string log_format = "auto";  // auto, text, json
  std::string log_level = "info";   // trace, debug, info, warn, error

  // By name. See [plugins.NAME] in plugin_tables.h.
  std::vector<PluginOptions> plugins{};

  // Those of [http.NAME], then those of [judges.NAME], each by name. See
  // remote_tables.h.
  std::vector<RemoteOptions> remotes{};

  // By name. See template_tables.h and profile_tables.h.
  std::vector<Template> templates{};
  std::vector<Profile> profiles{};

  // By name: new ones, and built-in ones that are changed. See
  // language_tables.h.
  std::vector<Language> languages{};
};

// What MakeBuiltIn is to build for `settings`.
[[nodiscard]] engine::BuiltInOptions ToBuiltIn(const Settings& settings);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_SETTINGS_H_
