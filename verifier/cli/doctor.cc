#include "verifier/cli/doctor.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "verifier/cli/config/keys.h"
#include "verifier/cli/terminal.h"
#include "verifier/cli/version_command.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/run_program.h"

namespace verifier::cli {
namespace {

// A program that prints the version of its language.
struct Probe {
  std::string_view language;
  const char* source;
};

constexpr Probe kProbes[] = {
    {"python", "import platform\nprint(platform.python_version())\n"},
    {"cpp",
     "#include <cstdio>\nint main() { std::printf(\"%d.%d.%d\\n\", __GNUC__, "
     "__GNUC_MINOR__, __GNUC_PATCHLEVEL__); }\n"},
};

std::string FirstLine(const std::string& text) {
  return Printable(text.substr(0, text.find('\n')), 100);
}

Doctor::Part ExamineLanguage(std::string_view language) {
  Doctor::Part part;
  part.name = language;
  const auto* const probe = std::find_if(
      std::begin(kProbes), std::end(kProbes),
      [language](const Probe& one) { return one.language == language; });
  if (probe == std::end(kProbes)) return part;
  engine::ProgramToRun program;
  program.language = probe->language;
  program.source = probe->source;
  const engine::RunResult result =
      engine::RunProgram(program, engine::RunLimits{});
  if (result.ending == engine::Ending::kExited && result.exit_code == 0) {
    part.version = FirstLine(result.out);
  } else {
    const std::string why =
        result.failure.empty() ? FirstLine(result.err) : result.failure;
    part.problem = "a program does not run: " +
                   (why.empty() ? std::string(EndingName(result.ending)) : why);
  }
  return part;
}

void ExamineLanguages(Doctor& doctor) {
  bool cpp = false;
  for (const std::string_view language : engine::ProgramLanguages()) {
    cpp = cpp || language == "cpp" || language == "c++";
    if (doctor.jail.level.empty()) {
      doctor.languages.push_back(
          {std::string(language), "", "not without a jail"});
    } else {
      doctor.languages.push_back(ExamineLanguage(language));
    }
  }
  if (!cpp && access("/usr/bin/g++", X_OK) == 0) {
    doctor.languages.push_back(
        {"c++", "", "g++ is there; this version does not run it"});
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

void ExaminePlugins(const config::Settings& settings, Doctor& doctor) {
  if (settings.plugins.empty()) return;
  engine::BuiltInOptions options = config::ToBuiltIn(settings);
  options.require.clear();
  const engine::BuiltIn built_in = engine::MakeBuiltIn(options);
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
    return !part.problem.empty() && !part.fatal;
  };
  const bool no_jail = jail.level.empty() && !below_required();
  return (no_jail ? 1 : 0) + static_cast<std::size_t>(std::count_if(
                                 languages.begin(), languages.end(), warns));
}

Doctor Examine(const config::Sources& sources, const std::string& require) {
  Doctor doctor;
  doctor.version = VersionLine();
  doctor.machine = ReadMachine();
  doctor.jail = engine::ReportJail();
  ExamineLanguages(doctor);
  const auto loaded = config::Load(sources);
  if (loaded) {
    doctor.required = loaded->settings.require_level;
    ExamineSettings(*loaded, doctor);
    ExaminePlugins(loaded->settings, doctor);
  } else {
    doctor.config_errors = loaded.error().lines;
  }
  if (!require.empty()) doctor.required = require;
  return doctor;
}

}  // namespace verifier::cli
