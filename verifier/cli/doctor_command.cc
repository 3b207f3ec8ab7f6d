#include "verifier/cli/doctor_command.h"

#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/doctor.h"
#include "verifier/cli/exit_code.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

struct DoctorOptions {
  std::vector<std::string> files{};
  std::string require{};
  bool json = false;
  bool report = false;
  ColorMode color = ColorMode::kAuto;
};

std::string Home() {
  const char* home = std::getenv("HOME");
  return home != nullptr ? home : "";
}

int RunDoctor(const DoctorOptions& options) {
  config::Sources sources;
  sources.files = options.files;
  sources.variables = config::AssayVariables();
  const Doctor doctor = Examine(sources, options.require);
  const int exit_code = doctor.errors() > 0 ? kExitNegative : kExitOk;
  if (options.json) {
    return Print(protocol::JsonText(DoctorJson(doctor)) + "\n", exit_code);
  }
  if (options.report) {
    return Print(
        "```\n" + WithoutHomes(DoctorText(doctor, false), Home()) + "```\n",
        exit_code);
  }
  const bool color = UseColor(options.color, STDOUT_FILENO);
  return Print(
      DoctorText(doctor, color) + "paste for an issue: assay doctor --report\n",
      exit_code);
}

}  // namespace

void AddDoctorCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<DoctorOptions>();
  CLI::App* command = app.add_subcommand(
      "doctor", "Say what works on this machine, and what would help");
  command
      ->add_option("--require", options->require,
                   "exit 1 where programs are not jailed at this level: L0, "
                   "L1, L2 or L3")
      ->check(CLI::IsMember({"L0", "L1", "L2", "L3"}))
      ->type_name("LEVEL");
  AddConfigOption(*command, options->files);
  command->add_flag("--json", options->json, "as one JSON object");
  command->add_flag("--report", options->report,
                    "a block to paste into an issue: no user's name, nothing "
                    "secret");
  AddColorOption(*command, options->color);
  command->footer(
      "Starts the plugins of the configuration once, to see whether they do.\n"
      "Exit: 0, also with warnings; 1 below --require (or jail.require), or\n"
      "where the configuration or a plugin is bad.\n\n"
      "Examples:\n"
      "  assay doctor\n"
      "  assay doctor --require L1 --json\n");
  command->callback([options, &exit_code] { exit_code = RunDoctor(*options); });
}

}  // namespace verifier::cli
