// TemplateTables: the tables [templates.NAME] of the files, merged. Not
// thread-safe.
//
//   [templates.sky]
//   open = "<|begin_of_thought|>"
//   close = "<|end_of_thought|>"
//
// Files are the only source of templates; an item names one as a built-in one.

#ifndef VERIFIER_CLI_CONFIG_TEMPLATE_TABLES_H_
#define VERIFIER_CLI_CONFIG_TEMPLATE_TABLES_H_

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

inline constexpr std::string_view kTemplates = "templates";
inline constexpr std::size_t kMostTemplates = 64;

[[nodiscard]] std::span<const PluginKey> TemplateKeys() noexcept;

// The key's value. Requires: a name of TemplateKeys().
[[nodiscard]] boost::json::value TemplateJson(std::string_view key,
                                              const Template& tmpl);

// True where nothing of them differs.
[[nodiscard]] bool SameTemplates(const std::vector<Template>& a,
                                 const std::vector<Template>& b);

class TemplateTables {
 public:
  // Where a value comes from: "sky.open" to "FILE:LINE:COL".
  using Origins = std::map<std::string, std::string>;

  // Takes the node `templates` of one file. Key by key, a later file wins.
  void Read(const Node& section, ErrorList& errors);

  // What came together, by name; says what makes it no template.
  [[nodiscard]] std::vector<Template> Finish(ErrorList& errors);
  [[nodiscard]] const Origins& origins() const { return origins_; }

 private:
  void ReadOne(const Node& table, ErrorList& errors);
  void ReadKey(const Node& node, Template& tmpl, ErrorList& errors);

  std::map<std::string, Template> templates_;
  std::map<std::string, std::string> first_;  // where each was first named
  Origins origins_;
};

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_TEMPLATE_TABLES_H_
