#include "verifier/cli/checkers_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "verifier/cli/checker_list.h"
#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/protocol/json_text.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

namespace json = boost::json;

struct CheckersOptions {
  std::string name{};
  std::string server{};
  std::vector<std::string> config{};
  bool schema = false;
  bool json = false;
};

// Name, version, summary and parameters of one checker.
std::string Long(const json::object& checker) {
  std::string text =
      fmt::format("{} (version {})\n  {}\n", TextOf(checker, "name"),
                  TextOf(checker, "version"), TextOf(checker, "summary"));
  const json::value* schema = checker.if_contains("schema");
  const json::value* properties =
      schema != nullptr && schema->is_object()
          ? schema->get_object().if_contains("properties")
          : nullptr;
  if (properties == nullptr || !properties->is_object()) return text;
  text += "parameters:\n";
  for (const auto& member : properties->get_object()) {
    std::string what = member.value().is_object()
                           ? TextOf(member.value().get_object(), "description")
                           : "";
    if (what.empty()) what = Printable(protocol::JsonText(member.value()), 100);
    text += fmt::format("  {:<16} {}\n", Printable(member.key(), 60), what);
  }
  return text + "--schema prints their JSON Schema.\n";
}

int ShowOne(const CheckersOptions& options,
            const std::vector<json::object>& list) {
  std::vector<std::string> names;
  for (const json::object& checker : list) {
    names.push_back(TextOf(checker, "name"));
    if (names.back() != options.name) continue;
    if (options.schema) {
      const json::value* schema = checker.if_contains("schema");
      return Print(protocol::JsonText(schema ? *schema : json::value()) + "\n",
                   kExitOk);
    }
    if (options.json) return Print(protocol::JsonText(checker) + "\n", kExitOk);
    return Print(Long(checker), kExitOk);
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string_view near = protocol::NearestName(options.name, views);
  Complain("unknown checker " + Printable(options.name, 60) +
           (near.empty() ? "" : "; did you mean " + std::string(near) + "?"));
  return kExitUsage;
}

int RunCheckers(const CheckersOptions& options) {
  int exit_code = kExitOk;
  const std::optional<json::value> description =
      DescriptionOf(options.server, options.config, exit_code);
  if (!description) return exit_code;
  const std::vector<json::object> list = CheckersIn(*description);
  if (!options.name.empty()) return ShowOne(options, list);
  if (options.json || options.schema) {
    return Print(protocol::JsonText(*description) + "\n", kExitOk);
  }
  std::string text;
  for (const json::object& checker : list) {
    text += fmt::format("{:<12} {}\n", TextOf(checker, "name"),
                        TextOf(checker, "summary"));
  }
  const std::vector<json::object> profiles = ProfilesIn(*description);
  if (!profiles.empty()) text += "profiles:\n";
  for (const json::object& profile : profiles) {
    text += fmt::format("  {:<16} {}\n", TextOf(profile, "name"),
                        TextOf(profile, "summary"));
  }
  return Print(text + "assay checkers NAME shows the parameters.\n", kExitOk);
}

}  // namespace

void AddCheckersCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CheckersOptions>();
  CLI::App* command =
      app.add_subcommand("checkers", "List what can be judged, and how");
  command->add_option("NAME", options->name, "show the parameters of this one");
  command->add_flag("--schema", options->schema,
                    "the JSON Schema of the parameters");
  command->add_option("--server", options->server,
                      "ask this assayd instead of this build");
  AddConfigOption(*command, options->config);
  command->get_option("--config")->excludes("--server");
  command->add_flag("--json", options->json, "as GET /v1/checkers has it");
  command->footer(
      "Examples:\n"
      "  assay checkers\n"
      "  assay checkers math --schema\n");
  command->callback(
      [options, &exit_code] { exit_code = RunCheckers(*options); });
}

}  // namespace verifier::cli
