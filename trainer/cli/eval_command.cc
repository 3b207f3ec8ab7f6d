#include "trainer/cli/eval_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "datasets/suites/suite.h"
#include "datasets/suites/suite_prompt.h"
#include "trainer/checkpoint/file_system.h"
#include "trainer/checkpoint/files.h"
#include "trainer/cli/model_argument.h"
#include "trainer/cli/signals.h"
#include "trainer/report/summary.h"
#include "trainer/rollout/verifier_rewards.h"
#include "trainer/stages/document.h"
#include "trainer/stages/evaluation.h"
#include "trainer/stages/run_error.h"

namespace trainer::cli {
namespace {

// The miniature's own held-out problems; the other suites are files.
constexpr const char* kArithmetic = "arithmetic";

struct EvalArguments {
  ModelArgument model{};
  EvalSettings settings{};
  std::string suite = kArithmetic;
  std::string data{};   // file of a published suite
  std::string shots{};  // documents to show before each question
  std::int64_t shot_count = 0;
  VerifierRewardsOptions verifier{};
  bool json = false;
};

// The first of the file's documents that are kept. Throws RunError.
std::vector<datasets::Shot> ReadShots(const EvalArguments& arguments) {
  std::vector<datasets::Shot> shots;
  if (arguments.shots.empty()) return shots;
  const auto bytes = ReadWholeFile(RealFileSystem(), arguments.shots);
  if (bytes.has_error()) {
    throw RunError(ExitCode::kBadData, bytes.error().ToString());
  }
  auto documents = ParseDocuments(AsText(*bytes), arguments.shots);
  if (documents.has_error()) {
    throw RunError(ExitCode::kBadData, documents.error().ToString());
  }
  for (Document& one : *documents) {
    if (!one.keep || std::ssize(shots) == arguments.shot_count) continue;
    shots.push_back({std::move(one.question), std::move(one.response)});
  }
  if (std::ssize(shots) < arguments.shot_count) {
    throw RunError(ExitCode::kBadData,
                   arguments.shots + ": has fewer examples than --shots " +
                       std::to_string(arguments.shot_count));
  }
  return shots;
}

// The first settings.items tasks of the file, as they are asked. Throws
// RunError.
EvaluationTasks ReadTasks(const EvalArguments& arguments) {
  if (arguments.suite == kArithmetic) {
    return HeldOut(Recipe{}, arguments.settings);
  }
  if (arguments.data.empty()) {
    throw RunError(ExitCode::kUsage, "--suite " + arguments.suite +
                                         ": needs --data FILE, as published");
  }
  const datasets::Suite& suite = *datasets::FindSuite(arguments.suite);
  auto read = datasets::ReadSuite(suite, arguments.data);
  if (read.has_error()) {
    throw RunError(ExitCode::kBadData, read.error().ToString());
  }
  const std::vector<datasets::Shot> shots = ReadShots(arguments);
  EvaluationTasks tasks;
  for (datasets::Task& task : *read) {
    if (std::ssize(tasks.problems) == arguments.settings.items) break;
    task.question = datasets::FewShotQuestion(suite, task, shots);
    task.template_name = arguments.settings.template_name;
    tasks.problems.push_back({tasks.problems.size(), std::move(task)});
  }
  return tasks;
}

void Print(const EvaluationReport& report, const EvalArguments& arguments) {
  const StageSummary& found = report.summary;
  if (arguments.json) {
    RunSummary summary;
    summary.name = arguments.suite;
    summary.seed = arguments.settings.seed;
    summary.stages = {found};
    fmt::print("{}", ToJson(summary));
    return;
  }
  const auto cell = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.3f}", *value) : std::string("-");
  };
  fmt::print(
      "{}: pass@1 {} +- {}  cons@{} {}  pass@{} {}  format {}  language {}  "
      "{:.1f} tokens  ({} problems x {}, {} not judged)\n",
      arguments.suite, cell(found.pass_at_1), cell(found.pass_at_1_ci),
      report.samples, cell(found.cons_at_k),
      std::max<std::int64_t>(1, report.samples / 2), cell(found.pass_at_k),
      cell(found.format_rate), cell(found.language_rate),
      found.mean_tokens.value_or(0.0), report.items, report.samples,
      report.dropped);
}

int Eval(const EvalArguments& arguments) {
  Comm comm = JoinRanks(arguments.model.machine);
  EvaluationTasks tasks = ReadTasks(arguments);
  const Model model = ReadOrThrow(arguments.model, comm.device());
  auto rewards = VerifierRewards::Make(
      arguments.verifier,
      [](std::string_view line) { fmt::print(stderr, "{}\n", line); });
  if (rewards.has_error()) {
    throw RunError(ExitCode::kUsage, "--server: " + rewards.error().detail);
  }
  if (const auto why = (*rewards)->CheckReady()) {
    throw RunError(
        ExitCode::kUnreachable,
        "no assayd at " + arguments.verifier.server + " (" + why->detail + ")");
  }
  EvaluationReport report;
  try {
    report =
        Evaluate(model, arguments.suite, arguments.settings, std::move(tasks),
                 **rewards, comm, [] { return CaughtSignal() != 0; });
  } catch (const RewardUnavailable& gone) {
    throw RunError(ExitCode::kUnreachable, gone.what());
  } catch (const RewardStopped&) {
    return 128 + CaughtSignal();
  } catch (const std::invalid_argument& wrong) {
    // E.g. a question that leaves no room in the model's context.
    throw RunError(ExitCode::kBadData, arguments.suite + ": " + wrong.what());
  }
  report.summary.stage = arguments.suite;
  report.summary.model = arguments.model.model;
  if (comm.rank() == 0) Print(report, arguments);
  return static_cast<int>(report.dropped > 0 ? ExitCode::kNotJudged
                                             : ExitCode::kOk);
}

std::vector<std::string> SuiteNames() {
  std::vector<std::string> names{kArithmetic};
  for (const datasets::Suite& suite : datasets::Suites()) {
    names.emplace_back(suite.name);
  }
  return names;
}

void AddSamplingOptions(CLI::App& command, EvalSettings& s) {
  command.add_option("-k,--samples", s.samples, "completions of each")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command.add_option("--temperature", s.temperature, "0: greedy")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command.add_option("--top-p", s.top_p, "of sampling")
      ->check(CLI::Range(1e-9, 1.0))
      ->capture_default_str();
  command.add_option("--max-new-tokens", s.max_new_tokens, "of a completion")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command.add_option("--prompt", s.prompt, "template")
      ->check(CLI::IsMember({"chat", "r1-zero"}))
      ->capture_default_str();
  command
      .add_option("--template", s.template_name,
                  "where the reasoning of a response ends")
      ->check(CLI::IsMember({"r1", "r1-zero", "plain"}))
      ->capture_default_str();
  command.add_option("--seed", s.seed, "of the miniature's problems")
      ->capture_default_str();
}

}  // namespace

void AddEvalCommand(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "eval", "pass@1 of a model on held-out problems or a published data set");
  const auto a = std::make_shared<EvalArguments>();
  AddModelOption(*command, a->model);
  command->add_option("--suite", a->suite, "which problems")
      ->check(CLI::IsMember(SuiteNames()))
      ->capture_default_str();
  command->add_option("--data", a->data, "the suite's file, as published");
  auto* shots = command->add_option(
      "--shots", a->shot_count, "examples before each question; 0: zero-shot");
  shots->check(CLI::Range(0, 1'000))->capture_default_str();
  shots->needs(command->add_option(
      "--shots-from", a->shots,
      "where they are: documents as data/STAGE.jsonl of a run has them"));
  command->add_option("--server", a->verifier.server, "http://HOST:PORT")
      ->envname("ASSAY_SERVER_URL")
      ->capture_default_str();
  command->add_option("--items", a->settings.items, "problems, at most")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  AddSamplingOptions(*command, a->settings);
  command->add_flag("--json", a->json, "as summary.json has it");
  command->callback([a, &exit_code] { exit_code = Eval(*a); });
}

}  // namespace trainer::cli
