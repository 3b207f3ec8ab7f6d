#include "trainer/stages/lm_stage.h"

#include <torch/torch.h>

#include <chrono>
#include <utility>

#include "trainer/report/step_line.h"
#include "trainer/stages/stopwatch.h"

namespace trainer {

LmStage::LmStage(const StageContext& context, const OptimizerSettings& settings,
                 LmData data)
    : context_(context),
      data_(std::move(data)),
      updater_(context_.model.decoder, settings,
               context_.recipe.guard.non_finite_limit, context_.comm) {}

void LmStage::Step(std::int64_t step, StepOutcome& outcome) {
  const Stopwatch watch;
  const std::vector<Example> all = data_.batch(step);
  std::int64_t counted = 0;
  std::size_t tokens = 0;
  std::vector<Example> mine;
  const auto ranks = static_cast<std::size_t>(context_.comm.world_size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    counted += all[i].completion_length();
    tokens += all[i].tokens.size();
    if (i % ranks == static_cast<std::size_t>(context_.comm.rank())) {
      mine.push_back(all[i]);
    }
  }

  const Decoder& decoder = context_.model.decoder;
  updater_.Begin();
  at::Tensor sum = torch::zeros(
      {1}, at::TensorOptions(at::kDouble).device(context_.comm.device()));
  for (const auto& [begin, end] : MicroBatches(mine, kMicroBatchTokens)) {
    const CompletionBatch batch = MakeCompletionBatch(
        std::span(mine).subspan(begin, end - begin), decoder.device());
    const at::Tensor loss = -CompletionLogprobs(decoder, batch).logprobs.sum() /
                            static_cast<double>(counted);
    loss.backward();
    updater_.Accumulate();
    sum.add_(loss.detach());
  }
  context_.comm.AllReduceSum(sum);
  const UpdateReport update = updater_.Apply(step, data_.steps);

  StepMetrics& metrics = outcome.metrics;
  metrics.Set("loss", sum.item<double>());
  metrics.Set("lr", update.lr);
  metrics.Set("grad_norm", update.grad_norm);
  metrics.Set("tokens", static_cast<std::int64_t>(tokens));
  metrics.Set("skipped", std::int64_t{update.applied ? 0 : 1});
  if (!update.applied) {
    outcome.warning = "the gradient was not finite: the update was skipped";
    for (Example& example : mine) {
      outcome.refused.push_back({.example = std::move(example)});
    }
    updater_.CheckGuard();
  }
  const double seconds = watch.Seconds();
  outcome.timings.Set("time/step", seconds);
  outcome.timings.Set("tokens_per_s", static_cast<double>(tokens) / seconds);
}

std::string LmStage::Header(const std::string& title) const {
  return LossHeader(title);
}

std::string LmStage::Line(std::int64_t step, const StepOutcome& outcome,
                          std::optional<double> eta_s) const {
  LossStep line;
  line.step = step;
  line.steps = data_.steps;
  line.loss = outcome.metrics.Find("loss");
  line.lr = outcome.metrics.Find("lr");
  line.grad_norm = outcome.metrics.Find("grad_norm");
  line.tokens_per_s = outcome.timings.Find("tokens_per_s");
  line.step_s = outcome.timings.Find("time/step");
  line.eta_s = eta_s;
  return StepLine(line);
}

}  // namespace trainer
