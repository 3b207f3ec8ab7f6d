// Load: every source of the configuration, merged: flag > variable > file >
// default, later files over earlier ones. Thread-safe: no state.

#ifndef VERIFIER_CLI_CONFIG_LOAD_H_
#define VERIFIER_CLI_CONFIG_LOAD_H_

#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/cli/config/errors.h"
#include "verifier/cli/config/language_tables.h"
#include "verifier/cli/config/plugin_tables.h"
#include "verifier/cli/config/profile_tables.h"
#include "verifier/cli/config/remote_tables.h"
#include "verifier/cli/config/settings.h"
#include "verifier/cli/config/template_tables.h"

namespace verifier::cli::config {

// Read where neither --config nor ASSAY_CONFIG names a file, if it is there.
// The working directory is never looked at: a folder with data must not change
// what is paid.
inline constexpr std::string_view kDefaultFile = "/etc/assay/assayd.toml";

using NameAndText = std::pair<std::string, std::string>;

struct Sources {
  std::vector<NameAndText> flags{};      // "--limit-items" and its text
  std::vector<NameAndText> variables{};  // every one that begins with ASSAY_
  std::vector<std::string> files{};      // of --config, in order
  std::string default_file{kDefaultFile};
};

// The ASSAY_ variables of this process.
[[nodiscard]] std::vector<NameAndText> AssayVariables();

// The files that `sources` name, in order; see kDefaultFile.
[[nodiscard]] std::vector<std::string> FilesOf(const Sources& sources);

struct Loaded {
  Settings settings{};
  // Of each key of Keys(): "default", "FILE:LINE:COL", "ASSAY_LIMIT_ITEMS" or
  // "--limit-items".
  std::vector<std::string> origins{};
  PluginTables::Origins plugin_origins{};
  RemoteTables::Origins remote_origins{};
  TemplateTables::Origins template_origins{};
  ProfileTables::Origins profile_origins{};
  LanguageTables::Origins language_origins{};
  std::vector<std::string> files{};  // that were read
};

using LoadResult = boost::system::result<Loaded, ConfigErrors>;

// Reads and checks all of it, and returns either everything or every error.
// Starts nothing and changes nothing. Blocks for the disk.
[[nodiscard]] LoadResult Load(const Sources& sources);

// What keeps `next` from taking the place of `now` in a running process: a line
// for each key that differs and takes a restart, "PLACE: ...".
[[nodiscard]] std::vector<std::string> NeedRestart(const Loaded& now,
                                                   const Loaded& next);

// What differs, for a log: "limit.items 100 -> 200", "plugins",
// "http, judges", "templates", "profiles", "languages".
[[nodiscard]] std::vector<std::string> Changes(const Settings& now,
                                               const Settings& next);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_LOAD_H_
