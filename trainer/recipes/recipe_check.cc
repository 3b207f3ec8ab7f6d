#include "trainer/recipes/recipe_check.h"

#include <algorithm>
#include <utility>

namespace trainer {
namespace {

class Checker {
 public:
  explicit Checker(const Recipe& recipe) : recipe_(recipe) {}

  std::vector<RecipeFault> Check() {
    CheckSizes("model", recipe_.model);
    CheckSizes("student", recipe_.student);
    const DataSettings& d = recipe_.data;
    if (d.add2 + d.sub2 + d.add3 + d.sub3 + d.eq + d.chain + d.mul + d.count +
            d.cipher + d.choice + d.program + d.countdown ==
        0.0) {
      Add("data", "add2", "every weight is 0", "data");
    }
    const GeneralSettings& g = recipe_.general;
    if (g.chat + g.instruct + g.refuse + g.benign == 0.0) {
      Add("general", "chat", "every weight is 0", "general");
    }
    for (std::size_t i = 0; i < recipe_.stages.size(); ++i) {
      if (!CheckEdges(i)) continue;
      std::visit([&](const auto& options) { CheckStage(i, options); },
                 recipe_.stages[i].options);
    }
    CheckLength("eval", recipe_.eval.max_new_tokens, recipe_.model);
    return std::move(faults_);
  }

 private:
  void Add(const std::string& table, const std::string& key,
           const std::string& what, const std::string& subject = {}) {
    faults_.push_back(
        {table, key,
         (subject.empty() ? table + '.' + key : subject) + ": " + what});
  }

  void CheckSizes(const std::string& table, const ModelSettings& m) {
    if (m.hidden_size % m.heads != 0 || m.hidden_size / m.heads % 2 != 0) {
      Add(table, "hidden_size",
          "expected an even multiple of heads (" + std::to_string(m.heads) +
              ")");
    }
    if (m.heads % m.kv_heads != 0) {
      Add(table, "kv_heads",
          "expected a divisor of heads (" + std::to_string(m.heads) + ")");
    }
  }

  void CheckLength(const std::string& table, std::int64_t most,
                   const ModelSettings& m) {
    if (most < m.max_positions) return;
    Add(table, "max_new_tokens",
        "expected less than model.max_positions (" +
            std::to_string(m.max_positions) + ")");
  }

  // The stage of that name before stage `index`; nullptr: there is none.
  [[nodiscard]] const Stage* Before(std::size_t index,
                                    const std::string& name) const {
    const auto end =
        recipe_.stages.begin() + static_cast<std::ptrdiff_t>(index);
    const auto found =
        std::find_if(recipe_.stages.begin(), end,
                     [&](const Stage& s) { return s.name == name; });
    return found == end ? nullptr : &*found;
  }

  // False: there is no model to speak of.
  bool CheckEdges(std::size_t index) {
    const Stage& stage = recipe_.stages[index];
    if (stage.from.empty() || stage.from == "new") {
      if (stage.model != "model" && FromOf(recipe_, index)) {
        Add(stage.name, "model",
            "is for new models; this one begins with that of a stage before: "
            "add from = \"new\"");
      }
      return true;
    }
    const Stage* from = Before(index, stage.from);
    if (from == nullptr || !LeavesModel(*from)) {
      Add(stage.name, "from",
          "expected \"new\", or a stage before that leaves a model, got \"" +
              stage.from + '"');
      return false;
    }
    if (stage.model != "model") {
      Add(stage.name, "model", "is for new models; this one has a from");
    }
    return true;
  }

  void CheckStage(std::size_t, const PretrainStage&) {}
  void CheckStage(std::size_t index, const SftStage& sft) {
    for (const std::string& name : sft.data) {
      const Stage* data = Before(index, name);
      if (data != nullptr &&
          std::holds_alternative<SampleStage>(data->options)) {
        continue;
      }
      Add(recipe_.stages[index].name, "data",
          "expected sample stages before, got \"" + name + '"');
    }
  }
  void CheckStage(std::size_t index, const GrpoStage& grpo) {
    const std::string& name = recipe_.stages[index].name;
    if (grpo.prompts_per_step % grpo.minibatches != 0) {
      Add(name, "minibatches",
          "expected a divisor of prompts_per_step (" +
              std::to_string(grpo.prompts_per_step) + ")");
    }
    CheckLength(name, grpo.max_new_tokens, SizesOf(recipe_, index));
    if (grpo.accuracy_weight + grpo.format_weight + grpo.language_weight ==
        0.0) {
      Add(name, "accuracy_weight", "every check has weight 0", name);
    }
  }
  void CheckStage(std::size_t index, const EvalStage& eval) {
    CheckLength(recipe_.stages[index].name, eval.settings.max_new_tokens,
                SizesOf(recipe_, index));
  }
  void CheckStage(std::size_t index, const SampleStage& sample) {
    const std::string& name = recipe_.stages[index].name;
    CheckLength(name, sample.max_new_tokens, SizesOf(recipe_, index));
    if (sample.per_question > sample.samples) {
      Add(name, "per_question",
          "expected samples (" + std::to_string(sample.samples) + ") at most");
    }
    if (sample.least_tokens > sample.most_tokens) {
      Add(name, "least_tokens", "is over most_tokens");
    }
    if (sample.least_pass_rate > sample.most_pass_rate) {
      Add(name, "least_pass_rate", "is over most_pass_rate");
    }
    if (sample.refine && sample.prompt != "r1-zero") {
      Add(name, "refine", "needs prompt = \"r1-zero\"");
    }
  }
  void CheckStage(std::size_t index, const RewardModelStage&) {
    if (FromOf(recipe_, index)) return;
    Add(recipe_.stages[index].name, "from",
        "expected a stage before that leaves a model");
  }

  const Recipe& recipe_;
  std::vector<RecipeFault> faults_;
};

}  // namespace

std::vector<RecipeFault> CheckRecipe(const Recipe& recipe) {
  return Checker(recipe).Check();
}

}  // namespace trainer
