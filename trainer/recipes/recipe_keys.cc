#include "trainer/recipes/recipe_keys.h"

#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <limits>
#include <stdexcept>

namespace trainer {
namespace {

using Keys = std::vector<RecipeKey>;

constexpr double kMostSeed = 9.2e18;
constexpr double kMostWeight = 1e3;
constexpr double kDayMs = 86'400'000.0;

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
      },
      OptimizerKeys(s.optimizer));
}

Keys KeysOf(SftStage& s) {
  return Join(
      {
          {"examples", &s.examples, "documents", 1, 1e8},
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
  };
}

Keys KeysOf(GrpoStage& s) {
  return Join(Join(RolloutKeys(s), RewardKeys(s)), OptimizerKeys(s.optimizer));
}

Keys KeysOf(ModelSettings& m) {
  return {
      {"hidden_size", &m.hidden_size, "width", 2, 1e6},
      {"layers", &m.layers, "blocks", 1, 1e4},
      {"heads", &m.heads, "of queries", 1, 1e4},
      {"kv_heads", &m.kv_heads, "of keys and values", 1, 1e4},
      {"intermediate_size", &m.intermediate_size, "width of SwiGLU", 1, 1e6},
      {"max_positions", &m.max_positions, "tokens of the longest sequence", 8,
       1e6},
      {"rope_theta", &m.rope_theta, "base of the rotary angles", 1, 1e12},
      {"tie_embeddings", &m.tie_embeddings, "the head is the embedding"},
      {"dtype",
       &m.dtype,
       "of the weights",
       0,
       0,
       false,
       {"float32", "bfloat16"}},
  };
}

Keys KeysOf(DataSettings& d) {
  return {
      {"add2", &d.add2, "weight of a + b, two digits", 0, kMostWeight},
      {"sub2", &d.sub2, "weight of a - b, two digits", 0, kMostWeight},
      {"add3", &d.add3, "weight of a + b, three digits", 0, kMostWeight},
      {"sub3", &d.sub3, "weight of a - b, three digits", 0, kMostWeight},
      {"eq", &d.eq, "weight of x + a = b", 0, kMostWeight},
      {"chain", &d.chain, "weight of a + b - c", 0, kMostWeight},
      {"mul", &d.mul, "weight of a * b", 0, kMostWeight},
      {"chinese_fraction", &d.chinese_fraction, "of tasks; the rest English", 0,
       1},
  };
}

Keys KeysOf(EvalSettings& e) {
  return {
      {"items", &e.items, "held-out problems", 1, 1e6},
      {"samples", &e.samples, "completions of each, k", 1, 1e4},
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

Keys KeysOf(VerifierSettings& v) {
  return {
      {"server", &v.server, "http://HOST:PORT of assayd"},
      {"batch_items", &v.batch_items, "items of a request, at most", 1, 65'536},
      {"linger", &v.linger, "a request waits for more items", 0, 60'000},
      {"rescores", &v.rescores, "of an item without a verdict", 0, 100},
      {"wait_limit", &v.wait_limit, "without a service; then exit 4", 0,
       7 * kDayMs},
      {"null_limit", &v.null_limit,
       "share of a step without a verdict; over it exit 5", 0, 1},
  };
}

Keys KeysOf(CheckpointSettings& c) {
  return {{"every", &c.every, "steps", 1, 1e9},
          {"keep", &c.keep, "newest checkpoints that stay", 2, 1e6}};
}

Keys KeysOf(GuardSettings& g) {
  return {{"non_finite_limit", &g.non_finite_limit,
           "updates in a row that are not finite; then exit 6", 1, 1e6}};
}

Keys KeysOf(EvalStage& s) { return KeysOf(s.settings); }

std::string Shortest(double number) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  std::string text(buffer.data(), end);
  // TOML tells floats by a point or an exponent.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string Whole(double number) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

std::string DurationText(std::chrono::milliseconds duration) {
  const std::int64_t ms = duration.count();
  if (ms != 0 && ms % 60'000 == 0) return std::to_string(ms / 60'000) + "m";
  if (ms != 0 && ms % 1'000 == 0) return std::to_string(ms / 1'000) + "s";
  return std::to_string(ms) + "ms";
}

std::string Quote(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      quoted += "\\u00";
      quoted += kHex[byte >> 4];
      quoted += kHex[byte & 0xf];
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// Requires: no null, and depth that a TOML file could hold.
std::string JsonAsToml(const boost::json::value& value) {
  if (const auto* text = value.if_string()) return Quote(*text);
  if (value.is_double()) return Shortest(value.get_double());
  std::string all;
  if (const auto* list = value.if_array()) {
    for (const boost::json::value& one : *list) {
      all += (all.empty() ? "" : ", ") + JsonAsToml(one);
    }
    return '[' + all + ']';
  }
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      all +=
          (all.empty() ? "" : ", ") + Quote(key) + " = " + JsonAsToml(member);
    }
    return '{' + all + '}';
  }
  return boost::json::serialize(value);
}

}  // namespace

std::vector<RecipeKey> TableKeys(Recipe& recipe, std::string_view table) {
  if (table == "model") return KeysOf(recipe.model);
  if (table == "data") return KeysOf(recipe.data);
  if (table == "eval") return KeysOf(recipe.eval);
  if (table == "verifier") return KeysOf(recipe.verifier);
  if (table == "checkpoint") return KeysOf(recipe.checkpoint);
  if (table == "guard") return KeysOf(recipe.guard);
  throw std::invalid_argument("TableKeys: no such table");
}

std::vector<RecipeKey> StageKeys(Stage& stage) {
  Keys keys;
  if (!std::holds_alternative<EvalStage>(stage.options)) {
    keys.push_back({"evaluate", &stage.evaluate, "the model after this stage"});
  }
  return Join(
      std::move(keys),
      std::visit([](auto& options) { return KeysOf(options); }, stage.options));
}

Stage MakeStage(std::string_view kind, std::string name) {
  Stage stage;
  stage.name = std::move(name);
  stage.evaluate = kind != "pretrain";
  if (kind == "pretrain") {
    stage.options = PretrainStage{};
  } else if (kind == "sft") {
    stage.options = SftStage{};
  } else if (kind == "grpo") {
    stage.options = GrpoStage{};
  } else if (kind == "eval") {
    stage.options = EvalStage{};
  } else {
    throw std::invalid_argument("MakeStage: no such kind");
  }
  return stage;
}

std::string AllowedText(const RecipeKey& key) {
  struct Visitor {
    const RecipeKey& key;
    std::string Range(const char* noun) const {
      return std::string(noun) + (key.above_least ? " > " : " >= ") +
             Whole(key.least) + " and <= " + Whole(key.most);
    }
    std::string operator()(std::int64_t*) const {
      return Range("a whole number");
    }
    std::string operator()(std::uint64_t*) const {
      return Range("a whole number");
    }
    std::string operator()(double*) const { return Range("a number"); }
    std::string operator()(bool*) const { return "true or false"; }
    std::string operator()(std::string*) const {
      if (key.words.empty()) return "a string";
      std::string text;
      for (const std::string_view word : key.words) {
        text += (text.empty() ? "\"" : ", \"") + std::string(word) + '"';
      }
      return text;
    }
    std::string operator()(boost::json::array*) const {
      return "a list of tables with a checker, an optional weight and the "
             "checker's parameters";
    }
    std::string operator()(std::chrono::milliseconds*) const {
      return "a string like \"250ms\", \"4s\" or \"10m\"";
    }
  };
  return std::visit(Visitor{key}, key.value);
}

std::string ValueText(const RecipeKey& key) {
  struct Visitor {
    std::string operator()(const std::int64_t* v) const {
      return std::to_string(*v);
    }
    std::string operator()(const std::uint64_t* v) const {
      return std::to_string(*v);
    }
    std::string operator()(const double* v) const { return Shortest(*v); }
    std::string operator()(const bool* v) const {
      return *v ? "true" : "false";
    }
    std::string operator()(const std::string* v) const { return Quote(*v); }
    std::string operator()(const std::chrono::milliseconds* v) const {
      return Quote(DurationText(*v));
    }
    std::string operator()(const boost::json::array* v) const {
      return JsonAsToml(*v);
    }
  };
  return std::visit(Visitor{}, key.value);
}

}  // namespace trainer
