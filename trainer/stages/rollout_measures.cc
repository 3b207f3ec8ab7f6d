#include "trainer/stages/rollout_measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "trainer/stages/run_error.h"
#include "trainer/stages/text_filters.h"
#include "trainer/stages/world.h"

namespace trainer {
namespace {

// Of the checks: rates that a line has where anything was judged.
constexpr const char* kRates[] = {"accuracy", "format", "language",
                                  "instruction", "preference"};

std::string NameOf(Topic topic) {
  switch (topic) {
    case Topic::kReasoning:
      return "accuracy";
    case Topic::kInstruction:
      return "instruction";
    case Topic::kConversation:
      break;
  }
  return "preference";
}

}  // namespace

void RolloutMeasures::Take(const Rollout& rollout,
                           std::span<const NumberedTask> tasks,
                           const Advantages& advantages) {
  // Every rank sums the same names.
  for (const char* rate : kRates) sums_.Sample(rate, std::nullopt);
  const std::size_t group =
      tasks.empty() ? 1 : rollout.completions.size() / tasks.size();
  for (std::size_t i = 0; i < rollout.completions.size(); ++i) {
    const Scored& scored = rollout.report.scores[i];
    const Completion& completion = rollout.completions[i];
    const std::optional<double> reward = scored.reward;
    if (!reward) null_detail_ = scored.detail;
    sums_.Sample("reward", reward);
    sums_.Sample("square",
                 reward ? std::optional(*reward * *reward) : std::nullopt);
    SampleChecks(scored, tasks[i / group].task.kind);
    SampleFurther(scored);
    sums_.Sample("length", static_cast<double>(completion.tokens.size()));
    sums_.Sample("truncated",
                 completion.finish == FinishReason::kLength ? 1.0 : 0.0);
    sums_.Sample("reflection", static_cast<double>(
                                   ReflectionWords(rollout.asked[i].response)));
    sums_.Add("surprise", -std::accumulate(completion.logprobs.begin(),
                                           completion.logprobs.end(), 0.0));
  }
  sums_.Add("zero", static_cast<double>(advantages.zero_variance));
  sums_.Add("groups", static_cast<double>(advantages.groups));
  sums_.Add("dropped", static_cast<double>(rollout.report.dropped));
}

void RolloutMeasures::SampleChecks(const Scored& scored,
                                   const std::string& kind) {
  const CheckScores checks = CheckScoresOf(scored);
  sums_.Sample(NameOf(TopicOf(kind)), checks.accuracy);
  sums_.Sample("format", checks.format);
  sums_.Sample("language", checks.language);
}

void RolloutMeasures::SampleFurther(const Scored& scored) {
  const std::size_t count = further_.size();
  const bool judged = scored.checks.size() >= count;
  for (std::size_t i = 0; i < count; ++i) {
    sums_.Sample(FurtherName(i),
                 judged ? scored.checks[scored.checks.size() - count + i].score
                        : std::nullopt);
  }
}

std::string RolloutMeasures::FurtherName(std::size_t check) const {
  const auto& name = further_[check].as_object().at("checker");
  return "check" + std::to_string(check + 1) + '/' +
         std::string(name.as_string());
}

void RolloutMeasures::CheckNulls(double null_limit) const {
  const double dropped = sums_.Get("dropped");
  const double all = sums_.Get("length#");
  if (dropped <= null_limit * std::max(1.0, all)) return;
  throw RunError(ExitCode::kNotJudged,
                 "the verifier did not judge " +
                     std::to_string(static_cast<std::int64_t>(dropped)) +
                     " of " + std::to_string(static_cast<std::int64_t>(all)) +
                     " completions of a step (verifier.null_limit); e.g.: " +
                     null_detail_);
}

void RolloutMeasures::Report(double null_limit, Comm& comm,
                             StepMetrics& metrics) {
  sums_.Reduce(comm);
  CheckNulls(null_limit);
  const double mean = sums_.Mean("reward").value_or(std::nan(""));
  const double square = sums_.Mean("square").value_or(std::nan(""));
  metrics.Set("reward/mean", mean);
  metrics.Set("reward/std", std::sqrt(std::max(0.0, square - mean * mean)));
  for (const char* rate : kRates) {
    if (const auto value = sums_.Mean(rate)) metrics.Set(rate, *value);
  }
  for (std::size_t i = 0; i < further_.size(); ++i) {
    const std::string name = FurtherName(i);
    if (const auto value = sums_.Mean(name)) metrics.Set(name, *value);
  }
  metrics.Set("length/mean", sums_.Mean("length").value_or(0.0));
  metrics.Set("length/truncated", sums_.Mean("truncated").value_or(0.0));
  metrics.Set("reflection", sums_.Mean("reflection").value_or(0.0));
  // The mean negative log-prob of what was sampled, which estimates it.
  metrics.Set("entropy",
              sums_.Get("surprise") / std::max(1.0, sums_.Get("length")));
  metrics.Set("groups/zero_variance",
              sums_.Get("zero") / std::max(1.0, sums_.Get("groups")));
  metrics.Set("dropped", static_cast<std::int64_t>(sums_.Get("dropped")));
  metrics.Set("null_fraction",
              sums_.Get("dropped") / std::max(1.0, sums_.Get("length#")));
  metrics.Set("tokens", static_cast<std::int64_t>(sums_.Get("length")));
}

}  // namespace trainer
