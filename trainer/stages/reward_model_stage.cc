#include "trainer/stages/reward_model_stage.h"

#include <torch/torch.h>

#include <algorithm>
#include <utility>

#include "trainer/report/step_line.h"
#include "trainer/stages/reward_model.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/stopwatch.h"

namespace trainer {
namespace {

// Of [begin, end) of the examples: which are right, and the sum of the losses.
struct Judged {
  at::Tensor loss;   // [] differentiable
  at::Tensor right;  // [] float32, a count
};

Judged JudgeExamples(const Decoder& decoder, const RewardExamples& all,
                     std::span<const std::size_t> which) {
  std::vector<Example> texts;
  for (const std::size_t i : which) texts.push_back(all.texts[i]);
  if (!all.rejected.empty()) {
    for (const std::size_t i : which) texts.push_back(all.rejected[i]);
  }
  const at::Tensor scores = ScoreExamples(decoder, texts);
  const auto count = static_cast<std::int64_t>(which.size());
  at::Tensor margin;  // over 0: right
  if (!all.rejected.empty()) {
    margin = scores.narrow(0, 0, count) - scores.narrow(0, count, count);
  } else {
    std::vector<float> signs;
    for (const std::size_t i : which) signs.push_back(2 * all.labels[i] - 1);
    margin = scores * torch::tensor(signs).to(scores.device());
  }
  // Both losses are -log sigmoid(margin).
  return {-at::log_sigmoid(margin).sum(),
          margin.detach().gt(0).to(at::kFloat).sum()};
}

constexpr std::size_t kExamplesAtOnce = 64;

}  // namespace

RewardModelLoop::RewardModelLoop(const StageContext& context, std::string name,
                                 const RewardModelStage& stage)
    : context_(context),
      stage_(stage),
      seed_(SeedOf(context.recipe.seed, name)),
      examples_(MakeRewardExamples(
          context.recipe, stage.preference, datasets::Split::kTrain,
          SeedOf(seed_, "examples"), stage.examples, context.model.tokenizer)),
      updater_(context_.model.decoder, stage.optimizer,
               context_.recipe.guard.non_finite_limit, context_.comm) {}

std::int64_t RewardModelLoop::steps() const {
  const std::int64_t count = std::ssize(examples_.texts);
  return stage_.epochs * ((count + stage_.batch - 1) / stage_.batch);
}

void RewardModelLoop::Step(std::int64_t step, StepOutcome& outcome) {
  const Stopwatch watch;
  const std::int64_t an_epoch = steps() / stage_.epochs;
  const std::vector<std::size_t> order =
      Shuffled(examples_.size(),
               SeedOf(seed_, "epoch",
                      {static_cast<std::uint64_t>((step - 1) / an_epoch)}));
  const auto begin =
      static_cast<std::size_t>((step - 1) % an_epoch * stage_.batch);
  const std::span batch = std::span(order).subspan(
      begin,
      std::min(static_cast<std::size_t>(stage_.batch), order.size() - begin));
  std::vector<std::size_t> mine;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (static_cast<int>(i) % context_.comm.world_size() ==
        context_.comm.rank()) {
      mine.push_back(batch[i]);
    }
  }

  const Decoder& decoder = context_.model.decoder;
  const auto counted = static_cast<double>(batch.size());
  updater_.Begin();
  at::Tensor sums = torch::zeros(
      {2}, at::TensorOptions(at::kDouble).device(context_.comm.device()));
  for (std::size_t at = 0; at < mine.size(); at += kExamplesAtOnce) {
    const Judged judged =
        JudgeExamples(decoder, examples_,
                      std::span(mine).subspan(
                          at, std::min(kExamplesAtOnce, mine.size() - at)));
    const at::Tensor loss = judged.loss / counted;
    loss.backward();
    updater_.Accumulate();
    sums.add_(at::stack({loss.detach(), judged.right / counted}));
  }
  context_.comm.AllReduceSum(sums);
  const UpdateReport update = updater_.Apply(step, steps());
  const at::Tensor host = sums.to(at::kCPU);
  StepMetrics& metrics = outcome.metrics;
  metrics.Set("loss", host[0].item<double>());
  metrics.Set("accuracy", host[1].item<double>());
  metrics.Set("lr", update.lr);
  metrics.Set("grad_norm", update.grad_norm);
  metrics.Set("skipped", std::int64_t{update.applied ? 0 : 1});
  if (!update.applied) {
    outcome.warning = "the gradient was not finite: the update was skipped";
    for (const std::size_t i : mine) {
      outcome.refused.push_back({.example = examples_.texts[i]});
    }
    updater_.CheckGuard();
  }
  outcome.timings.Set("time/step", watch.Seconds());
}

std::string RewardModelLoop::Header(const std::string& title) const {
  return LossHeader(title);
}

std::string RewardModelLoop::Line(std::int64_t step, const StepOutcome& outcome,
                                  std::optional<double> eta_s) const {
  LossStep line;
  line.step = step;
  line.steps = steps();
  line.loss = outcome.metrics.Find("loss");
  line.lr = outcome.metrics.Find("lr");
  line.grad_norm = outcome.metrics.Find("grad_norm");
  line.step_s = outcome.timings.Find("time/step");
  line.eta_s = eta_s;
  return StepLine(line);
}

double HeldOutAccuracy(const Model& model, const Recipe& recipe,
                       const RewardModelStage& stage) {
  const torch::NoGradGuard no_grad;
  // The same for every run, as held-out problems are.
  const RewardExamples held_out = MakeRewardExamples(
      recipe, stage.preference, datasets::Split::kHeldOut,
      SeedOf(recipe.eval.seed, "reward"), stage.held_out, model.tokenizer);
  std::vector<std::size_t> all(held_out.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  double right = 0.0;
  for (std::size_t at = 0; at < all.size(); at += kExamplesAtOnce) {
    right += JudgeExamples(model.decoder, held_out,
                           std::span(all).subspan(
                               at, std::min(kExamplesAtOnce, all.size() - at)))
                 .right.item<double>();
  }
  return right / static_cast<double>(all.size());
}

}  // namespace trainer
