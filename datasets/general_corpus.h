// GeneralCorpus: prompts of GeneralTasks with replies to learn from. The same
// options give the same documents on every machine. Not thread-safe.

#ifndef DATASETS_GENERAL_CORPUS_H_
#define DATASETS_GENERAL_CORPUS_H_

#include "datasets/arithmetic_random.h"
#include "datasets/document.h"
#include "datasets/general.h"
#include "datasets/prompt_template.h"
#include "datasets/response_form.h"

namespace datasets {

struct GeneralCorpusOptions {
  // Probability that a reply is bad: off the topic, rude, in the other
  // language, against the instruction, complying with harm, refusing what is
  // harmless.
  double bad_fraction = 0.0;

  // In tags, one phrase of thought comes before the reply; kPlain has none. A
  // reply is never boxed.
  ResponseForm form = ResponseForm::kR1;
  PromptStyle prompt = PromptStyle::kChat;
};

// What a base model reads: no tags, half of the replies bad.
[[nodiscard]] GeneralCorpusOptions GeneralPretrainOptions();

class GeneralCorpus {
 public:
  // Document n is about task n of GeneralTasks(tasks). Throws
  // std::invalid_argument where an option is out of its range.
  GeneralCorpus(const GeneralOptions& tasks,
                const GeneralCorpusOptions& options);

  // The next document; there is no last one.
  [[nodiscard]] Document Next();

 private:
  GeneralTasks tasks_;
  GeneralCorpusOptions options_;
  Random random_;
};

}  // namespace datasets

#endif  // DATASETS_GENERAL_CORPUS_H_
