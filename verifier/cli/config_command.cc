#include "verifier/cli/config_command.h"

#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <vector>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config/given.h"
#include "verifier/cli/config/keys.h"
#include "verifier/cli/config/show.h"
#include "verifier/cli/exit_code.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

struct ConfigOptions {
  std::vector<std::string> files{};
  std::string section{};
  bool origin = false;
  bool json = false;
  bool toml = false;
};

config::Sources SourcesOf(const ConfigOptions& options) {
  config::Sources sources;
  sources.files = options.files;
  sources.variables = config::AssayVariables();
  return sources;
}

int PrintJson(const boost::json::value& value, int exit_code) {
  return Print(protocol::JsonText(value) + "\n", exit_code);
}

int RunShow(const ConfigOptions& options) {
  const auto loaded = config::Load(SourcesOf(options));
  if (!loaded) return ConfigError(loaded.error());
  if (options.json) {
    return PrintJson(config::EffectiveJson(*loaded, options.origin), kExitOk);
  }
  return Print(config::EffectiveToml(*loaded, options.origin), kExitOk);
}

int RunCheck(const ConfigOptions& options) {
  config::Sources sources = SourcesOf(options);
  // Named files are judged alone, wherever they will be used.
  if (!options.files.empty()) sources.variables.clear();
  const auto loaded = config::Load(sources);
  if (options.json) {
    boost::json::object result{{"good", loaded.has_value()}};
    boost::json::array& errors = result["errors"].emplace_array();
    if (!loaded) {
      for (const auto& line : loaded.error().lines) errors.emplace_back(line);
    }
    return PrintJson(result, loaded ? kExitOk : kExitUsage);
  }
  if (!loaded) return ConfigError(loaded.error());
  return Print("good: " + config::Tally(*loaded) + "\n", kExitOk);
}

int RunPath(const ConfigOptions& options) {
  const auto files = config::FilesOf(SourcesOf(options));
  if (files.empty()) {
    Complain("no file: neither ASSAY_CONFIG nor " +
             std::string(config::kDefaultFile) + " is there");
  }
  std::string text;
  for (const std::string& file : files) text += file + "\n";
  return Print(text, kExitOk);
}

int RunSchema(const ConfigOptions& options) {
  if (!options.section.empty() && !config::IsSection(options.section)) {
    std::vector<std::string_view> names;
    for (const auto& section : config::Sections()) {
      names.push_back(section.name);
    }
    names.push_back(config::kPlugins);
    names.push_back(config::SectionOf(config::RemoteKind::kHttp));
    names.push_back(config::SectionOf(config::RemoteKind::kJudge));
    names.push_back(config::kTemplates);
    names.push_back(config::kProfiles);
    Complain("unknown section " + Printable(options.section, 60) +
             config::DidYouMean(options.section, names));
    return kExitUsage;
  }
  if (options.json) {
    return PrintJson(config::SchemaJson(options.section), kExitOk);
  }
  return Print(options.toml ? config::SchemaToml(options.section)
                            : config::SchemaText(options.section),
               kExitOk);
}

using Run = int (*)(const ConfigOptions&);

CLI::App* AddAction(CLI::App& command, const char* name, const char* about,
                    const std::shared_ptr<ConfigOptions>& options,
                    int& exit_code, Run run) {
  CLI::App* action = command.add_subcommand(name, about);
  action->callback([options, run, &exit_code] { exit_code = run(*options); });
  return action;
}

}  // namespace

int ConfigError(const config::ConfigErrors& errors) {
  std::string text;
  for (const std::string& line : errors.lines) text += line + "\n";
  const std::size_t count = errors.lines.size();
  Show(STDERR_FILENO, text);
  Complain(std::to_string(count) + (count == 1 ? " error" : " errors") +
           " in the configuration; all keys: assay config schema");
  return kExitUsage;
}

void AddConfigOption(CLI::App& command, std::vector<std::string>& files) {
  command
      .add_option("--config", files,
                  "a configuration file of assayd; again: later ones win")
      ->allow_extra_args(false)
      ->type_name("FILE");
}

void AddConfigCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ConfigOptions>();
  CLI::App* command = app.add_subcommand(
      "config", "Show, check and explain the configuration of assayd");
  command->require_subcommand(1);
  CLI::App* show =
      AddAction(*command, "show", "The configuration in effect here", options,
                exit_code, RunShow);
  AddConfigOption(*show, options->files);
  show->add_flag("--origin", options->origin, "where each value comes from");
  show->add_flag("--json", options->json, "as one JSON object");
  CLI::App* check =
      AddAction(*command, "check", "Say whether files are good, or every error",
                options, exit_code, RunCheck);
  check->add_option("FILE", options->files,
                    "files, merged in this order; none: what assayd would use "
                    "here, with the environment");
  check->add_flag("--json", options->json, "as one JSON object");
  CLI::App* path = AddAction(*command, "path", "The files that assayd reads",
                             options, exit_code, RunPath);
  AddConfigOption(*path, options->files);
  CLI::App* schema = AddAction(*command, "schema", "Every key there is",
                               options, exit_code, RunSchema);
  schema->add_option("SECTION", options->section, "only the keys of this one");
  schema->add_flag("--toml", options->toml, "as a file, every key commented");
  schema->add_flag("--json", options->json, "as one JSON object");
  command->footer(
      "Exit: 0 good, 2 not.\n\n"
      "Examples:\n"
      "  assay config show --origin\n"
      "  assay config check /etc/assay/assayd.toml\n"
      "  assay config schema limit\n"
      "  assay config schema --toml > assayd.toml\n");
}

}  // namespace verifier::cli
