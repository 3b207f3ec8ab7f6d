#include "trainer/cli/run_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trainer/cli/machine.h"
#include "trainer/cli/plan.h"
#include "trainer/cli/report_command.h"
#include "trainer/cli/signals.h"
#include "trainer/recipes/recipe_reader.h"
#include "trainer/report/final_table.h"
#include "trainer/stages/run.h"
#include "trainer/stages/run_error.h"

namespace trainer::cli {
namespace {

constexpr const char* kResolved = "/recipe.resolved.toml";

struct RecipeOptions {
  std::string path{};
  std::vector<std::string> sets{};
  std::string server{};
};

void AddRecipeOptions(CLI::App& command, RecipeOptions& options) {
  command
      .add_option("--set", options.sets,
                  "KEY=VALUE over the recipe's, e.g. grpo.lr=1e-4; again for "
                  "more")
      ->allow_extra_args(false);
  command.add_option("--server", options.server,
                     "http://HOST:PORT of assayd, over verifier.server");
}

// The recipe with its overrides. Throws RunError with every error there is.
Recipe ReadOrThrow(const RecipeOptions& options) {
  std::vector<std::string> overrides = options.sets;
  std::string server = options.server;
  if (const char* url = std::getenv("ASSAY_SERVER_URL");
      server.empty() && url != nullptr) {
    server = url;
  }
  if (!server.empty()) {
    overrides.push_back("verifier.server=\"" + server + '"');
  }
  RecipeResult recipe = ReadRecipe(options.path, overrides);
  if (recipe.has_value()) return *std::move(recipe);
  std::string text;
  for (const std::string& line : recipe.error().lines) text += line + '\n';
  const std::size_t count = recipe.error().lines.size();
  throw RunError(ExitCode::kUsage,
                 text + fmt::format("{} error{}, nothing was started.    all "
                                    "keys: assay-train recipes schema",
                                    count, count == 1 ? "" : "s"));
}

// How much better the last evaluated stage is than the one before it.
std::optional<double> Gain(const RunSummary& summary) {
  std::optional<double> before;
  std::optional<double> last;
  for (const StageSummary& stage : summary.stages) {
    if (!stage.pass_at_1) continue;
    before = last;
    last = stage.pass_at_1;
  }
  if (!before) return std::nullopt;
  return *last - *before;
}

int CheckGain(const RunSummary& summary, double expected) {
  const std::optional<double> gain = Gain(summary);
  if (gain && *gain >= expected) return static_cast<int>(ExitCode::kOk);
  fmt::print(stderr, "not learnt: pass@1 rose by {}, expected {:.3f}\n",
             gain ? fmt::format("{:.3f}", *gain) : "an unknown amount",
             expected);
  return static_cast<int>(ExitCode::kNegative);
}

int Execute(const Recipe& recipe, RunOptions options,
            const MachineOptions& machine,
            std::optional<double> expected_gain = std::nullopt) {
  SetThreads(machine, ParametersOf(recipe));
  Comm comm = JoinRanks(machine);
  options.output = StepOutputOf(2);
  options.stop = [] { return CaughtSignal() != 0; };
  options.write = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
  };
  const RunResult result = ExecuteRun(recipe, options, comm);
  if (comm.rank() != 0) return result.stopped ? 128 + CaughtSignal() : 0;
  if (result.stopped) {
    fmt::print(stderr, "stopped; go on with: assay-train resume {}\n",
               options.folder);
    return 128 + CaughtSignal();
  }
  fmt::print("{}", FinalTable(result.summary));
  WriteReport(options.folder, options.folder + "/report.html");
  fmt::print("report: {0}/report.html\n", options.folder);
  return expected_gain ? CheckGain(result.summary, *expected_gain) : 0;
}

struct RunArguments {
  RecipeOptions recipe{};
  MachineOptions machine{};
  std::string name{};
  std::string runs_dir = "runs";
  std::string from{};
  std::string until{};
  bool clean = false;
  std::optional<double> expected_gain{};
};

int Run(const RunArguments& arguments) {
  Recipe recipe = ReadOrThrow(arguments.recipe);
  RunOptions options;
  options.folder = arguments.runs_dir + '/' + recipe.name;
  if (!arguments.from.empty()) options.from = arguments.from;
  if (!arguments.until.empty()) options.until = arguments.until;
  const bool there = std::filesystem::exists(options.folder + kResolved);
  if (there && arguments.clean && std::getenv("RANK") == nullptr) {
    std::filesystem::remove_all(options.folder);
  } else if (there && arguments.from.empty()) {
    throw RunError(ExitCode::kUsage,
                   options.folder + " holds a run: `assay-train resume " +
                       options.folder +
                       "` goes on with it, --from STAGE repeats a part, "
                       "--clean begins anew, --name makes another");
  }
  return Execute(recipe, std::move(options), arguments.machine,
                 arguments.expected_gain);
}

}  // namespace

void AddRunCommand(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("run", "trains as a recipe says, stage by stage");
  const auto arguments = std::make_shared<RunArguments>();
  command->add_option("recipe", arguments->recipe.path, "RECIPE.toml")
      ->required();
  AddRecipeOptions(*command, arguments->recipe);
  command->add_option("--name", arguments->name,
                      "of the run, over the recipe's");
  command->add_option("--runs-dir", arguments->runs_dir, "where runs are kept")
      ->envname("ASSAY_RUNS_DIR")
      ->capture_default_str();
  command->add_option("--from", arguments->from,
                      "the first stage, with the model of the one before");
  command->add_option("--until", arguments->until, "the last stage");
  command->add_flag("--clean", arguments->clean,
                    "removes a run of this name first");
  command
      ->add_option(
          "--expect-gain", arguments->expected_gain,
          "exit 1 where pass@1 of the last evaluated stage is not this "
          "much over that of the one before")
      ->check(CLI::Range(0.0, 1.0));
  AddMachineOptions(*command, arguments->machine);
  command->callback([arguments, &exit_code] {
    if (!arguments->name.empty()) {
      arguments->recipe.sets.push_back("name=\"" + arguments->name + '"');
    }
    exit_code = Run(*arguments);
  });
}

void AddResumeCommand(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("resume", "goes on with a run that was stopped");
  const auto arguments = std::make_shared<RunArguments>();
  const auto folder = std::make_shared<std::string>();
  command->add_option("run", *folder, "folder of the run")->required();
  AddRecipeOptions(*command, arguments->recipe);
  command->add_option("--until", arguments->until, "the last stage");
  AddMachineOptions(*command, arguments->machine);
  command->callback([arguments, folder, &exit_code] {
    arguments->recipe.path = *folder + kResolved;
    RunOptions options;
    options.folder = *folder;
    if (!arguments->until.empty()) options.until = arguments->until;
    exit_code = Execute(ReadOrThrow(arguments->recipe), std::move(options),
                        arguments->machine);
  });
}

void AddPlanCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "plan", "what a run would do; reads the recipe, touches nothing");
  const auto options = std::make_shared<RecipeOptions>();
  command->add_option("recipe", options->path, "RECIPE.toml")->required();
  AddRecipeOptions(*command, *options);
  command->callback([options, &exit_code] {
    fmt::print("{}", PlanText(ReadOrThrow(*options)));
    exit_code = 0;
  });
}

}  // namespace trainer::cli
