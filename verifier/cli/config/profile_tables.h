// ProfileTables: the tables [profiles.NAME] of the files, merged. Not
// thread-safe.
//
//   [profiles.r1-zero]
//   checks = [{checker = "math"}, {checker = "format", template = "r1-zero"}]
//
// A check is written as an item writes it, with "optional" and "gate" beside.
// Files are the only source of profiles.

#ifndef VERIFIER_CLI_CONFIG_PROFILE_TABLES_H_
#define VERIFIER_CLI_CONFIG_PROFILE_TABLES_H_

#include <boost/json/value.hpp>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/config/errors.h"
#include "verifier/cli/config/plugin_tables.h"

namespace verifier::cli::config {

inline constexpr std::string_view kProfiles = "profiles";
inline constexpr std::size_t kMostProfiles = 64;

// Bytes of the longest summary.
inline constexpr std::size_t kSummaryBytes = 1'024;

[[nodiscard]] std::span<const PluginKey> ProfileKeys() noexcept;

// The key's value. Requires: a name of ProfileKeys().
[[nodiscard]] boost::json::value ProfileJson(std::string_view key,
                                             const Profile& profile);

// True where nothing of them differs.
[[nodiscard]] bool SameProfiles(const std::vector<Profile>& a,
                                const std::vector<Profile>& b);

class ProfileTables {
 public:
  // Where a value comes from: "r1-zero.checks" to "FILE:LINE:COL".
  using Origins = std::map<std::string, std::string>;

  // Takes the node `profiles` of one file. Key by key, a later file wins.
  void Read(const Node& section, ErrorList& errors);

  // What came together, by name; says what is missing and what no checker
  // takes. `others`: the names of the checkers that are declared.
  [[nodiscard]] std::vector<Profile> Finish(
      const std::vector<Template>& templates,
      const std::vector<std::string>& others, ErrorList& errors);
  [[nodiscard]] const Origins& origins() const { return origins_; }

 private:
  void ReadOne(const Node& table, ErrorList& errors);
  void ReadKey(const Node& node, Profile& profile, ErrorList& errors);
  bool ReadChecks(const Node& node, Profile& profile, ErrorList& errors);
  [[nodiscard]] std::string PlaceOf(const std::string& profile,
                                    const std::string& check,
                                    const std::string& key) const;

  std::map<std::string, Profile> profiles_;
  std::map<std::string, std::string> first_;  // where each was first named
  Origins origins_;
  // Where the checks of a profile and their keys stand: "r1-zero.checks[0]",
  // "r1-zero.checks[0].weight".
  Origins places_;
};

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_PROFILE_TABLES_H_
