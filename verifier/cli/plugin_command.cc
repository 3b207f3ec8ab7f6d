#include "verifier/cli/plugin_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "verifier/cli/checker_list.h"
#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/local_checkers.h"
#include "verifier/cli/plugin_new.h"
#include "verifier/cli/units.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/conformance.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostShown = 500;  // characters of a problem

struct TestOptions {
  std::vector<std::string> words{};
  std::vector<std::string> config{};
  engine::PluginOptions plugin{};
  bool no_jail = false;
};

struct ListOptions {
  std::string server{};
  std::vector<std::string> config{};
};

// The checks as they are done, for people.
class Report {
 public:
  void Add(const engine::ConformanceCheck& check) {
    ++checks_;
    if (!check.problem.empty()) ++failed_;
    const std::string name = Printable(check.name, kMostShown);
    Show(STDOUT_FILENO, check.problem.empty()
                            ? "[ok]   " + name + "\n"
                            : "[FAIL] " + name + ": " +
                                  Printable(check.problem, kMostShown) + "\n");
  }

  [[nodiscard]] int End() const {
    return failed_ == 0
               ? Print(fmt::format("{} checks, all hold\n", checks_), kExitOk)
               : Print(
                     fmt::format("{} of {} checks failed\n", failed_, checks_),
                     kExitNegative);
  }

 private:
  std::size_t checks_ = 0;
  std::size_t failed_ = 0;
};

int TestNamed(const TestOptions& options) {
  int exit_code = kExitOk;
  const auto checkers = MakeLocalCheckers(options.config, exit_code);
  if (!checkers) return exit_code;
  const std::string& name = options.words[0];
  const auto* checker = checkers->registry->Find(name);
  if (checker == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& known : checkers->registry->checkers()) {
      names.push_back(known->name());
    }
    const std::string_view near = protocol::NearestName(name, names);
    Complain("there is no checker " + Printable(name, 60) +
             (near.empty() ? "" : "; did you mean " + std::string(near) + "?") +
             " A program is tested with: assay plugin test -- PROGRAM ...");
    return kExitUsage;
  }
  Report report;
  static_cast<void>(engine::TestConformance(
      *checker, [&report](const auto& check) { report.Add(check); }));
  return report.End();
}

int TestProgram(TestOptions options) {
  options.plugin.name = "plugin";
  options.plugin.command = options.words;
  options.plugin.jailed = !options.no_jail;
  const std::string quoted = "plugin plugin: ";
  Report report;
  static_cast<void>(engine::TestConformance(
      options.plugin,
      [&quoted](const std::string& line) {
        if (!line.starts_with(quoted)) return;
        Show(STDERR_FILENO,
             "plugin: " + Printable(line.substr(quoted.size()), 1'000) + "\n");
      },
      [&report](const auto& check) { report.Add(check); }));
  return report.End();
}

int RunTest(const TestOptions& options) {
  const std::string& first = options.words[0];
  const bool program = options.words.size() > 1 ||
                       first.find('/') != std::string::npos ||
                       access(first.c_str(), F_OK) == 0;
  return program ? TestProgram(options) : TestNamed(options);
}

int RunList(const ListOptions& options) {
  int exit_code = kExitOk;
  const auto description =
      DescriptionOf(options.server, options.config, exit_code);
  if (!description) return exit_code;
  std::string text;
  for (const json::object& checker : CheckersIn(*description)) {
    const json::value* origin = checker.if_contains("origin");
    if (origin == nullptr || *origin != "plugin") continue;
    text += fmt::format("{:<20} {:<8} {}\n", TextOf(checker, "name"),
                        TextOf(checker, "version"), TextOf(checker, "summary"));
  }
  if (text.empty()) {
    Complain(options.server.empty() && options.config.empty()
                 ? "no plugin: name a configuration (--config) or a --server"
                 : "no plugin is declared");
  }
  return Print(text, kExitOk);
}

void AddTime(CLI::App& command, const std::string& name,
             std::chrono::milliseconds& time, const std::string& help) {
  command
      .add_option_function<std::string>(
          name,
          [&time, name](const std::string& text) {
            const auto parsed = ParseDuration(text);
            if (!parsed) {
              throw CLI::ValidationError(name, parsed.error().detail);
            }
            time = std::chrono::ceil<std::chrono::milliseconds>(*parsed);
          },
          help)
      ->type_name("TIME");
}

void AddTest(CLI::App& parent, int& exit_code) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command = parent.add_subcommand(
      "test", "Check that a checker does what every caller relies on");
  command
      ->add_option("PROGRAM", options->words,
                   "after --: a program and its arguments; or the name of a "
                   "checker")
      ->required();
  command->add_flag("--no-jail", options->no_jail,
                    "run the program as you, with all you may do");
  command
      ->add_option("--folder", options->plugin.folders,
                   "a further folder that it may read, by absolute path")
      ->type_name("DIR")
      ->allow_extra_args(false);
  AddTime(*command, "--start-timeout", options->plugin.start_timeout,
          "for its first line (10s)");
  AddTime(*command, "--deadline", options->plugin.deadline,
          "for one item (5s)");
  AddConfigOption(*command, options->config);
  command->footer(
      "Exit: 0 every check holds, 1 one failed, 2 usage.\n\n"
      "Examples:\n"
      "  assay plugin test -- python3 word_limit.py\n"
      "  assay plugin test math\n");
  command->callback([options, &exit_code] { exit_code = RunTest(*options); });
}

void AddNew(CLI::App& parent, int& exit_code) {
  auto plugin = std::make_shared<NewPlugin>();
  CLI::App* command =
      parent.add_subcommand("new", "Write a checker that works, to begin with");
  command->add_option("NAME", plugin->name, "of the checker")->required();
  command->add_option("DIR", plugin->folder, "where the file goes (.)");
  command->add_option("--language", plugin->language, "python (default) or c++")
      ->check(CLI::IsMember({"python", "c++"}))
      ->type_name("NAME");
  command->footer(
      "Never overwrites.\n\n"
      "Examples:\n"
      "  assay plugin new politeness\n"
      "  assay plugin new politeness --language c++ checkers/\n");
  command->callback(
      [plugin, &exit_code] { exit_code = WriteNewPlugin(*plugin); });
}

void AddList(CLI::App& parent, int& exit_code) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* command =
      parent.add_subcommand("list", "The plugins of a configuration or assayd");
  command->add_option("--server", options->server, "of this assayd");
  AddConfigOption(*command, options->config);
  command->get_option("--config")->excludes("--server");
  command->callback([options, &exit_code] { exit_code = RunList(*options); });
}

}  // namespace

void AddPluginCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "plugin", "Checkers that are programs of your own: new, test, list");
  command->require_subcommand(1);
  AddNew(*command, exit_code);
  AddTest(*command, exit_code);
  AddList(*command, exit_code);
}

}  // namespace verifier::cli
