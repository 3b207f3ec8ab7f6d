#include "trainer/stages/grpo_stage.h"

#include <torch/torch.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "trainer/report/step_line.h"
#include "trainer/stages/evaluation.h"
#include "trainer/stages/rollout_measures.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/stopwatch.h"
#include "trainer/stages/world.h"

namespace trainer {
namespace {

GrpoLossOptions LossOf(const GrpoStage& stage) {
  GrpoLossOptions options;
  options.clip_low = stage.clip_low;
  options.clip_high = stage.clip_high;
  options.kl_beta = stage.kl_beta;
  options.norm = LossNormFromName(stage.loss_norm).value();
  options.max_new_tokens = stage.max_new_tokens;
  return options;
}

std::uint64_t Unsigned(std::int64_t number) {
  return static_cast<std::uint64_t>(number);
}

}  // namespace

GrpoLoop::GrpoLoop(const StageContext& context, std::string name,
                   const GrpoStage& stage, RewardSource& rewards)
    : context_(context),
      name_(std::move(name)),
      stage_(stage),
      rewards_(rewards),
      seed_(SeedOf(context.recipe.seed, name_)),
      loss_(LossOf(stage)),
      updater_(context_.model.decoder, stage.optimizer,
               context_.recipe.guard.non_finite_limit, context_.comm),
      watch_(stage.watch_every, stage.watch_drop) {
  if (uses_reference()) reference_ = context_.model.decoder.Clone();
}

NamedTensors GrpoLoop::state() const {
  NamedTensors state;
  if (stage_.watch_every > 0) state.emplace_back("watch", watch_.state());
  if (reference_) {
    state.emplace_back("reference", reference_->flat().detach());
  }
  return state;
}

// How the policy that did this step's rollout does on held-out problems.
void GrpoLoop::Look(StepOutcome& outcome) {
  EvalSettings settings = context_.recipe.eval;
  settings.items = stage_.watch_items;
  settings.samples = 1;
  settings.general_items = 0;
  settings.temperature = stage_.temperature;
  settings.top_p = stage_.top_p;
  settings.max_new_tokens = stage_.max_new_tokens;
  settings.prompt = stage_.prompt;
  settings.template_name = stage_.template_name;
  settings.seed = SeedOf(context_.recipe.eval.seed, "watch");
  const EvaluationReport report =
      Evaluate(context_.model, name_ + "/watch", settings,
               HeldOut(context_.recipe, settings), rewards_, context_.comm,
               context_.stop);
  const double accuracy = report.summary.pass_at_1.value_or(0.0);
  outcome.metrics.Set("watch/accuracy", accuracy);
  if (watch_.TakeAccuracy(accuracy)) {
    outcome.warning =
        "the reward rose while accuracy on held-out problems fell by more "
        "than watch_drop: the stage ends here";
  }
}

// This rank's questions of a step: the general ones last.
std::vector<NumberedTask> GrpoLoop::TasksOfStep(std::int64_t step) const {
  TaskOptions options;
  options.seed = SeedOf(seed_, "questions", {Unsigned(step)});
  options.accuracy_weight = stage_.accuracy_weight;
  options.format_weight = stage_.format_weight;
  options.language_weight = stage_.language_weight;
  options.template_name = stage_.template_name;
  const std::int64_t count = stage_.prompts_per_step;
  const std::int64_t general =
      step < stage_.general_from
          ? 0
          : std::llround(stage_.general_fraction * static_cast<double>(count));
  ReasoningTasks reasoning(context_.recipe, options);
  GeneralPrompts prompts(context_.recipe, options);
  std::vector<NumberedTask> mine;
  for (std::int64_t i = 0; i < count; ++i) {
    datasets::Task task =
        i < count - general ? reasoning.Next() : prompts.Next();
    if (i % context_.comm.world_size() != context_.comm.rank()) continue;
    task.checks.insert(task.checks.end(), stage_.checks.begin(),
                       stage_.checks.end());
    mine.push_back({Unsigned(i), std::move(task)});
  }
  return mine;
}

// The questions fall to minibatches at random, the same on every rank.
std::vector<GrpoLoop::Minibatch> GrpoLoop::Split(
    const Rollout& rollout, const Advantages& advantages,
    const std::vector<NumberedTask>& tasks, std::int64_t step,
    std::int64_t epoch) const {
  const auto count = static_cast<std::size_t>(stage_.prompts_per_step);
  const std::uint64_t seed =
      SeedOf(seed_, "minibatches", {Unsigned(step), Unsigned(epoch)});
  const std::vector<std::size_t> place = Shuffled(count, seed);
  std::vector<Minibatch> parts(static_cast<std::size_t>(stage_.minibatches));
  for (std::size_t i = 0; i < rollout.completions.size(); ++i) {
    if (!rollout.report.scores[i].reward) continue;
    const std::size_t question =
        i / static_cast<std::size_t>(stage_.group_size);
    Minibatch& part = parts[place[tasks[question].number] % parts.size()];
    part.counts.sequences += 1;
    part.counts.tokens +=
        static_cast<std::int64_t>(rollout.completions[i].tokens.size());
    // Without a reference, an advantage of 0 has a gradient of 0.
    if (uses_reference() || advantages.values[i] != 0.0) {
      part.completions.push_back(i);
    }
  }
  return parts;
}

void GrpoLoop::Trained::Add(const GrpoLossParts& added) {
  const at::Tensor part = at::stack(
      {added.loss.detach().to(at::kDouble), added.kl_sum.to(at::kDouble),
       added.ratio_sum.to(at::kDouble), added.clipped.to(at::kDouble)});
  const at::Tensor largest = added.ratio_max.to(at::kDouble);
  parts = parts.defined() ? parts + part : part;
  ratio_max = ratio_max.defined() ? at::maximum(ratio_max, largest) : largest;
}

void GrpoLoop::Trained::Read(Sums& named, double& largest_ratio) const {
  const at::Tensor host =
      parts.defined() ? parts.to(at::kCPU) : torch::zeros({4}, at::kDouble);
  const double* values = host.const_data_ptr<double>();
  for (const char* name : {"loss", "kl", "ratio", "clipped"}) {
    named.Add(name, *values++);
  }
  named.Add("tokens", tokens);
  largest_ratio = ratio_max.defined() ? ratio_max.item<double>() : 0.0;
}

void GrpoLoop::Backward(const Rollout& rollout, const Advantages& advantages,
                        std::span<const std::size_t> completions,
                        const UpdateCounts& counts, Trained& trained) {
  std::vector<Example> examples;
  std::vector<float> old;
  std::vector<float> weights;
  std::vector<std::int64_t> lengths;
  for (const std::size_t i : completions) {
    examples.push_back(rollout.ExampleAt(i, stage_.group_size));
    const std::vector<float>& logprobs = rollout.completions[i].logprobs;
    old.insert(old.end(), logprobs.begin(), logprobs.end());
    weights.insert(weights.end(), logprobs.size(),
                   static_cast<float>(advantages.values[i]));
    lengths.insert(lengths.end(), logprobs.size(),
                   static_cast<std::int64_t>(logprobs.size()));
  }
  const Decoder& policy = context_.model.decoder;
  const CompletionBatch batch = MakeCompletionBatch(examples, policy.device());
  GrpoTokens tokens;
  tokens.logprobs =
      CompletionLogprobs(policy, batch, stage_.temperature).logprobs;
  tokens.old_logprobs = torch::tensor(old).to(policy.device());
  tokens.advantages = torch::tensor(weights).to(policy.device());
  tokens.lengths = torch::tensor(lengths, at::kLong).to(policy.device());
  if (reference_) {
    const torch::NoGradGuard no_grad;
    tokens.ref_logprobs =
        CompletionLogprobs(*reference_, batch, stage_.temperature).logprobs;
  }
  const GrpoLossParts parts = GrpoLoss(tokens, counts, loss_);
  parts.loss.backward();
  updater_.Accumulate();
  trained.Add(parts);
  trained.tokens += static_cast<double>(old.size());
}

void GrpoLoop::Update(const Rollout& rollout, const Advantages& advantages,
                      Minibatch minibatch, std::int64_t step,
                      Trained& trained) {
  Sums counts;
  counts.Add("sequences", static_cast<double>(minibatch.counts.sequences));
  counts.Add("tokens", static_cast<double>(minibatch.counts.tokens));
  counts.Add("learnt", static_cast<double>(minibatch.completions.size()));
  counts.Reduce(context_.comm);
  // Nothing to learn from: momentum alone must not move the weights.
  if (counts.Get("learnt") == 0.0) return;
  const UpdateCounts global{static_cast<std::int64_t>(counts.Get("sequences")),
                            static_cast<std::int64_t>(counts.Get("tokens"))};

  updater_.Begin();
  std::vector<Example> examples;
  for (const std::size_t i : minibatch.completions) {
    examples.push_back(rollout.ExampleAt(i, stage_.group_size));
  }
  for (const auto& [begin, end] : MicroBatches(examples, kMicroBatchTokens)) {
    Backward(rollout, advantages,
             std::span(minibatch.completions).subspan(begin, end - begin),
             global, trained);
  }
  const UpdateReport update = updater_.Apply(step, stage_.steps);
  trained.grad_norm = update.grad_norm;
  trained.lr = update.lr;
  if (update.applied) {
    trained.updates += 1;
    return;
  }
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const std::size_t completion = minibatch.completions[i];
    trained.refused.push_back({trained.updates + trained.skipped,
                               std::move(examples[i]),
                               rollout.completions[completion].logprobs,
                               advantages.values[completion]});
  }
  trained.skipped += 1;
}

void GrpoLoop::Step(std::int64_t step, StepOutcome& outcome) {
  const Stopwatch watch;
  const std::vector<NumberedTask> tasks = TasksOfStep(step);
  RolloutRequest request;
  request.name = name_ + '/' + std::to_string(step);
  request.seed = SeedOf(seed_, "rollout", {Unsigned(step)});
  request.style = PromptStyleFromName(stage_.prompt);
  request.params = {stage_.temperature, stage_.top_p, stage_.max_new_tokens};
  request.samples = stage_.group_size;
  const Rollout rollout =
      RunRollout(context_.model, tasks, request, rewards_, context_.stop);

  std::vector<std::optional<double>> rewards;
  for (const Scored& scored : rollout.report.scores) {
    rewards.push_back(scored.reward);
  }
  AdvantageOptions scale;
  if (stage_.reward_scale == "none") scale.scale = RewardScale::kNone;
  const Advantages advantages = GroupAdvantages(
      rewards, static_cast<std::size_t>(stage_.group_size), scale);
  RolloutMeasures measures(stage_.checks);
  measures.Take(rollout, tasks, advantages);
  measures.Report(context_.recipe.verifier.null_limit, context_.comm,
                  outcome.metrics);
  watch_.TakeReward(outcome.metrics.Find("reward/mean"));
  if (watch_.Due(step)) Look(outcome);

  Trained trained;
  const Stopwatch training;
  for (std::int64_t epoch = 0; epoch < stage_.inner_epochs; ++epoch) {
    for (Minibatch& part : Split(rollout, advantages, tasks, step, epoch)) {
      Update(rollout, advantages, std::move(part), step, trained);
      if (trained.skipped == 0) continue;
      outcome.refused = trained.refused;
      updater_.CheckGuard();
    }
  }
  if (reference_ && stage_.reference_every > 0 &&
      step % stage_.reference_every == 0) {
    const torch::NoGradGuard no_grad;
    reference_->flat().copy_(context_.model.decoder.flat());
  }

  Sums sums;
  double ratio_max = 0.0;
  trained.Read(sums, ratio_max);
  sums.Reduce(context_.comm);
  const double tokens = std::max(1.0, sums.Get("tokens"));
  StepMetrics& metrics = outcome.metrics;
  metrics.Set("loss", sums.Get("loss"));
  metrics.Set("kl", reference_ ? sums.Get("kl") / tokens : 0.0);
  metrics.Set("ratio/mean", sums.Get("ratio") / tokens);
  // Doubles that are not negative are in the order of their bits.
  metrics.Set("ratio/max", std::bit_cast<double>(context_.comm.AllReduceMax(
                               std::bit_cast<std::int64_t>(ratio_max))));
  metrics.Set("clip_fraction", sums.Get("clipped") / tokens);
  metrics.Set("grad_norm", trained.grad_norm);
  metrics.Set("lr", trained.lr);
  metrics.Set("updates", trained.updates);
  metrics.Set("skipped", trained.skipped);
  if (trained.skipped > 0) {
    outcome.warning = "the gradient was not finite: an update was skipped";
  }
  for (std::size_t i = 0; i < rollout.completions.size(); ++i) {
    outcome.completions.push_back(rollout.RecordAt(
        i, rewards[i] ? std::optional(advantages.values[i]) : std::nullopt));
  }
  const double seconds = watch.Seconds();
  outcome.timings.Set("time/step", seconds);
  outcome.timings.Set("time/generate", rollout.generate_seconds);
  outcome.timings.Set("time/score_wait", rollout.report.exposed_seconds);
  outcome.timings.Set("time/train", training.Seconds());
  outcome.timings.Set("generated_per_s", static_cast<double>(rollout.tokens) /
                                             rollout.generate_seconds);
  outcome.timings.Set("tokens_per_s",
                      static_cast<double>(rollout.tokens) / seconds);
}

std::string GrpoLoop::Header(const std::string& title) const {
  return GrpoHeader(title);
}

std::string GrpoLoop::Line(std::int64_t step, const StepOutcome& outcome,
                           std::optional<double> eta_s) const {
  const StepMetrics& metrics = outcome.metrics;
  GrpoStep line;
  line.step = step;
  line.steps = stage_.steps;
  line.reward = metrics.Find("reward/mean");
  line.reward_std = metrics.Find("reward/std");
  line.mixed = 1.0 - metrics.Find("groups/zero_variance").value_or(0.0);
  line.accuracy = metrics.Find("accuracy");
  line.length = metrics.Find("length/mean");
  line.truncated = metrics.Find("length/truncated");
  line.entropy = metrics.Find("entropy");
  line.kl = metrics.Find("kl");
  line.ratio = metrics.Find("ratio/mean");
  line.grad_norm = metrics.Find("grad_norm");
  line.tokens_per_s = outcome.timings.Find("tokens_per_s");
  line.step_s = outcome.timings.Find("time/step");
  line.score_wait_s = outcome.timings.Find("time/score_wait");
  line.eta_s = eta_s;
  return StepLine(line);
}

}  // namespace trainer
