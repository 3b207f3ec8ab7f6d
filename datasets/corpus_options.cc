#include "datasets/corpus_options.h"

#include <stdexcept>
#include <string>

namespace datasets {
namespace {

void RequireFraction(const char* name, double value) {
  if (value >= 0.0 && value <= 1.0) return;
  throw std::invalid_argument(std::string(name) + ": must be from 0 to 1, is " +
                              std::to_string(value));
}

}  // namespace

void RequireValid(const CorpusOptions& options) {
  RequireFraction("guess_fraction", options.guess_fraction);
  RequireFraction("guess_wrong", options.guess_wrong);
  RequireFraction("guess_word", options.guess_word);
  RequireFraction("step_wrong", options.step_wrong);
  RequireFraction("switched_fraction", options.switched_fraction);
  RequireFraction("label_switched", options.label_switched);
  RequireFraction("tagged_fraction", options.tagged_fraction);
  if (options.tagged_form == ResponseForm::kPlain) {
    throw std::invalid_argument("tagged_form: must have tags, is plain");
  }
}

CorpusOptions ColdStartOptions(PromptStyle style, ResponseForm form) {
  CorpusOptions options;
  options.tagged_fraction = 1.0;
  options.tagged_form = form;
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

}  // namespace datasets
