#include "trainer/stages/world.h"

#include <set>
#include <stdexcept>
#include <utility>

#include "datasets/arithmetic_corpus.h"
#include "datasets/general_corpus.h"
#include "datasets/world_tokens.h"
#include "trainer/stages/seeds.h"

namespace trainer {
namespace {

// Draws after which a held-out set of that size is taken not to exist.
constexpr std::int64_t kMostDrawsPerItem = 1'000;

datasets::WorldOptions WorldOf(const DataSettings& data,
                               const TaskOptions& options) {
  datasets::WorldOptions world;
  world.puzzle_weights = {data.count, data.cipher, data.choice, data.program,
                          data.countdown};
  datasets::ArithmeticOptions& tasks = world.arithmetic;
  tasks.kind_weights = {data.add2, data.sub2,  data.add3, data.sub3,
                        data.eq,   data.chain, data.mul};
  tasks.chinese_fraction = data.chinese_fraction;
  tasks.seed = options.seed;
  tasks.split = options.split;
  tasks.template_name = options.template_name;
  tasks.accuracy_weight = options.accuracy_weight;
  tasks.format_weight = options.format_weight;
  tasks.language_weight = options.language_weight;
  return world;
}

}  // namespace

datasets::GeneralOptions GeneralOf(const Recipe& recipe,
                                   const TaskOptions& options) {
  const GeneralSettings& g = recipe.general;
  datasets::GeneralOptions general;
  general.chat = g.chat;
  general.instruct = g.instruct;
  general.refuse = g.refuse;
  general.benign = g.benign;
  general.helpful_checker = g.helpful_checker;
  general.safety_checker = g.safety_checker;
  general.chinese_fraction = recipe.data.chinese_fraction;
  general.seed = options.seed;
  general.split = options.split;
  general.template_name = options.template_name;
  general.accuracy_weight = options.accuracy_weight;
  general.format_weight = options.format_weight;
  general.language_weight = options.language_weight;
  return general;
}

namespace {

// Of evaluations: every check, for its rate.
TaskOptions HeldOutOptions(const EvalSettings& settings) {
  TaskOptions options;
  options.seed = settings.seed;
  options.split = datasets::Split::kHeldOut;
  options.template_name = settings.template_name;
  options.language_weight = 1.0;
  return options;
}

template <typename Tasks>
std::vector<NumberedTask> Different(Tasks tasks, std::int64_t count) {
  std::set<std::string> seen;
  std::vector<NumberedTask> items;
  for (std::int64_t draw = 0;
       draw < count * kMostDrawsPerItem && std::ssize(items) < count; ++draw) {
    datasets::Task task = tasks.Next();
    if (!seen.insert(task.question).second) continue;
    items.push_back({items.size(), std::move(task)});
  }
  return items;
}

}  // namespace

datasets::PromptStyle PromptStyleFromName(std::string_view name) {
  if (name == "chat") return datasets::PromptStyle::kChat;
  if (name == "r1-zero") return datasets::PromptStyle::kR1Zero;
  throw std::invalid_argument("PromptStyleFromName: no such style");
}

Topic TopicOf(std::string_view kind) noexcept {
  if (kind == "instruct") return Topic::kInstruction;
  if (kind == "chat" || kind == "refuse" || kind == "benign")
    return Topic::kConversation;
  return Topic::kReasoning;
}

ReasoningTasks::ReasoningTasks(const Recipe& recipe, const TaskOptions& options)
    : tasks_(WorldOf(recipe.data, options)) {}

GeneralPrompts::GeneralPrompts(const Recipe& recipe, const TaskOptions& options)
    : tasks_(GeneralOf(recipe, options)) {}

std::vector<NumberedTask> HeldOutTasks(const Recipe& recipe,
                                       const EvalSettings& settings) {
  return Different(ReasoningTasks(recipe, HeldOutOptions(settings)),
                   settings.items);
}

std::vector<NumberedTask> HeldOutPrompts(const Recipe& recipe,
                                         const EvalSettings& settings) {
  return Different(GeneralPrompts(recipe, HeldOutOptions(settings)),
                   settings.general_items);
}

struct PretrainDocuments::State {
  datasets::WorldCorpus reasoning;
  datasets::GeneralCorpus general;
  datasets::Random random;
  double general_fraction = 0.0;
};

PretrainDocuments::PretrainDocuments(const Recipe& recipe,
                                     const PretrainStage& stage,
                                     std::uint64_t seed) {
  TaskOptions options;
  options.seed = seed;
  datasets::WorldOptions world = WorldOf(recipe.data, options);
  if (stage.corpus == "curriculum") {
    world.arithmetic = datasets::CurriculumTasks(world.arithmetic);
    world.puzzle_weights.fill(0.0);
  }
  datasets::CorpusOptions corpus = stage.corpus == "mix"
                                       ? datasets::CorpusOptions{}
                                       : datasets::CurriculumOptions();
  corpus.tagged_fraction = stage.tagged_fraction;
  corpus.tagged_prompt = PromptStyleFromName(stage.tagged_prompt);
  state_ = std::make_unique<State>(
      State{datasets::WorldCorpus(world, corpus),
            datasets::GeneralCorpus(GeneralOf(recipe, options),
                                    datasets::GeneralPretrainOptions()),
            datasets::Random(seed, 1), stage.general_fraction});
}

PretrainDocuments::~PretrainDocuments() = default;

datasets::Document PretrainDocuments::Next() {
  return state_->random.Chance(state_->general_fraction)
             ? state_->general.Next()
             : state_->reasoning.Next();
}

ColdStartDocuments::ColdStartDocuments(const Recipe& recipe,
                                       datasets::PromptStyle style,
                                       std::uint64_t seed)
    : corpus_(WorldOf(recipe.data, {.seed = seed}),
              datasets::ColdStartOptions(style)) {}

struct MadeDocuments::State {
  std::string source;
  datasets::WorldTasks tasks;
  datasets::DocumentWriter solver;
  datasets::GeneralTasks prompts;
  datasets::GeneralCorpus replies;
  std::uint64_t number = 0;
};

MadeDocuments::MadeDocuments(const Recipe& recipe, std::string_view source,
                             std::uint64_t seed) {
  datasets::CorpusOptions solved = datasets::CurriculumOptions();
  solved.tagged_fraction = 1.0;
  solved.tagged_form = datasets::ResponseForm::kR1;
  solved.tagged_prompt = datasets::PromptStyle::kChat;
  TaskOptions options;
  options.seed = seed;
  state_ = std::make_unique<State>(State{
      std::string(source), datasets::WorldTasks(WorldOf(recipe.data, options)),
      datasets::DocumentWriter(solved, seed),
      datasets::GeneralTasks(GeneralOf(recipe, options)),
      datasets::GeneralCorpus(GeneralOf(recipe, options), {})});
}

MadeDocuments::~MadeDocuments() = default;

Document MadeDocuments::Next() {
  State& s = *state_;
  datasets::Task task;
  datasets::Document made;
  if (s.source == "trace") {
    const datasets::WorldProblem problem = s.tasks.NextProblem();
    task = s.tasks.MakeTask(problem, s.number);
    made =
        std::visit([&](const auto& p) { return s.solver.Write(p); }, problem);
  } else {
    task = s.prompts.Next();  // document n answers prompt n
    made = s.replies.Next();
  }
  return {true,           s.source + '/' + std::to_string(s.number++),
          s.source,       task.kind,
          task.language,  task.question,
          made.completion};
}

Tokenizer WorldTokenizer() { return *Tokenizer::Make(datasets::WorldTokens()); }

}  // namespace trainer
