#include "datasets/arithmetic_corpus.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "datasets/arithmetic_text.h"
#include "datasets/arithmetic_trace.h"

namespace datasets {
namespace {

// Apart from the streams that draw the tasks (one a Split).
constexpr std::uint64_t kStyleStream = 0x57E1E;

void RequireFraction(const char* name, double value) {
  if (value >= 0.0 && value <= 1.0) return;
  throw std::invalid_argument(std::string(name) + ": must be from 0 to 1, is " +
                              std::to_string(value));
}

std::string Tagged(const std::string& thought, const std::string& answer,
                   bool boxed) {
  const std::string text = boxed ? "\\boxed{" + answer + '}' : answer;
  return "<think>" + thought + "</think><answer>" + text + "</answer>";
}

}  // namespace

CorpusOptions ColdStartOptions(PromptStyle style) {
  CorpusOptions options;
  options.tagged_fraction = 1.0;
  options.tagged_prompt = style;
  return options;
}

CorpusOptions CurriculumOptions() {
  CorpusOptions options;
  options.guess_fraction = 0.0;
  options.step_wrong = 0.0;
  options.switched_fraction = 0.0;
  return options;
}

ArithmeticOptions CurriculumTasks(ArithmeticOptions tasks) {
  tasks.kind_weights.fill(0.0);
  tasks.kind_weights[static_cast<std::size_t>(ArithmeticKind::kAdd2)] = 1.0;
  tasks.kind_weights[static_cast<std::size_t>(ArithmeticKind::kSub2)] = 1.0;
  return tasks;
}

ArithmeticCorpus::ArithmeticCorpus(const ArithmeticOptions& tasks,
                                   const CorpusOptions& options)
    : tasks_(tasks), options_(options), random_(tasks.seed, kStyleStream) {
  RequireFraction("guess_fraction", options_.guess_fraction);
  RequireFraction("guess_wrong", options_.guess_wrong);
  RequireFraction("guess_word", options_.guess_word);
  RequireFraction("step_wrong", options_.step_wrong);
  RequireFraction("switched_fraction", options_.switched_fraction);
  RequireFraction("label_switched", options_.label_switched);
  RequireFraction("tagged_fraction", options_.tagged_fraction);
}

std::int64_t ArithmeticCorpus::WrongAnswer(const ArithmeticProblem& problem) {
  constexpr std::array<std::int64_t, 5> kOff = {1, 2, 3, 10, 20};
  const std::int64_t right = Answer(problem);
  const std::int64_t off =
      kOff[static_cast<std::size_t>(random_.Between(0, std::ssize(kOff) - 1))];
  return random_.Chance(0.5) && right >= off ? right - off : right + off;
}

ArithmeticCorpus::Thought ArithmeticCorpus::Guess(
    const ArithmeticProblem& problem, double switched, bool tagged) {
  Thought thought;
  const bool word = random_.Chance(options_.guess_word);
  const bool wrong = random_.Chance(options_.guess_wrong);
  if (word || tagged) {
    thought.text = SoLabel(problem.language, switched, random_);
  }
  thought.answer = wrong ? WrongAnswer(problem) : Answer(problem);
  return thought;
}

Document ArithmeticCorpus::Next() {
  const ArithmeticProblem problem = tasks_.NextProblem();
  const bool tagged = random_.Chance(options_.tagged_fraction);
  const bool guess = random_.Chance(options_.guess_fraction);
  const double switched = random_.Chance(options_.switched_fraction)
                              ? options_.label_switched
                              : 0.0;
  Thought thought;
  if (guess) {
    thought = Guess(problem, switched, tagged);
  } else {
    Trace trace =
        WorkedTrace(problem, {options_.step_wrong, switched}, random_);
    thought = {std::move(trace.steps), trace.answer};
  }
  const std::string answer = std::to_string(thought.answer);
  Document document;
  document.prompt =
      FormatPrompt(tagged ? options_.tagged_prompt : options_.untagged_prompt,
                   Question(problem));
  if (tagged) {
    document.completion = Tagged(thought.text, answer, options_.boxed);
  } else {
    document.completion =
        thought.text.empty() ? answer : thought.text + ' ' + answer;
  }
  return document;
}

}  // namespace datasets
