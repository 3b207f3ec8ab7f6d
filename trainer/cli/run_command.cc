#include "trainer/cli/run_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trainer/cli/launcher.h"
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

// --expect-gain: how much better one stage has to be than another.
struct ExpectedGain {
  std::string after{};
  std::string before{};
  double gain = 0.0;
};

// "r1-zero:base:0.3". Throws RunError (kUsage).
ExpectedGain ParseGain(const std::string& text, const Recipe& recipe) {
  const std::size_t first = text.find(':');
  const std::size_t second =
      first == std::string::npos ? first : text.find(':', first + 1);
  ExpectedGain expected;
  char* end = nullptr;
  if (second != std::string::npos) {
    expected.after = text.substr(0, first);
    expected.before = text.substr(first + 1, second - first - 1);
    expected.gain = std::strtod(text.c_str() + second + 1, &end);
  }
  const auto there = [&](const std::string& name) {
    return std::any_of(recipe.stages.begin(), recipe.stages.end(),
                       [&](const Stage& stage) { return stage.name == name; });
  };
  if (end == nullptr || *end != '\0' || !there(expected.after) ||
      !there(expected.before) || !(std::abs(expected.gain) <= 1.0)) {
    throw RunError(ExitCode::kUsage,
                   "--expect-gain " + text +
                       ": expected STAGE:STAGE:GAIN, two stages of the recipe "
                       "and a number from -1 to 1, e.g. rl:base:0.3");
  }
  return expected;
}

std::optional<double> PassOf(const RunSummary& summary,
                             const std::string& name) {
  for (const StageSummary& stage : summary.stages) {
    if (stage.stage == name) return stage.pass_at_1;
  }
  return std::nullopt;
}

int CheckGains(const RunSummary& summary,
               const std::vector<ExpectedGain>& expected) {
  ExitCode code = ExitCode::kOk;
  for (const ExpectedGain& one : expected) {
    const auto after = PassOf(summary, one.after);
    const auto before = PassOf(summary, one.before);
    const bool known = after && before;
    if (known && *after - *before >= one.gain) continue;
    fmt::print(
        stderr,
        "not as expected: pass@1 of {} is {} over that of {}, expected "
        "{:.3f}\n",
        one.after,
        known ? fmt::format("{:.3f}", *after - *before) : "an unknown amount",
        one.before, one.gain);
    code = ExitCode::kNegative;
  }
  return static_cast<int>(code);
}

int Execute(const Recipe& recipe, RunOptions options,
            const MachineOptions& machine,
            const std::vector<ExpectedGain>& expected = {}) {
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
  return CheckGains(result.summary, expected);
}

struct RunArguments {
  RecipeOptions recipe{};
  MachineOptions machine{};
  std::string name{};
  std::string runs_dir = "runs";
  std::string from{};
  std::string until{};
  bool clean = false;
  std::vector<std::string> expected_gains{};
};

int Run(const RunArguments& arguments) {
  Recipe recipe = ReadOrThrow(arguments.recipe);
  std::vector<ExpectedGain> expected;
  for (const std::string& text : arguments.expected_gains) {
    expected.push_back(ParseGain(text, recipe));
  }
  RunOptions options;
  options.folder = arguments.runs_dir + '/' + recipe.name;
  if (!arguments.from.empty()) options.from = arguments.from;
  if (!arguments.until.empty()) options.until = arguments.until;
  if (arguments.clean && !IsRank() &&
      std::filesystem::exists(options.folder + kResolved)) {
    std::filesystem::remove_all(options.folder);
  }
  if (arguments.machine.ranks > 1 && !IsRank()) {
    return LaunchRanks(arguments.machine.ranks);
  }
  const char* rank = std::getenv("RANK");
  if (rank == nullptr || std::string_view(rank) == "0") {
    fmt::print(stderr, "{}\n", PlanText(recipe));
  }
  return Execute(recipe, std::move(options), arguments.machine, expected);
}

}  // namespace

void AddRunCommand(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("run",
                         "trains as a recipe says, stage by stage: what is "
                         "not done yet, and what has to be done again");
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
                      "does this stage and all after it again");
  command->add_option("--until", arguments->until, "the last stage");
  command->add_flag("--clean", arguments->clean,
                    "removes a run of this name first");
  command
      ->add_option("--expect-gain", arguments->expected_gains,
                   "STAGE:STAGE:GAIN: exit 1 where pass@1 of the first is not "
                   "this much over that of the second; again for more")
      ->allow_extra_args(false);
  AddMachineOptions(*command, arguments->machine);
  AddRanksOption(*command, arguments->machine);
  command->callback([arguments, &exit_code] {
    if (!arguments->name.empty()) {
      arguments->recipe.sets.push_back("name=\"" + arguments->name + '"');
    }
    exit_code = Run(*arguments);
  });
}

void AddResumeCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "resume", "goes on with a run, as its own recipe says");
  const auto arguments = std::make_shared<RunArguments>();
  const auto folder = std::make_shared<std::string>();
  command->add_option("run", *folder, "folder of the run")->required();
  AddRecipeOptions(*command, arguments->recipe);
  command->add_option("--until", arguments->until, "the last stage");
  AddMachineOptions(*command, arguments->machine);
  AddRanksOption(*command, arguments->machine);
  command->callback([arguments, folder, &exit_code] {
    arguments->recipe.path = *folder + kResolved;
    RunOptions options;
    options.folder = *folder;
    if (!arguments->until.empty()) options.until = arguments->until;
    if (arguments->machine.ranks > 1 && !IsRank()) {
      exit_code = LaunchRanks(arguments->machine.ranks);
      return;
    }
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
