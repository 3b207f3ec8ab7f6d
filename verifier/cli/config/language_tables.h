// LanguageTables: the tables [languages.NAME] of the files, merged. Not
// thread-safe.
//
//   [languages.awk]
//   main = "main.awk"
//   endings = [".awk"]
//   run = ["/usr/bin/awk", "-f", "{main}"]
//
// A built-in language of the name is changed key by key. Files are the only
// source of languages: a command line has no flag and no variable.

#ifndef VERIFIER_CLI_CONFIG_LANGUAGE_TABLES_H_
#define VERIFIER_CLI_CONFIG_LANGUAGE_TABLES_H_

#include <boost/json/value.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/config/errors.h"
#include "verifier/cli/config/plugin_tables.h"

namespace verifier::cli::config {

inline constexpr std::string_view kLanguages = "languages";

[[nodiscard]] std::span<const PluginKey> LanguageTableKeys();

// The key's value. Requires: a name of LanguageTableKeys().
[[nodiscard]] boost::json::value LanguageJson(std::string_view key,
                                              const Language& language);

class LanguageTables {
 public:
  // Where a value comes from: "awk.run" to "FILE:LINE:COL".
  using Origins = std::map<std::string, std::string>;

  // Takes the node `languages` of one file. Key by key, a later file wins.
  void Read(const Node& section, ErrorList& errors);

  // What came together, by name; says what makes it no language.
  [[nodiscard]] std::vector<Language> Finish(ErrorList& errors);
  [[nodiscard]] const Origins& origins() const { return origins_; }

 private:
  void ReadOne(const Node& table, ErrorList& errors);
  void ReadKey(const Node& node, Language& language, ErrorList& errors);
  void AddProblem(const std::string& name, const std::string& problem,
                  ErrorList& errors) const;

  std::map<std::string, Language> languages_;
  std::map<std::string, std::string> first_;  // where each was first named
  Origins origins_;
};

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_LANGUAGE_TABLES_H_
