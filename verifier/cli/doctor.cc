#include "verifier/cli/doctor.h"

#include <algorithm>
#include <utility>

#include "verifier/cli/config/keys.h"
#include "verifier/cli/terminal.h"
#include "verifier/cli/version_command.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/execute.h"
#include "verifier/engine/languages.h"

namespace verifier::cli {
namespace {

std::string FirstLine(const std::string& text) {
  return Printable(text.substr(0, text.find('\n')), 100);
}

Doctor::Part ExamineLanguage(const engine::Language& language,
                             const engine::BuiltIn& built_in) {
  Doctor::Part part;
  part.name = language.name();
  const std::string missing = engine::MissingTool(language);
  if (!missing.empty()) {
    part.absent = true;
    part.problem = missing + " is not there";
    if (!language.packages.empty()) {
      part.problem += "; on Debian: apt-get install " + language.packages;
    }
    return part;
  }
  engine::Execution execution;
  execution.language = &language;
  execution.files.push_back({.name = language.main, .content = language.trial});
  const protocol::ExecuteResult result =
      engine::Execute(built_in.runner.get(), std::move(execution), nullptr);
  if (result.verdict == "OK" && result.run) {
    part.version = FirstLine(result.run->out);
  } else if (built_in.runner == nullptr) {
    part.problem = "not without a jail";
  } else {
    part.problem = "a program does not run (" + result.verdict +
                   "): " + Printable(result.failure, 300);
  }
  return part;
}

void ExamineLanguages(const engine::BuiltIn& built_in, Doctor& doctor) {
  for (const engine::Language& language : engine::Languages()) {
    doctor.languages.push_back(ExamineLanguage(language, built_in));
  }
}

// What is set, without what a plugin is started with, which may hold a secret.
void ExamineSettings(const config::Loaded& loaded, Doctor& doctor) {
  doctor.files = loaded.files;
  for (std::size_t i = 0; i < loaded.origins.size(); ++i) {
    if (loaded.origins[i] == "default") continue;
    const config::Key& key = config::Keys()[i];
    doctor.set.push_back(config::PathOf(key) + " = " +
                         config::TomlOf(key, loaded.settings) + " (" +
                         loaded.origins[i] + ")");
  }
}

void ExaminePlugins(const config::Settings& settings,
                    const engine::BuiltIn& built_in, Doctor& doctor) {
  for (const config::PluginOptions& plugin : settings.plugins) {
    const std::string start = "plugin " + plugin.name + ": ";
    Doctor::Part part{plugin.name};
    if (const auto* checker = built_in.registry->Find(plugin.name)) {
      part.version = checker->version();
    }
    for (const std::string& problem : built_in.plugin_problems) {
      if (!problem.starts_with(start)) continue;
      part.problem = Printable(problem.substr(start.size()), 500);
      part.fatal = true;
    }
    doctor.plugins.push_back(std::move(part));
  }
}

// What is bad of them is an error; one that is not there now is a warning.
void ExamineServers(const config::Settings& settings,
                    const engine::BuiltIn& built_in, Doctor& doctor) {
  for (const config::RemoteOptions& remote : settings.remotes) {
    const std::string name =
        std::string(engine::RemoteKindName(remote.kind)) + " " + remote.name;
    Doctor::Part part{name};
    for (const std::string& problem : built_in.plugin_problems) {
      if (!problem.starts_with(name + ": ")) continue;
      part.problem = Printable(problem.substr(name.size() + 2), 500);
      part.fatal = true;
    }
    if (!part.fatal) {
      part.problem = Printable(engine::ReachProblem(remote), 500);
      part.version = part.problem.empty() ? "reached" : "";
    }
    doctor.plugins.push_back(std::move(part));
  }
}

}  // namespace

bool Doctor::below_required() const {
  return required != "any" && (jail.level.empty() || jail.level < required);
}

std::size_t Doctor::errors() const {
  const auto fatal = [](const Part& part) { return part.fatal; };
  return config_errors.size() + (below_required() ? 1 : 0) +
         static_cast<std::size_t>(
             std::count_if(plugins.begin(), plugins.end(), fatal));
}

std::size_t Doctor::warnings() const {
  const auto warns = [](const Part& part) {
    return !part.problem.empty() && !part.fatal && !part.absent;
  };
  const bool no_jail = jail.level.empty() && !below_required();
  const auto count = [&warns](const std::vector<Part>& parts) {
    return static_cast<std::size_t>(
        std::count_if(parts.begin(), parts.end(), warns));
  };
  return (no_jail ? 1 : 0) + count(languages) + count(plugins);
}

Doctor Examine(const config::Sources& sources, const std::string& require) {
  Doctor doctor;
  doctor.version = VersionLine();
  doctor.machine = ReadMachine();
  const auto loaded = config::Load(sources);
  if (loaded) doctor.required = loaded->settings.require_level;
  if (!require.empty()) doctor.required = require;
  doctor.jail = engine::ReportJail(doctor.required);
  engine::BuiltInOptions options;
  if (loaded) options = config::ToBuiltIn(loaded->settings);
  options.require = doctor.jail.level;
  const engine::BuiltIn built_in = engine::MakeBuiltIn(options);
  ExamineLanguages(built_in, doctor);
  if (loaded) {
    ExamineSettings(*loaded, doctor);
    ExaminePlugins(loaded->settings, built_in, doctor);
    ExamineServers(loaded->settings, built_in, doctor);
  } else {
    doctor.config_errors = loaded.error().lines;
  }
  return doctor;
}

}  // namespace verifier::cli
