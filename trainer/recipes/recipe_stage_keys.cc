#include <stdexcept>
#include <utility>

#include "trainer/recipes/recipe_keys.h"

namespace trainer {
namespace {

using Keys = std::vector<RecipeKey>;

constexpr double kMostSeed = 9.2e18;
constexpr double kMostWeight = 1e3;

Keys Join(Keys first, Keys second) {
  for (RecipeKey& key : second) first.push_back(std::move(key));
  return first;
}

Keys OptimizerKeys(OptimizerSettings& o) {
  return {
      {"lr", &o.lr, "peak learning rate", 0, 1, true},
      {"schedule",
       &o.schedule,
       "of lr after the warm-up",
       0,
       0,
       false,
       {"constant", "cosine"}},
      {"warmup_steps", &o.warmup_steps, "steps in which lr rises from 0"},
      {"final_lr_ratio", &o.final_lr_ratio, "of lr, where a cosine ends", 0, 1},
      {"beta1", &o.beta1, "AdamW: decay of the mean gradient", 0, 0.9999},
      {"beta2", &o.beta2, "AdamW: decay of its square", 0, 0.999999},
      {"epsilon", &o.epsilon, "AdamW: added to the divisor", 0, 1, true},
      {"weight_decay", &o.weight_decay, "AdamW: decoupled; norms are spared", 0,
       10},
      {"max_grad_norm", &o.max_grad_norm, "clips the gradient; 0: no clipping",
       0, 1e6},
  };
}

Keys KeysOf(PretrainStage& s) {
  return Join(
      {
          {"steps", &s.steps, "updates", 1, 1e9},
          {"batch_tokens", &s.batch_tokens, "tokens of an update, at most", 16,
           1e9},
          {"corpus",
           &s.corpus,
           "what is learnt",
           0,
           0,
           false,
           {"mix", "worked", "curriculum"}},
          {"tagged_fraction", &s.tagged_fraction,
           "of documents in think and answer tags", 0, 1},
          {"tagged_prompt",
           &s.tagged_prompt,
           "their prompt",
           0,
           0,
           false,
           {"chat", "r1-zero"}},
          {"general_fraction", &s.general_fraction,
           "of documents, from [general], with noise", 0, 1},
      },
      OptimizerKeys(s.optimizer));
}

Keys KeysOf(SftStage& s) {
  return Join(
      {
          {"data", &s.data,
           "sample stages whose documents are learnt; []: made ones"},
          {"examples", &s.examples, "documents made where data is []", 1, 1e8},
          {"epochs", &s.epochs, "passes over them", 1, 1e4},
          {"batch_tokens", &s.batch_tokens, "tokens of an update, at most", 16,
           1e9},
          {"prompt", &s.prompt, "template", 0, 0, false, {"chat", "r1-zero"}},
      },
      OptimizerKeys(s.optimizer));
}

Keys RolloutKeys(GrpoStage& s) {
  return {
      {"steps", &s.steps, "rollouts", 1, 1e9},
      {"prompts_per_step", &s.prompts_per_step, "questions of a rollout", 1,
       1e6},
      {"group_size", &s.group_size, "completions of a question", 2, 4096},
      {"minibatches", &s.minibatches, "updates of one pass over a rollout", 1,
       4096},
      {"inner_epochs", &s.inner_epochs, "passes over a rollout", 1, 100},
      {"temperature", &s.temperature, "of sampling", 0, 10, true},
      {"top_p", &s.top_p, "of sampling", 0, 1, true},
      {"max_new_tokens", &s.max_new_tokens, "of a completion", 1, 1e6},
      {"prompt", &s.prompt, "template", 0, 0, false, {"chat", "r1-zero"}},
  };
}

Keys RewardKeys(GrpoStage& s) {
  return {
      {"template",
       &s.template_name,
       "of the items: where reasoning ends",
       0,
       0,
       false,
       {"r1", "r1-zero", "plain"}},
      {"accuracy_weight", &s.accuracy_weight, "of the answer's check", 0,
       kMostWeight},
      {"format_weight", &s.format_weight, "of the format's check", 0,
       kMostWeight},
      {"language_weight", &s.language_weight, "of the language's check", 0,
       kMostWeight},
      {"clip_low", &s.clip_low, "ratio at least 1 - clip_low", 0, 1e3},
      {"clip_high", &s.clip_high, "ratio at most 1 + clip_high", 0, 1e3},
      {"kl_beta", &s.kl_beta, "weight of the KL to the reference", 0, 1e3},
      {"reference_every", &s.reference_every,
       "steps after which the policy becomes the reference; 0: never", 0, 1e9},
      {"loss_norm",
       &s.loss_norm,
       "how tokens are weighed",
       0,
       0,
       false,
       {"token_mean", "sequence_mean", "constant"}},
      {"reward_scale",
       &s.reward_scale,
       "of advantages",
       0,
       0,
       false,
       {"group_std", "none"}},
      {"reward",
       &s.reward,
       "where rewards come from",
       0,
       0,
       false,
       {"verifier", "constant"}},
      {"checks", &s.checks,
       "further checks of every item: {checker, weight, its parameters}"},
      {"general_fraction", &s.general_fraction,
       "of the questions, from [general]", 0, 1},
      {"general_from", &s.general_from, "step from which they are there", 1,
       1e9},
      {"watch_every", &s.watch_every,
       "steps between two looks at held-out problems; 0: none", 0, 1e9},
      {"watch_items", &s.watch_items, "held-out problems of a look", 1, 1e6},
      {"watch_drop", &s.watch_drop,
       "of their accuracy, while the reward rises: the stage ends", 0, 1},
  };
}

Keys KeysOf(GrpoStage& s) {
  return Join(Join(RolloutKeys(s), RewardKeys(s)), OptimizerKeys(s.optimizer));
}

Keys SamplingKeys(SampleStage& s) {
  return {
      {"questions", &s.questions, "to be answered", 1, 1e8},
      {"samples", &s.samples, "completions of each", 1, 4096},
      {"temperature", &s.temperature, "of sampling", 0, 10, true},
      {"top_p", &s.top_p, "of sampling", 0, 1, true},
      {"max_new_tokens", &s.max_new_tokens, "of a completion", 1, 1e6},
      {"prompt", &s.prompt, "template", 0, 0, false, {"chat", "r1-zero"}},
      {"template",
       &s.template_name,
       "of the items: where reasoning ends",
       0,
       0,
       false,
       {"r1", "r1-zero", "plain"}},
  };
}

Keys KeysOf(SampleStage& s) {
  return Join(
      SamplingKeys(s),
      {
          {"least_language", &s.least_language,
           "score of the reasoning's language that is kept", 0, 1},
          {"most_repeated", &s.most_repeated,
           "share of words in a 4-gram seen before that is kept", 0, 1},
          {"least_tokens", &s.least_tokens, "of a response that is kept", 0,
           1e9},
          {"most_tokens", &s.most_tokens, "of a response that is kept", 1, 1e9},
          {"least_pass_rate", &s.least_pass_rate,
           "share of right samples of a question that is kept", 0, 1},
          {"most_pass_rate", &s.most_pass_rate,
           "share of right samples of a question that is kept", 0, 1},
          {"per_question", &s.per_question, "documents of one question", 1,
           4096},
          {"decontaminate", &s.decontaminate,
           "drops what shares 10 words in a row with a problem of [eval]"},
          {"refine", &s.refine,
           "puts R1-Zero's tags into R1's form with a summary"},
          {"traces", &s.traces, "documents added from the tasks' solvers", 0,
           1e8},
          {"general", &s.general, "documents added from [general]", 0, 1e8},
      });
}

Keys KeysOf(RewardModelStage& s) {
  return Join(
      {
          {"preference",
           &s.preference,
           "what is learnt",
           0,
           0,
           false,
           {"helpful", "safety"}},
          {"examples", &s.examples, "pairs, or responses with a label", 1, 1e8},
          {"epochs", &s.epochs, "passes over them", 1, 1e4},
          {"batch", &s.batch, "examples of an update", 1, 1e6},
          {"held_out", &s.held_out, "examples to measure by", 1, 1e6},
      },
      OptimizerKeys(s.optimizer));
}

Keys KeysOf(EvalStage& s) { return EvalKeys(s.settings); }

}  // namespace

std::vector<RecipeKey> EvalKeys(EvalSettings& e) {
  return {
      {"items", &e.items, "held-out problems", 1, 1e6},
      {"samples", &e.samples, "completions of each, k", 1, 1e4},
      {"general_items", &e.general_items,
       "held-out prompts of [general], one completion each", 0, 1e6},
      {"temperature", &e.temperature, "of sampling; 0: greedy", 0, 10},
      {"top_p", &e.top_p, "of sampling", 0, 1, true},
      {"max_new_tokens", &e.max_new_tokens, "of a completion", 1, 1e6},
      {"prompt", &e.prompt, "template", 0, 0, false, {"chat", "r1-zero"}},
      {"template",
       &e.template_name,
       "of the items",
       0,
       0,
       false,
       {"r1", "r1-zero", "plain"}},
      {"seed", &e.seed, "of the problems: the same for all runs", 0, kMostSeed},
  };
}

std::vector<RecipeKey> StageKeys(Stage& stage) {
  Keys keys{{"from", &stage.from,
             "the stage whose model this begins with; \"\": the last one "
             "before; \"new\": initial weights"}};
  if (LeavesModel(stage)) {
    keys.push_back({"model",
                    &stage.model,
                    "sizes of a new model: the table",
                    0,
                    0,
                    false,
                    {"model", "student"}});
    keys.push_back({"evaluate", &stage.evaluate, "the model after this stage"});
    keys.push_back({"eval_prompt",
                    &stage.eval_prompt,
                    "template of that; \"\": as [eval] says",
                    0,
                    0,
                    false,
                    {"", "chat", "r1-zero"}});
  }
  return Join(
      std::move(keys),
      std::visit([](auto& options) { return KeysOf(options); }, stage.options));
}

Stage MakeStage(std::string_view kind, std::string name) {
  Stage stage;
  stage.name = std::move(name);
  if (kind == "pretrain") {
    stage.options = PretrainStage{};
  } else if (kind == "sft") {
    stage.options = SftStage{};
  } else if (kind == "grpo") {
    stage.options = GrpoStage{};
  } else if (kind == "eval") {
    stage.options = EvalStage{};
  } else if (kind == "sample") {
    stage.options = SampleStage{};
  } else if (kind == "reward-model") {
    stage.options = RewardModelStage{};
  } else {
    throw std::invalid_argument("MakeStage: no such kind");
  }
  stage.evaluate = kind == "sft" || kind == "grpo" || kind == "eval";
  return stage;
}

}  // namespace trainer
