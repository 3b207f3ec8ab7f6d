// RemoteTables: the tables [http.NAME] or [judges.NAME] of the files, merged.
// Not thread-safe.
//
//   [http.helpful]
//   url = "http://127.0.0.1:8801/v1/reward/helpful"
//
// Files are the only source of them: a URL has no flag and no variable.

#ifndef VERIFIER_CLI_CONFIG_REMOTE_TABLES_H_
#define VERIFIER_CLI_CONFIG_REMOTE_TABLES_H_

#include <boost/json/value.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/cli/config/errors.h"
#include "verifier/cli/config/plugin_tables.h"

namespace verifier::cli::config {

// Most declarations of one kind.
inline constexpr std::size_t kMostRemotes = 64;

// The section of a kind: "http" or "judges".
[[nodiscard]] std::string_view SectionOf(RemoteKind kind) noexcept;

// The keys of a kind, in the order of a file.
[[nodiscard]] std::span<const PluginKey> RemoteKeys(RemoteKind kind) noexcept;

// The key's value. Requires: a name of RemoteKeys().
[[nodiscard]] boost::json::value RemoteJson(std::string_view key,
                                            const RemoteOptions& remote);

// True where nothing of them differs.
[[nodiscard]] bool SameRemotes(const std::vector<RemoteOptions>& a,
                               const std::vector<RemoteOptions>& b);

class RemoteTables {
 public:
  // Where a value comes from: "http.helpful.url" to "FILE:LINE:COL".
  using Origins = std::map<std::string, std::string>;

  // `taken`: names that none may have, those of the built-in checkers.
  RemoteTables(RemoteKind kind, std::vector<std::string> taken)
      : kind_(kind), section_(SectionOf(kind)), taken_(std::move(taken)) {}

  // Takes the section's node of one file. Key by key, a later file wins.
  void Read(const Node& section, ErrorList& errors);

  // What came together, by name; says what is missing, what does not fit
  // together, and which names one of `others` has, too.
  [[nodiscard]] std::vector<RemoteOptions> Finish(
      const std::vector<std::string>& others, ErrorList& errors);
  [[nodiscard]] const Origins& origins() const { return origins_; }

 private:
  void ReadOne(const Node& table, ErrorList& errors);
  void ReadKey(const Node& node, RemoteOptions& remote, ErrorList& errors);
  void Check(const RemoteOptions& remote, ErrorList& errors);

  const RemoteKind kind_;
  const std::string section_;
  const std::vector<std::string> taken_;
  std::map<std::string, RemoteOptions> remotes_;
  std::map<std::string, std::string> first_;  // where each was first named
  Origins origins_;
};

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_REMOTE_TABLES_H_
