#include "trainer/cli/generate_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "datasets/prompt_template.h"
#include "trainer/cli/model_argument.h"
#include "trainer/rollout/generator.h"
#include "trainer/stages/completion_batch.h"
#include "trainer/stages/run_error.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/world.h"

namespace trainer::cli {
namespace {

struct GenerateArguments {
  ModelArgument model{};
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

}  // namespace

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
