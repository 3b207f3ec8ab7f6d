#include "trainer/stages/rollout.h"

#include <utility>

#include "trainer/stages/seeds.h"
#include "trainer/stages/stopwatch.h"

namespace trainer {

Example Rollout::ExampleAt(std::size_t completion, std::int64_t samples) const {
  const auto& prompt =
      prompts.at(completion / static_cast<std::size_t>(samples));
  const auto& sampled = completions.at(completion).tokens;
  Example example{prompt, prompt.size()};
  example.tokens.insert(example.tokens.end(), sampled.begin(), sampled.end());
  return example;
}

CompletionRecord Rollout::RecordAt(std::size_t completion,
                                   std::optional<double> advantage) const {
  const ScoreTask& task = asked.at(completion);
  const Scored& scored = report.scores.at(completion);
  CompletionRecord record;
  record.id = task.id;
  record.prompt = task.prompt;
  record.response = task.response;
  record.checks = task.checks;
  record.results = scored.checks;
  record.reward = scored.reward;
  record.advantage = advantage;
  record.length =
      static_cast<std::int64_t>(completions.at(completion).tokens.size());
  record.finish = FinishReasonName(completions.at(completion).finish);
  return record;
}

Rollout RunRollout(const Model& model, std::span<const NumberedTask> tasks,
                   const RolloutRequest& request, RewardSource& rewards,
                   const std::function<bool()>& stop) {
  Rollout rollout;
  std::vector<Prompt> prompts;
  for (const NumberedTask& one : tasks) {
    const std::string text =
        datasets::FormatPrompt(request.style, one.task.question);
    rollout.prompts.push_back(PromptTokens(model.tokenizer, text));
    for (std::int64_t sample = 0; sample < request.samples; ++sample) {
      const auto number = static_cast<std::uint64_t>(sample);
      prompts.push_back({rollout.prompts.back(),
                         SeedOf(request.seed, "sample", {one.number, number})});
      ScoreTask& task = rollout.asked.emplace_back();
      task.id = request.name + '/' + std::to_string(one.number) + '/' +
                std::to_string(sample);
      task.prompt = text;
      task.template_name = one.task.template_name;
      task.checks = one.task.checks;
    }
  }

  const Stopwatch watch;
  const Generator generator(model.decoder, model.tokenizer);
  rollout.completions =
      generator.Generate(prompts, request.params, [&](const Completion& done) {
        ScoreTask& task = rollout.asked[done.index];
        task.response = model.tokenizer.Decode(done.tokens);
        rewards.Submit(done.index, task);
      });
  rollout.generate_seconds = watch.Seconds();
  rollout.report = rewards.Wait(stop);
  for (const Completion& one : rollout.completions) {
    rollout.tokens += static_cast<std::int64_t>(one.tokens.size());
  }
  return rollout;
}

CheckScores CheckScoresOf(const Scored& scored) {
  CheckScores scores;
  bool accuracy = false;
  bool format = false;
  bool language = false;
  for (const verifier::protocol::CheckResult& check : scored.checks) {
    if (check.checker == "format") {
      if (!std::exchange(format, true)) scores.format = check.score;
    } else if (check.checker == "language") {
      if (!std::exchange(language, true)) scores.language = check.score;
    } else if (!std::exchange(accuracy, true)) {
      scores.accuracy = check.score;
      const boost::json::value* answer = check.detail.if_contains("extracted");
      if (answer != nullptr && answer->is_string()) {
        scores.answer = answer->get_string();
      }
    }
  }
  return scores;
}

}  // namespace trainer
