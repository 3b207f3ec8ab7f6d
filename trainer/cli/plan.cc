#include "trainer/cli/plan.h"

#include <fmt/format.h>

#include "datasets/prompt_template.h"
#include "trainer/tokenizer/tokenizer.h"

namespace trainer::cli {
namespace {

constexpr double kMegabyte = 1e6;

struct StagePlan {
  std::int64_t steps = 0;
  std::int64_t most_tokens = 0;  // to learn from
  std::int64_t completions = 0;
};

struct Planner {
  StagePlan operator()(const PretrainStage& s) const {
    return {s.steps, s.steps * s.batch_tokens, 0};
  }
  StagePlan operator()(const SftStage& s) const {
    // Known exactly only when the documents are made.
    return {0, s.examples * s.epochs, 0};
  }
  StagePlan operator()(const GrpoStage& s) const {
    const std::int64_t completions =
        s.steps * s.prompts_per_step * s.group_size;
    return {s.steps, completions * s.max_new_tokens * s.inner_epochs,
            completions};
  }
  StagePlan operator()(const EvalStage& s) const {
    return {0, 0, s.settings.items * s.settings.samples};
  }
};

}  // namespace

std::int64_t ParametersOf(const Recipe& recipe) {
  const ModelSettings& m = recipe.model;
  const auto vocabulary = static_cast<std::int64_t>(
      Tokenizer::Make(datasets::ArithmeticTokens())->size());
  const std::int64_t dim = m.hidden_size / m.heads;
  const std::int64_t attention =
      m.hidden_size * dim * (2 * m.heads + 2 * m.kv_heads);
  const std::int64_t layer =
      attention + 3 * m.hidden_size * m.intermediate_size + 2 * m.hidden_size;
  return vocabulary * m.hidden_size * (m.tie_embeddings ? 1 : 2) +
         m.layers * layer + m.hidden_size;
}

std::string PlanText(const Recipe& recipe) {
  const auto parameters = static_cast<double>(ParametersOf(recipe));
  const double bytes = recipe.model.dtype == "bfloat16" ? 2.0 : 4.0;
  // Weights and gradients in their type; two moments and, for bfloat16, a
  // master copy in float32.
  const double state =
      parameters * (2.0 * bytes + 8.0 + (bytes == 2.0 ? 4.0 : 0.0));
  std::string text = fmt::format(
      "run {}  seed {}  verifier {}\nmodel {:.2f} M parameters, {}; weights, "
      "gradients and optimizer {:.1f} MB; a checkpoint {:.1f} MB\n\n{:<14} "
      "{:<9} {:>8} {:>16} {:>12} {:>5}\n",
      recipe.name, recipe.seed, recipe.verifier.server, parameters / 1e6,
      recipe.model.dtype, state / kMegabyte,
      (state - parameters * bytes) / kMegabyte, "stage", "kind", "steps",
      "tokens at most", "completions", "eval");
  for (const Stage& stage : recipe.stages) {
    const StagePlan plan = std::visit(Planner{}, stage.options);
    const bool sft = std::holds_alternative<SftStage>(stage.options);
    text +=
        fmt::format("{:<14} {:<9} {:>8} {:>16} {:>12} {:>5}\n", stage.name,
                    StageKind(stage), sft ? "-" : std::to_string(plan.steps),
                    sft ? fmt::format("{} documents", plan.most_tokens)
                        : std::to_string(plan.most_tokens),
                    plan.completions, stage.evaluate ? "yes" : "no");
  }
  const EvalSettings& e = recipe.eval;
  text += fmt::format("\nan evaluation: {} held-out problems x {} samples\n",
                      e.items, e.samples);
  return text;
}

}  // namespace trainer::cli
