// PluginTables: the tables [plugins.NAME] of the files, merged. Not
// thread-safe.
//
//   [plugins.units]
//   command = ["/usr/bin/python3", "/opt/checkers/units.py"]
//
// Files are the only source of plugins: a command has no flag and no variable.

#ifndef VERIFIER_CLI_CONFIG_PLUGIN_TABLES_H_
#define VERIFIER_CLI_CONFIG_PLUGIN_TABLES_H_

#include <boost/json/value.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/cli/config/errors.h"

namespace verifier::cli::config {

inline constexpr std::string_view kPlugins = "plugins";

// Limits of a declaration.
inline constexpr std::size_t kMostPlugins = 64;
inline constexpr std::size_t kPluginNameBytes =
    rewards::plugin::kMostPluginName;
inline constexpr std::size_t kCommandWords = 256;
inline constexpr std::size_t kCommandWordBytes = 4'096;
inline constexpr std::size_t kMostPool = rewards::plugin::kMostPool;
inline constexpr std::size_t kMostFolders = 64;

// A key of a table that declares a checker, for people.
struct PluginKey {
  std::string_view name;
  std::string_view allowed;
  std::string_view example;  // TOML; the default where it is not required
  std::string_view help;
  bool required = false;
};
[[nodiscard]] std::span<const PluginKey> PluginKeys() noexcept;

// The value of a key as TOML.
[[nodiscard]] std::string ValueToml(const boost::json::value& value);

// The key's value. Requires: a name of PluginKeys().
[[nodiscard]] boost::json::value PluginJson(std::string_view key,
                                            const PluginOptions& plugin);

// True where nothing of them differs.
[[nodiscard]] bool SamePlugins(const std::vector<PluginOptions>& a,
                               const std::vector<PluginOptions>& b);

// Why `name` is none that an operator may give a checker, or another thing that
// `what` names, or empty. `taken`: the names of the built-in ones.
[[nodiscard]] std::string CheckerNameProblem(
    const std::string& name, const std::vector<std::string>& taken,
    const std::string& what = "checker");

class PluginTables {
 public:
  // Where a value comes from: "units.command" to "FILE:LINE:COL".
  using Origins = std::map<std::string, std::string>;

  // `taken`: names that no plugin may have, those of the built-in checkers.
  explicit PluginTables(std::vector<std::string> taken)
      : taken_(std::move(taken)) {}

  // Takes the node `plugins` of one file. Key by key, a later file wins.
  void Read(const Node& plugins, ErrorList& errors);

  // What came together, by name; says what is missing.
  [[nodiscard]] std::vector<PluginOptions> Finish(ErrorList& errors);
  [[nodiscard]] Origins TakeOrigins() { return std::move(origins_); }

 private:
  void ReadOne(const Node& table, ErrorList& errors);
  void ReadKey(const Node& node, PluginOptions& plugin, ErrorList& errors);

  std::vector<std::string> taken_;
  std::map<std::string, PluginOptions> plugins_;
  std::map<std::string, std::string> first_;  // where each was first named
  Origins origins_;
};

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_PLUGIN_TABLES_H_
