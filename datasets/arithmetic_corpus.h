// ArithmeticCorpus: documents of arithmetic to learn from: a prompt, and the
// completion that the loss is on. The same options give the same documents on
// every machine. Not thread-safe.
//
// A document is worked (steps, then the answer they arrive at) or a guess (no
// steps). Untagged, it is `ones 7+5=12 tens 4+8+1=13 so 132`; tagged,
// `<think>ones 7+5=12 tens 4+8+1=13 so</think><answer>\boxed{132}</answer>`.

#ifndef DATASETS_ARITHMETIC_CORPUS_H_
#define DATASETS_ARITHMETIC_CORPUS_H_

#include <string>

#include "datasets/arithmetic.h"
#include "datasets/prompt_template.h"

namespace datasets {

struct Document {
  std::string prompt{};
  std::string completion{};  // without an end-of-text token
};

// Fractions are probabilities, from 0 to 1.
struct CorpusOptions {
  double guess_fraction = 0.5;     // documents without steps
  double guess_wrong = 0.3;        // guesses whose answer is wrong
  double guess_word = 0.5;         // untagged guesses that begin with "so"
  double step_wrong = 0.03;        // steps of worked documents, each
  double switched_fraction = 0.3;  // documents with labels of both languages
  double label_switched = 0.6;     // their labels, each, in the other language

  // Documents in tags, whose prompt is in `tagged_prompt`. A tagged guess
  // always thinks one word, since a thought may not be empty.
  double tagged_fraction = 0.0;
  PromptStyle tagged_prompt = PromptStyle::kR1Zero;
  PromptStyle untagged_prompt = PromptStyle::kChat;

  // The answer of a tagged document stands in a \boxed{}; see
  // ArithmeticOptions::template_name for when it may be left out.
  bool boxed = true;
};

// The noise of the mix, in tags after the prompt `style`: a cold start.
[[nodiscard]] CorpusOptions ColdStartOptions(
    PromptStyle style = PromptStyle::kChat);

// Worked steps only, nothing wrong, nothing switched, no tags.
[[nodiscard]] CorpusOptions CurriculumOptions();

// `tasks` with add2 and sub2 alone, evenly: what a curriculum begins with.
[[nodiscard]] ArithmeticOptions CurriculumTasks(ArithmeticOptions tasks);

class ArithmeticCorpus {
 public:
  // Document n is about task n of ArithmeticTasks(tasks). Throws
  // std::invalid_argument where a fraction is not in [0, 1].
  ArithmeticCorpus(const ArithmeticOptions& tasks,
                   const CorpusOptions& options);

  // The next document; there is no last one.
  [[nodiscard]] Document Next();

 private:
  struct Thought {
    std::string text;  // may be empty
    std::int64_t answer = 0;
  };
  [[nodiscard]] Thought Guess(const ArithmeticProblem& problem, double switched,
                              bool tagged);
  [[nodiscard]] std::int64_t WrongAnswer(const ArithmeticProblem& problem);

  ArithmeticTasks tasks_;
  CorpusOptions options_;
  Random random_;
};

}  // namespace datasets

#endif  // DATASETS_ARITHMETIC_CORPUS_H_
