#include "trainer/cli/plan.h"

#include <fmt/format.h>

#include "datasets/world_tokens.h"
#include "trainer/tokenizer/tokenizer.h"

namespace trainer::cli {
namespace {

constexpr double kMegabyte = 1e6;

// Multiplications and additions for a token and a parameter: forward 2,
// backward 4 (Kaplan et al., arXiv 2001.08361, section 2.1).
constexpr double kForward = 2.0;
constexpr double kBoth = 6.0;

std::int64_t Parameters(const ModelSettings& m) {
  const auto vocabulary = static_cast<std::int64_t>(
      Tokenizer::Make(datasets::WorldTokens())->size());
  const std::int64_t dim = m.hidden_size / m.heads;
  const std::int64_t attention =
      m.hidden_size * dim * (2 * m.heads + 2 * m.kv_heads);
  const std::int64_t layer =
      attention + 3 * m.hidden_size * m.intermediate_size + 2 * m.hidden_size;
  return vocabulary * m.hidden_size * (m.tie_embeddings ? 1 : 2) +
         m.layers * layer + m.hidden_size;
}

// What a stage does, at most. Documents have no length before they are made:
// what is learnt of them is not known.
struct StagePlan {
  std::int64_t steps = 0;
  std::int64_t learnt = 0;       // tokens
  std::int64_t documents = 0;    // to learn from
  std::int64_t completions = 0;  // to be judged
  std::int64_t generated = 0;    // tokens
};

struct Planner {
  StagePlan operator()(const PretrainStage& s) const {
    return {s.steps, s.steps * s.batch_tokens, 0, 0, 0};
  }
  StagePlan operator()(const SftStage& s) const {
    return {0, 0, s.data.empty() ? s.examples * s.epochs : 0, 0, 0};
  }
  StagePlan operator()(const GrpoStage& s) const {
    const std::int64_t completions =
        s.steps * s.prompts_per_step * s.group_size;
    const std::int64_t tokens = completions * s.max_new_tokens;
    return {s.steps, tokens * s.inner_epochs, 0, completions, tokens};
  }
  StagePlan operator()(const EvalStage& s) const { return Of(s.settings); }
  StagePlan operator()(const SampleStage& s) const {
    const std::int64_t completions = s.questions * s.samples;
    return {0, 0, 0, completions, completions * s.max_new_tokens};
  }
  StagePlan operator()(const RewardModelStage& s) const {
    return {s.epochs * ((s.examples + s.batch - 1) / s.batch), 0,
            s.examples * s.epochs, 0, 0};
  }
  static StagePlan Of(const EvalSettings& e) {
    const std::int64_t completions = e.items * e.samples + e.general_items;
    return {0, 0, 0, completions, completions * e.max_new_tokens};
  }
};

std::string OrDash(std::int64_t number) {
  return number == 0 ? "-" : std::to_string(number);
}

std::string StageLine(const Recipe& recipe, std::size_t index) {
  const Stage& stage = recipe.stages[index];
  StagePlan plan = std::visit(Planner{}, stage.options);
  const auto parameters =
      static_cast<double>(Parameters(SizesOf(recipe, index)));
  if (LeavesModel(stage) && stage.evaluate) {
    const StagePlan eval = Planner::Of(recipe.eval);
    plan.completions += eval.completions;
    plan.generated += eval.generated;
  }
  const double flop =
      parameters * (kBoth * static_cast<double>(plan.learnt) +
                    kForward * static_cast<double>(plan.generated));
  const auto from = FromOf(recipe, index);
  return fmt::format("{:<14} {:<12} {:<14} {:>7} {:>11} {:>9} {:>11} {:>8}\n",
                     stage.name, StageKind(stage),
                     from ? recipe.stages[*from].name : "new",
                     OrDash(plan.steps), OrDash(plan.learnt),
                     OrDash(plan.documents), OrDash(plan.completions),
                     flop == 0.0 ? "-" : fmt::format("{:.2f}", flop / 1e12));
}

}  // namespace

std::int64_t ParametersOf(const Recipe& recipe) {
  return Parameters(recipe.model);
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
      "{:<12} {:<14} {:>7} {:>11} {:>9} {:>11} {:>8}\n",
      recipe.name, recipe.seed, recipe.verifier.server, parameters / 1e6,
      recipe.model.dtype, state / kMegabyte,
      (state - parameters * bytes) / kMegabyte, "stage", "kind", "from",
      "steps", "tokens", "documents", "completions", "TFLOP");
  for (std::size_t i = 0; i < recipe.stages.size(); ++i) {
    text += StageLine(recipe, i);
  }
  const EvalSettings& e = recipe.eval;
  return text +
         fmt::format(
             "\ntokens are learnt, at most; completions are judged, those of "
             "evaluations included\nan evaluation: {} held-out problems x {} "
             "samples{}\n",
             e.items, e.samples,
             e.general_items > 0
                 ? fmt::format(" and {} general prompts", e.general_items)
                 : "");
}

}  // namespace trainer::cli
