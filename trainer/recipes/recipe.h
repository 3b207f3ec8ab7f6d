// Recipe: what a run does, as RECIPE.toml says it. Plain values; any thread.
// Defaults here are the defaults of the file. Every field is a key of the same
// name; see README.md for the tables.

#ifndef TRAINER_RECIPES_RECIPE_H_
#define TRAINER_RECIPES_RECIPE_H_

#include <array>
#include <boost/json/array.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace trainer {

// [model], and [student] for smaller models. The vocabulary is the miniature's.
struct ModelSettings {
  std::int64_t hidden_size = 96;
  std::int64_t layers = 3;
  std::int64_t heads = 4;
  std::int64_t kv_heads = 2;
  std::int64_t intermediate_size = 256;
  std::int64_t max_positions = 512;  // longest sequence, in tokens
  double rope_theta = 1e4;
  bool tie_embeddings = false;
  std::string dtype = "float32";  // or "bfloat16"
};

// [data]: reasoning tasks. Weights are shares, none negative, one positive.
struct DataSettings {
  double add2 = 1.0;
  double sub2 = 1.0;
  double add3 = 1.0;
  double sub3 = 1.0;
  double eq = 1.0;
  double chain = 0.5;
  double mul = 0.5;
  double count = 0.0;
  double cipher = 0.0;
  double choice = 0.0;
  double program = 0.0;
  double countdown = 0.0;
  double chinese_fraction = 0.5;
};

// [general]: prompts that are no problems. Weights are shares, none negative,
// one positive.
struct GeneralSettings {
  double chat = 1.0;
  double instruct = 1.0;  // instructions that a rule checks
  double refuse = 1.0;    // harmful requests
  double benign = 1.0;    // those that only look like it
  // Checkers of the assayd that judge chat and benign, and refuse, e.g. `http`
  // ones that ask reward models; "": none does.
  std::string helpful_checker{};
  std::string safety_checker{};
};

// Keys of every training stage. lr rises from 0 over warmup_steps, then stays
// ("constant") or falls as a half cosine to lr * final_lr_ratio ("cosine").
// AdamW, decoupled decay; decay spares norms.
struct OptimizerSettings {
  double lr = 1e-3;
  std::string schedule = "constant";
  std::int64_t warmup_steps = 0;
  double final_lr_ratio = 0.1;
  double beta1 = 0.9;
  double beta2 = 0.95;
  double epsilon = 1e-8;
  double weight_decay = 0.0;
  double max_grad_norm = 1.0;
};

// kind = "pretrain": documents from nothing; loss on the completion.
struct PretrainStage {
  OptimizerSettings optimizer{};
  std::int64_t steps = 1'000;
  std::int64_t batch_tokens = 3'072;  // at most, prompts included
  // "mix": worked and guessed, with noise; "worked": worked and right;
  // "curriculum": that, of add2 and sub2 alone.
  std::string corpus = "mix";
  double tagged_fraction = 0.0;           // of documents, in think/answer tags
  std::string tagged_prompt = "r1-zero";  // or "chat"
  double general_fraction = 0.0;          // of documents, [general] with noise
};

// kind = "sft": completion-only loss on a fixed set of documents: those of
// `data`, else made ones in tags.
struct SftStage {
  OptimizerSettings optimizer{};
  std::vector<std::string> data{};  // sample stages
  std::int64_t examples = 1'500;    // made ones
  std::int64_t epochs = 3;
  std::int64_t batch_tokens = 2'048;
  std::string prompt = "chat";  // or "r1-zero"
};

// kind = "grpo". One step is one rollout and its updates.
struct GrpoStage {
  OptimizerSettings optimizer{};
  std::int64_t steps = 100;
  std::int64_t prompts_per_step = 32;
  std::int64_t group_size = 8;    // completions of a prompt, 2 or more
  std::int64_t minibatches = 1;   // updates of one pass over a rollout
  std::int64_t inner_epochs = 1;  // passes over a rollout
  double temperature = 1.0;
  double top_p = 1.0;
  std::int64_t max_new_tokens = 100;
  std::string prompt = "chat";       // or "r1-zero"
  std::string template_name = "r1";  // key `template`
  double accuracy_weight = 1.0;
  double format_weight = 1.0;
  double language_weight = 0.0;
  double clip_low = 0.2;   // ratio at least 1 - clip_low
  double clip_high = 0.2;  // and at most 1 + clip_high
  double kl_beta = 0.0;
  std::int64_t reference_every = 0;        // steps; 0: the reference stays
  std::string loss_norm = "token_mean";    // "sequence_mean", "constant"
  std::string reward_scale = "group_std";  // "none"
  std::string reward = "verifier";  // "constant": a control that cannot learn
  // Further checks of every item, as they are sent to assayd: objects with a
  // `checker`, its parameters and a `weight`. Opaque here.
  boost::json::array checks{};
  // Of a step's questions, those of [general]; from step general_from on.
  double general_fraction = 0.0;
  std::int64_t general_from = 1;
  // Every watch_every steps (0: never) the accuracy on watch_items held-out
  // problems. The stage ends where it has fallen by watch_drop below its best
  // while the reward rose.
  std::int64_t watch_every = 0;
  std::int64_t watch_items = 64;
  double watch_drop = 0.1;
};

// kind = "sample": documents from a model's own samples, for sft stages.
struct SampleStage {
  std::int64_t questions = 1'000;
  std::int64_t samples = 4;  // completions of each
  double temperature = 1.0;
  double top_p = 1.0;
  std::int64_t max_new_tokens = 100;
  std::string prompt = "chat";       // or "r1-zero"
  std::string template_name = "r1";  // key `template`
  // What is kept.
  double least_language = 0.0;  // score of the language of the reasoning
  double most_repeated = 1.0;   // share of words in a 4-gram seen before
  std::int64_t least_tokens = 0;
  std::int64_t most_tokens = 1'000'000;
  double least_pass_rate = 0.0;  // of a question's samples
  double most_pass_rate = 1.0;
  std::int64_t per_question = 1;  // documents of one question
  bool decontaminate = true;      // 10-grams of [eval]'s problems
  bool refine = false;            // r1-zero tags into r1's form with a summary
  // What is added.
  std::int64_t traces = 0;   // documents of the tasks' own solvers
  std::int64_t general = 0;  // documents of [general]
};

// kind = "reward-model": a scalar head, learnt from pairs ("helpful") or from
// labels ("safety").
struct RewardModelStage {
  OptimizerSettings optimizer{};
  std::string preference = "helpful";
  std::int64_t examples = 2'000;  // pairs or labelled responses
  std::int64_t epochs = 1;
  std::int64_t batch = 64;      // of them, an update
  std::int64_t held_out = 400;  // to measure by
};

// What evaluation does, [eval].
struct EvalSettings {
  std::int64_t items = 200;        // held-out problems
  std::int64_t samples = 4;        // of each, k
  std::int64_t general_items = 0;  // held-out prompts of [general], one sample
  double temperature = 1.0;
  double top_p = 1.0;
  std::int64_t max_new_tokens = 100;
  std::string prompt = "chat";
  std::string template_name = "r1";  // key `template`
  std::uint64_t seed = 20'251'124;   // of the problems: the same for all runs
};

// kind = "eval": the model as the stages before left it. Its keys are those of
// [eval], with the same defaults.
struct EvalStage {
  EvalSettings settings{};
};

// [verifier]: the assayd that judges.
struct VerifierSettings {
  std::string server = "http://127.0.0.1:8790";
  std::int64_t batch_items = 64;         // most items of one request
  std::chrono::milliseconds linger{20};  // a batch waits for more
  std::int64_t rescores = 2;             // of an item without a verdict
  std::chrono::milliseconds wait_limit{600'000};  // without a service, then 4
  double null_limit = 0.5;  // a step with more nulls stops the run, exit 5
};

// [checkpoint]
struct CheckpointSettings {
  std::int64_t every = 50;  // steps
  std::int64_t keep = 2;
};

// [guard]
struct GuardSettings {
  std::int64_t non_finite_limit = 5;  // the fifth in a row ends with exit 6
};

// In the file: a table of the stage's name.
struct Stage {
  std::string name{};
  // The stage whose model this one begins with. "": the one before that left a
  // model; "new": initial weights.
  std::string from{};
  std::string model = "model";  // sizes of a new one: or "student"
  bool evaluate = false;        // after the stage, as [eval] says
  // Template of that evaluation: "chat" (and "r1"), "r1-zero" (both); "": as
  // [eval] says.
  std::string eval_prompt{};
  std::variant<PretrainStage, SftStage, GrpoStage, EvalStage, SampleStage,
               RewardModelStage>
      options{};
};

// "pretrain", "sft", "grpo", "eval", "sample" or "reward-model".
[[nodiscard]] const char* StageKind(const Stage& stage) noexcept;

// pretrain, sft and grpo leave a language model that others begin with.
[[nodiscard]] bool LeavesModel(const Stage& stage) noexcept;

struct Recipe {
  std::string name = "run";  // of the run's folder: letters, digits, . _ -
  std::uint64_t seed = 0;
  std::vector<Stage> stages{};  // in order
  ModelSettings model{};
  ModelSettings student{
      .hidden_size = 64, .layers = 2, .intermediate_size = 160};
  DataSettings data{};
  GeneralSettings general{};
  EvalSettings eval{};
  VerifierSettings verifier{};
  CheckpointSettings checkpoint{};
  GuardSettings guard{};
};

// The stage whose model `recipe.stages[index]` begins with; none: a new one.
// Requires: the recipe was read by ReadRecipe.
[[nodiscard]] std::optional<std::size_t> FromOf(const Recipe& recipe,
                                                std::size_t index);

// The sizes of the model that stage `index` works on.
[[nodiscard]] const ModelSettings& SizesOf(const Recipe& recipe,
                                           std::size_t index);

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_H_
