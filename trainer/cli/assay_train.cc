// assay-train: trains a reasoning model with rewards from an assayd.

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "trainer/cli/eval_command.h"
#include "trainer/cli/generate_command.h"
#include "trainer/cli/machine.h"
#include "trainer/cli/report_command.h"
#include "trainer/cli/run_command.h"
#include "trainer/cli/serve_command.h"
#include "trainer/cli/signals.h"
#include "trainer/dist/dist_error.h"
#include "trainer/recipes/recipe_writer.h"
#include "trainer/stages/run_error.h"

namespace trainer::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 ok, 1 negative finding, 2 usage or configuration, 3 bad "
    "input\n"
    "data, 4 service or ranks unreachable, 5 not judged, 6 stopped by a guard, "
    "7 out\n"
    "of resources, 70 internal error, 130 and 143 stopped by a signal, state "
    "saved.\n\n"
    "Examples:\n"
    "  assayd &\n"
    "  assay-train run examples/arithmetic.toml\n"
    "  assay-train run examples/arithmetic.toml --set rl.lr=1e-4 --name "
    "slower\n"
    "  assay-train eval --model runs/arithmetic/checkpoints/rl\n";

void AddRecipesCommand(CLI::App& app, int& exit_code) {
  CLI::App* recipes = app.add_subcommand("recipes", "what a recipe may say");
  recipes->require_subcommand(1);
  recipes->add_subcommand("schema", "every key, its default and its meaning")
      ->callback([&exit_code] {
        fmt::print("{}", RecipeSchema());
        exit_code = 0;
      });
}

int Fail(ExitCode code, const std::string& what) {
  fmt::print(stderr, "{}\n", what);
  return static_cast<int>(code);
}

int Main(int argc, char** argv) {
  KeepFreedMemory();
  CatchSignals();
  int exit_code = 0;
  CLI::App app(
      "assay-train: trains a reasoning model with rewards that an "
      "assayd checks.",
      "assay-train");
  app.footer(kFooter);
  app.set_help_flag("-h,--help", "this help");
  app.set_version_flag("--version", "assay-train " ASSAY_VERSION);
  app.require_subcommand(1);
  AddRunCommand(app, exit_code);
  AddResumeCommand(app, exit_code);
  AddPlanCommand(app, exit_code);
  AddEvalCommand(app, exit_code);
  AddGenerateCommand(app, exit_code);
  AddServeCommand(app, exit_code);
  AddReportCommand(app, exit_code);
  AddRecipesCommand(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
  } catch (const RunError& error) {
    return Fail(error.code(), error.what());
  } catch (const CommError& error) {
    return Fail(ExitCode::kUnreachable, error.what());
  } catch (const std::bad_alloc&) {
    return Fail(ExitCode::kResources, "out of memory");
  }
  return exit_code;
}

}  // namespace
}  // namespace trainer::cli

int main(int argc, char** argv) {
  try {
    return trainer::cli::Main(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "internal error: {}\n", error.what());
    return static_cast<int>(trainer::ExitCode::kInternal);
  }
}
