// assay: score answers on the command line, in this process or at an assayd.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>
#include <exception>
#include <new>
#include <string>

#include "verifier/cli/check_answer_command.h"
#include "verifier/cli/checkers_command.h"
#include "verifier/cli/command_line.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/doctor_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/explain_command.h"
#include "verifier/cli/plugin_command.h"
#include "verifier/cli/run_command.h"
#include "verifier/cli/score_command.h"
#include "verifier/cli/version_command.h"

namespace verifier::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 ok, 1 negative finding, 2 usage, 3 bad input data, 4 "
    "service\n"
    "unreachable, 5 something was not judged, 7 out of resources, 70 internal\n"
    "error, 130 interrupted.\n\n"
    "Examples:\n"
    "  assay check-answer 42 'The answer is \\boxed{42}.'\n"
    "  assay score answers.jsonl\n"
    "  generate | assay score - --server http://127.0.0.1:8790 > "
    "scored.jsonl\n";

int Main(int argc, char** argv) {
  // A reader that leaves is an error of a write, not the end of this process
  // in the midst of cleaning up.
  std::signal(SIGPIPE, SIG_IGN);
  int exit_code = kExitOk;
  CLI::App app(
      "assay: checks what language models answer, by rules that cannot be\n"
      "fooled. Scores files of answers in this process or at an assayd.",
      "assay");
  app.footer(kFooter);
  app.set_help_flag("-h,--help", "this help");
  app.require_subcommand(0, 1);
  bool version = false;
  app.add_flag("--version", version, "what this build is made of");
  AddScoreCommand(app, exit_code);
  AddCheckAnswerCommand(app, exit_code);
  AddExplainCommand(app, exit_code);
  AddRunCommand(app, exit_code);
  AddCheckersCommand(app, exit_code);
  AddPluginCommand(app, exit_code);
  AddConfigCommand(app, exit_code);
  AddDoctorCommand(app, exit_code);
  AddVersionCommand(app, exit_code);
  exit_code = ParseAndRun(app, argc, argv, exit_code);
  if (exit_code == kExitOk && app.get_subcommands().empty() && argc < 2) {
    return Print(app.help(), kExitOk);
  }
  if (exit_code == kExitOk && version) {
    return Print(VersionLine() + "\n", kExitOk);
  }
  if (exit_code == kExitBrokenPipe) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);  // end as a program does that nobody reads
  }
  return exit_code;
}

}  // namespace
}  // namespace verifier::cli

int main(int argc, char** argv) {
  using namespace verifier::cli;
  try {
    return Main(argc, argv);
  } catch (const std::bad_alloc&) {
    Complain("out of memory");
    return kExitResources;
  } catch (const std::exception& error) {
    Complain(std::string("internal error, please report it: ") + error.what());
    return kExitInternal;
  }
}
