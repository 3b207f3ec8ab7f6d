#include "trainer/recipes/recipe_keys.h"

#include <stdexcept>

namespace trainer {
namespace {

using Keys = std::vector<RecipeKey>;

constexpr double kMostWeight = 1e3;
constexpr double kDayMs = 86'400'000.0;

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
      {"count", &d.count, "weight of counting a letter in a word", 0,
       kMostWeight},
      {"cipher", &d.cipher, "weight of shifting the letters of a word", 0,
       kMostWeight},
      {"choice", &d.choice, "weight of choosing one of four measures", 0,
       kMostWeight},
      {"program", &d.program, "weight of one-line programs", 0, kMostWeight},
      {"countdown", &d.countdown, "weight of sums to put together", 0,
       kMostWeight},
      {"chinese_fraction", &d.chinese_fraction, "of tasks; the rest English", 0,
       1},
  };
}

Keys KeysOf(GeneralSettings& g) {
  return {
      {"chat", &g.chat, "weight of small talk", 0, kMostWeight},
      {"instruct", &g.instruct, "weight of instructions that a rule checks", 0,
       kMostWeight},
      {"refuse", &g.refuse, "weight of requests to refuse", 0, kMostWeight},
      {"benign", &g.benign, "weight of what only looks like those", 0,
       kMostWeight},
      {"helpful_checker", &g.helpful_checker,
       "of assayd, for chat and benign; \"\": none"},
      {"safety_checker", &g.safety_checker,
       "of assayd, for refuse; \"\": none"},
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

}  // namespace

std::vector<RecipeKey> TableKeys(Recipe& recipe, std::string_view table) {
  if (table == "model") return KeysOf(recipe.model);
  if (table == "student") return KeysOf(recipe.student);
  if (table == "data") return KeysOf(recipe.data);
  if (table == "general") return KeysOf(recipe.general);
  if (table == "eval") return EvalKeys(recipe.eval);
  if (table == "verifier") return KeysOf(recipe.verifier);
  if (table == "checkpoint") return KeysOf(recipe.checkpoint);
  if (table == "guard") return KeysOf(recipe.guard);
  throw std::invalid_argument("TableKeys: no such table");
}

}  // namespace trainer
