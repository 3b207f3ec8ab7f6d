// CorpusOptions: what the documents of a corpus look like, and what is wrong
// with them on purpose. A plain value.
//
// A document is worked (steps, then the answer they arrive at) or a guess (no
// steps). Untagged, it is `ones 7+5=12 tens 4+8+1=13 so 132`; the tagged forms
// are those of response_form.h.

#ifndef DATASETS_CORPUS_OPTIONS_H_
#define DATASETS_CORPUS_OPTIONS_H_

#include "datasets/prompt_template.h"
#include "datasets/response_form.h"

namespace datasets {

// Fractions are probabilities, from 0 to 1.
struct CorpusOptions {
  double guess_fraction = 0.5;     // documents without steps
  double guess_wrong = 0.3;        // guesses whose answer is wrong
  double guess_word = 0.5;         // untagged guesses that begin with "so"
  double step_wrong = 0.03;        // steps of worked documents, each
  double switched_fraction = 0.3;  // documents with labels of both languages
  double label_switched = 0.6;     // their labels, each, in the other language

  // Documents in tags, in `tagged_form` after a prompt in `tagged_prompt`. A
  // tagged guess always thinks one word, since a thought may not be empty.
  double tagged_fraction = 0.0;
  ResponseForm tagged_form = ResponseForm::kR1Zero;
  PromptStyle tagged_prompt = PromptStyle::kR1Zero;
  PromptStyle untagged_prompt = PromptStyle::kChat;

  // The answer of a tagged document stands in a \boxed{}, unless it is a
  // program; see ArithmeticOptions::template_name for when the box may be left
  // out.
  bool boxed = true;
};

// Throws std::invalid_argument that names the first fraction which is not in
// [0, 1], or `tagged_form` where it is kPlain.
void RequireValid(const CorpusOptions& options);

// The noise of the mix, in tags after the prompt `style`: a cold start.
[[nodiscard]] CorpusOptions ColdStartOptions(
    PromptStyle style = PromptStyle::kChat,
    ResponseForm form = ResponseForm::kR1Zero);

// Worked steps only, nothing wrong, nothing switched, no tags.
[[nodiscard]] CorpusOptions CurriculumOptions();

}  // namespace datasets

#endif  // DATASETS_CORPUS_OPTIONS_H_
