// The miniature's world as a recipe says it: what is asked, what is held out
// and what is learnt from. The one place where trainer/ meets the generators of
// datasets/. Equal arguments give equal values on every machine.

#ifndef TRAINER_STAGES_WORLD_H_
#define TRAINER_STAGES_WORLD_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/general.h"
#include "datasets/prompt_template.h"
#include "datasets/world.h"
#include "datasets/world_corpus.h"
#include "trainer/recipes/recipe.h"
#include "trainer/stages/document.h"
#include "trainer/stages/rollout.h"
#include "trainer/tokenizer/tokenizer.h"

namespace trainer {

// "chat" or "r1-zero"; throws std::invalid_argument for another name.
[[nodiscard]] datasets::PromptStyle PromptStyleFromName(std::string_view name);

// What a task's kind is about.
enum class Topic { kReasoning, kInstruction, kConversation };
[[nodiscard]] Topic TopicOf(std::string_view kind) noexcept;

struct TaskOptions {
  std::uint64_t seed = 0;
  datasets::Split split = datasets::Split::kTrain;
  std::string template_name = "r1";
  double accuracy_weight = 1.0;
  double format_weight = 1.0;
  double language_weight = 0.0;
};

// Prompts of [general] as datasets/ has them.
[[nodiscard]] datasets::GeneralOptions GeneralOf(const Recipe& recipe,
                                                 const TaskOptions& options);

// Reasoning tasks of [data]; there is no last one. Not thread-safe.
class ReasoningTasks {
 public:
  ReasoningTasks(const Recipe& recipe, const TaskOptions& options);
  [[nodiscard]] datasets::Task Next() { return tasks_.Next(); }

 private:
  datasets::WorldTasks tasks_;
};

// Prompts of [general]; there is no last one. Not thread-safe.
class GeneralPrompts {
 public:
  GeneralPrompts(const Recipe& recipe, const TaskOptions& options);
  [[nodiscard]] datasets::Task Next() { return tasks_.Next(); }

 private:
  datasets::GeneralTasks tasks_;
};

// `settings.items` different held-out problems, or as many as there are; and
// `settings.general_items` held-out prompts.
[[nodiscard]] std::vector<NumberedTask> HeldOutTasks(
    const Recipe& recipe, const EvalSettings& settings);
[[nodiscard]] std::vector<NumberedTask> HeldOutPrompts(
    const Recipe& recipe, const EvalSettings& settings);

// Documents that nobody sampled: "trace", the tasks' own solvers in R1's form
// without noise, or "general", good replies. There is no last one.
class MadeDocuments {
 public:
  MadeDocuments(const Recipe& recipe, std::string_view source,
                std::uint64_t seed);
  ~MadeDocuments();
  [[nodiscard]] Document Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What a pretrain stage learns: reasoning, and of general_fraction of the
// documents [general] with noise. There is no last one.
class PretrainDocuments {
 public:
  PretrainDocuments(const Recipe& recipe, const PretrainStage& stage,
                    std::uint64_t seed);
  ~PretrainDocuments();
  [[nodiscard]] datasets::Document Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reasoning with the noise of pretraining, in tags. There is no last one.
class ColdStartDocuments {
 public:
  ColdStartDocuments(const Recipe& recipe, datasets::PromptStyle style,
                     std::uint64_t seed);
  [[nodiscard]] datasets::Document Next() { return corpus_.Next(); }

 private:
  datasets::WorldCorpus corpus_;
};

// The tokenizer of every new model.
[[nodiscard]] Tokenizer WorldTokenizer();

}  // namespace trainer

#endif  // TRAINER_STAGES_WORLD_H_
