#include "trainer/cli/model_commands.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "datasets/prompt_template.h"
#include "trainer/cli/machine.h"
#include "trainer/cli/signals.h"
#include "trainer/report/summary.h"
#include "trainer/rollout/generator.h"
#include "trainer/rollout/verifier_rewards.h"
#include "trainer/stages/completion_batch.h"
#include "trainer/stages/evaluation.h"
#include "trainer/stages/model_files.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/world.h"

namespace trainer::cli {
namespace {

struct ModelArguments {
  std::string model{};
  MachineOptions machine{};
};

Model ReadOrThrow(const ModelArguments& arguments, at::Device device) {
  auto model = ReadModel(arguments.model, device);
  if (model.has_error()) {
    throw RunError(ExitCode::kBadData, model.error().ToString());
  }
  SetThreads(arguments.machine, model->decoder.flat().size(0));
  return *std::move(model);
}

struct EvalArguments {
  ModelArguments model{};
  EvalSettings settings{};
  std::string suite = "arithmetic";
  VerifierRewardsOptions verifier{};
  bool json = false;
};

int Eval(const EvalArguments& arguments) {
  Comm comm = JoinRanks(arguments.model.machine);
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
        Evaluate(model, arguments.suite, arguments.settings, Recipe{},
                 **rewards, comm, [] { return CaughtSignal() != 0; });
  } catch (const RewardUnavailable& gone) {
    throw RunError(ExitCode::kUnreachable, gone.what());
  } catch (const RewardStopped&) {
    return 128 + CaughtSignal();
  }
  report.summary.stage = arguments.suite;
  report.summary.model = arguments.model.model;
  if (comm.rank() == 0 && arguments.json) {
    RunSummary summary;
    summary.name = arguments.suite;
    summary.seed = arguments.settings.seed;
    summary.stages = {report.summary};
    fmt::print("{}", ToJson(summary));
  } else if (comm.rank() == 0) {
    fmt::print(
        "{}: pass@1 {:.3f} +- {:.3f}  format {:.3f}  language {:.3f}  {:.1f} "
        "tokens  ({} problems x {}, {} not judged)\n",
        arguments.suite, report.summary.pass_at_1.value_or(0.0),
        report.summary.pass_at_1_ci.value_or(0.0),
        report.summary.format_rate.value_or(0.0),
        report.summary.language_rate.value_or(0.0),
        report.summary.mean_tokens.value_or(0.0), report.items, report.samples,
        report.dropped);
  }
  return static_cast<int>(report.dropped > 0 ? ExitCode::kNotJudged
                                             : ExitCode::kOk);
}

struct GenerateArguments {
  ModelArguments model{};
  std::string question{};
  std::string prompt = "chat";
  SamplingParams params{};
  std::int64_t samples = 1;
  std::uint64_t seed = 0;
};

int GenerateText(const GenerateArguments& arguments) {
  const Model model =
      ReadOrThrow(arguments.model, at::Device(arguments.model.machine.device));
  const std::string text = datasets::FormatPrompt(
      PromptStyleFromName(arguments.prompt), arguments.question);
  std::vector<Prompt> prompts;
  for (std::int64_t i = 0; i < arguments.samples; ++i) {
    prompts.push_back(
        {PromptTokens(model.tokenizer, text),
         SeedOf(arguments.seed, "generate", {static_cast<std::uint64_t>(i)})});
  }
  std::vector<Completion> done;
  try {
    done = Generator(model.decoder, model.tokenizer)
               .Generate(prompts, arguments.params);
  } catch (const std::invalid_argument& wrong) {
    throw RunError(ExitCode::kUsage, wrong.what());
  }
  for (const Completion& one : done) {
    fmt::print("{}\n", model.tokenizer.Decode(one.tokens));
  }
  return 0;
}

void AddModelOption(CLI::App& command, ModelArguments& arguments) {
  command
      .add_option("--model", arguments.model,
                  "folder with config.json, tokenizer.json, model.safetensors")
      ->required();
  AddMachineOptions(command, arguments.machine);
}

}  // namespace

void AddEvalCommand(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("eval", "pass@1 of a model on held-out problems");
  const auto a = std::make_shared<EvalArguments>();
  AddModelOption(*command, a->model);
  command->add_option("--suite", a->suite, "which problems")
      ->check(CLI::IsMember({"arithmetic"}))
      ->capture_default_str();
  command->add_option("--server", a->verifier.server, "http://HOST:PORT")
      ->envname("ASSAY_SERVER_URL")
      ->capture_default_str();
  EvalSettings& s = a->settings;
  command->add_option("--items", s.items, "problems")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("-k,--samples", s.samples, "completions of each")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->add_option("--temperature", s.temperature, "0: greedy")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command->add_option("--top-p", s.top_p, "")
      ->check(CLI::Range(1e-9, 1.0))
      ->capture_default_str();
  command->add_option("--max-new-tokens", s.max_new_tokens, "")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--prompt", s.prompt, "template")
      ->check(CLI::IsMember({"chat", "r1-zero"}))
      ->capture_default_str();
  command->add_option("--seed", s.seed, "of the problems")
      ->capture_default_str();
  command->add_flag("--json", a->json, "as summary.json has it");
  command->callback([a, &exit_code] { exit_code = Eval(*a); });
}

void AddGenerateCommand(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("generate", "what a model answers to a question");
  const auto a = std::make_shared<GenerateArguments>();
  AddModelOption(*command, a->model);
  command->add_option("question", a->question, "e.g. 'What is 12+34'")
      ->required();
  command->add_option("-n,--samples", a->samples, "completions")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->add_option("--prompt", a->prompt, "template")
      ->check(CLI::IsMember({"chat", "r1-zero"}))
      ->capture_default_str();
  command->add_option("--temperature", a->params.temperature, "0: greedy")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command->add_option("--top-p", a->params.top_p, "")
      ->check(CLI::Range(1e-9, 1.0))
      ->capture_default_str();
  command->add_option("--max-new-tokens", a->params.max_new_tokens, "")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", a->seed, "of sampling")->capture_default_str();
  command->callback([a, &exit_code] { exit_code = GenerateText(*a); });
}

}  // namespace trainer::cli
