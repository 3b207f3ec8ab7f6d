#include "verifier/cli/local_checkers.h"

#include <utility>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/engine/built_in.h"

namespace verifier::cli {

std::optional<LocalCheckers> MakeLocalCheckers(
    const std::vector<std::string>& files, int& exit_code) {
  LocalCheckers checkers;
  if (files.empty()) {
    checkers.registry = engine::MakeBuiltIn().registry;
    return checkers;
  }
  config::Sources sources;
  sources.files = files;
  sources.variables = config::AssayVariables();
  const auto loaded = config::Load(sources);
  if (!loaded) {
    exit_code = ConfigError(loaded.error());
    return std::nullopt;
  }
  engine::BuiltInOptions options = config::ToBuiltIn(loaded->settings);
  options.log = [](const std::string& line) { Complain(Printable(line, 500)); };
  engine::BuiltIn built_in = engine::MakeBuiltIn(options);
  std::vector<std::string> problems = std::move(built_in.plugin_problems);
  exit_code = kExitUsage;
  if (!options.require.empty() && !built_in.jail_problem.empty()) {
    problems.push_back("no jail: " + built_in.jail_problem);
    exit_code = kExitUnreachable;
  }
  for (const std::string& problem : problems) Complain(Printable(problem, 500));
  if (!problems.empty()) return std::nullopt;
  exit_code = kExitOk;
  checkers.registry = std::move(built_in.registry);
  checkers.limits = loaded->settings.server.limits;
  return checkers;
}

}  // namespace verifier::cli
