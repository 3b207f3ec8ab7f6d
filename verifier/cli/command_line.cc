#include "verifier/cli/command_line.h"

#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Error.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include "verifier/cli/exit_code.h"
#include "verifier/cli/summary.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

// The command that was named on the command line, or `app`.
const CLI::App& Named(const CLI::App& app) {
  const CLI::App* named = &app;
  for (auto commands = app.get_subcommands(); !commands.empty();
       commands = named->get_subcommands()) {
    named = commands.front();
  }
  return *named;
}

// "assay config" of the command `show` of `config`; empty for `app` itself.
std::string ParentsOf(const CLI::App& command) {
  std::string names;
  for (const CLI::App* parent = command.get_parent(); parent != nullptr;
       parent = parent->get_parent()) {
    names = parent->get_name() + (names.empty() ? "" : " ") + names;
  }
  return names;
}

// The help of `command`, with the whole of its name in the usage line.
std::string HelpOf(const CLI::App& command) {
  return command.help(ParentsOf(command));
}

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    names.push_back(command->get_name());
  }
  return names;
}

std::string Meant(std::string_view word,
                  const std::vector<std::string_view>& names) {
  const std::string_view name = protocol::NearestName(word, names);
  return name.empty() ? "" : "; did you mean " + std::string(name) + "?";
}

// An error for the first argument if it should be a command and is none.
std::string UnknownCommand(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return "";
  const std::vector<std::string> names = CommandNames(app);
  const std::string word = argv[1];
  if (std::find(names.begin(), names.end(), word) != names.end()) return "";
  return "unknown command " + Printable(word, 60) +
         Meant(word, {names.begin(), names.end()});
}

// What to say about arguments that `command` does not know.
std::string UnknownArgument(const CLI::App& app) {
  const CLI::App& command = Named(app);
  const std::vector<std::string> extras = app.remaining(true);
  const std::string word = extras.empty() ? "" : extras.front();
  if (!word.starts_with("-")) {
    const std::vector<std::string> commands = CommandNames(command);
    return (commands.empty() ? "unexpected argument " : "unknown command ") +
           Printable(word, 60) +
           Meant(word, {commands.begin(), commands.end()});
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  const std::string flag = word.substr(0, word.find('='));
  std::string text = "unknown option " + Printable(flag, 60) +
                     Meant(flag, {names.begin(), names.end()});
  if (!word.starts_with("--")) {
    text += "; put -- before arguments that begin with -";
  }
  return text;
}

int UsageError(const CLI::App& app, const std::string& message) {
  const CLI::App& command = Named(app);
  const std::string parents = ParentsOf(command);
  const std::string help =
      parents + (parents.empty() ? "" : " ") + command.get_name();
  Complain(message);
  Show(STDERR_FILENO, "Try: " + help + " --help\n");
  return kExitUsage;
}

}  // namespace

void Show(int fd, std::string_view text) {
  static_cast<void>(WriteAll(fd, text));
}

void Complain(std::string_view message) {
  Show(STDERR_FILENO, "assay: " + std::string(message) + "\n");
}

int UsageWithHelp(const CLI::App& command, std::string_view message) {
  Complain(message);
  Show(STDERR_FILENO, HelpOf(command));
  return kExitUsage;
}

int Print(std::string_view text, int exit_code) {
  const int error = WriteAll(STDOUT_FILENO, text);
  if (error == 0) return exit_code;
  if (error == EPIPE) return kExitBrokenPipe;
  Complain(std::string("cannot write standard output: ") +
           std::strerror(error));
  return kExitResources;
}

void AddColorOption(CLI::App& command, ColorMode& color) {
  static const std::map<std::string, ColorMode> kModes = {
      {"auto", ColorMode::kAuto},
      {"always", ColorMode::kAlways},
      {"never", ColorMode::kNever}};
  command.add_option("--color", color, "auto, always or never")
      ->transform(CLI::CheckedTransformer(kModes).description(""))
      ->type_name("WHEN");
}

void AddOnlyOption(CLI::App& command, std::vector<std::string>& only) {
  command
      .add_option("--only", only,
                  "write only results with one of these outcomes: correct, "
                  "partial, wrong, unreadable, timeout, violation, not_judged, "
                  "invalid")
      ->delimiter(',')
      ->type_name("OUTCOMES")
      ->check(CLI::Validator(
          [](const std::string& name) -> std::string {
            std::vector<std::string_view> names(kOutcomes.begin(),
                                                kOutcomes.end());
            names.emplace_back("invalid");
            if (std::find(names.begin(), names.end(), name) != names.end()) {
              return "";
            }
            return "unknown outcome " + Printable(name, 60) +
                   Meant(name, names);
          },
          ""));
}

int ParseAndRun(CLI::App& app, int argc, char** argv, const int& exit_code) {
  const std::string unknown = UnknownCommand(app, argc, argv);
  if (!unknown.empty()) return UsageError(app, unknown);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Print(HelpOf(Named(app)), kExitOk);
  } catch (const CLI::ExtrasError&) {
    return UsageError(app, UnknownArgument(app));
  } catch (const CLI::RequiredError& error) {
    const std::vector<std::string> commands = CommandNames(Named(app));
    if (commands.empty()) return UsageError(app, error.what());
    if (!app.remaining(true).empty()) {
      return UsageError(app, UnknownArgument(app));
    }
    std::string names;
    for (const std::string& name : commands) names += " " + name;
    return UsageError(app, "wants one of:" + names);
  } catch (const CLI::ParseError& error) {
    return UsageError(app, error.what());
  }
  return exit_code;
}

}  // namespace verifier::cli
