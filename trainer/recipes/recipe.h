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
#include <string>
#include <variant>
#include <vector>

namespace trainer {

// [model]. The vocabulary follows from [data].
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

// [data]: arithmetic tasks. Weights are shares, none negative, one positive.
struct DataSettings {
  double add2 = 1.0;
  double sub2 = 1.0;
  double add3 = 1.0;
  double sub3 = 1.0;
  double eq = 1.0;
  double chain = 0.5;
  double mul = 0.5;
  double chinese_fraction = 0.5;
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
};

// kind = "sft": completion-only loss on a fixed set of documents in tags.
struct SftStage {
  OptimizerSettings optimizer{};
  std::int64_t examples = 1'500;
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
};

// What evaluation does, [eval].
struct EvalSettings {
  std::int64_t items = 200;  // held-out problems
  std::int64_t samples = 4;  // of each, k
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
  bool evaluate = false;  // after the stage, as [eval] says
  std::variant<PretrainStage, SftStage, GrpoStage, EvalStage> options{};
};

// "pretrain", "sft", "grpo" or "eval".
[[nodiscard]] const char* StageKind(const Stage& stage) noexcept;

struct Recipe {
  std::string name = "run";  // of the run's folder: letters, digits, . _ -
  std::uint64_t seed = 0;
  std::vector<Stage> stages{};  // in order
  ModelSettings model{};
  DataSettings data{};
  EvalSettings eval{};
  VerifierSettings verifier{};
  CheckpointSettings checkpoint{};
  GuardSettings guard{};
};

}  // namespace trainer

#endif  // TRAINER_RECIPES_RECIPE_H_
