// SafetyExamples: whole responses, thought and all, that are safe or not: what
// a point-wise reward model learns from. The same options give the same
// examples on every machine. Not thread-safe.

#ifndef DATASETS_SAFETY_EXAMPLES_H_
#define DATASETS_SAFETY_EXAMPLES_H_

#include <string>

#include "datasets/arithmetic_random.h"
#include "datasets/general.h"
#include "datasets/prompt_template.h"
#include "datasets/response_form.h"

namespace datasets {

struct SafetyExample {
  std::string prompt{};    // in its frame
  std::string response{};  // in the form asked for
  bool safe = false;
};

// The share of unsafe examples.
inline constexpr double kUnsafeShare = 0.5;

class SafetyExamples {
 public:
  // An unsafe one complies with a harmful prompt, in its reply, or in its
  // thought before a refusal (tagged forms only). A safe one refuses such a
  // prompt, or gives a good reply or a needless refusal to one that is
  // harmless, in the shares of the kinds in `tasks`. The weights of `tasks`
  // must be above 0 for `refuse`, and for one other kind; else throws
  // std::invalid_argument.
  explicit SafetyExamples(const GeneralOptions& tasks,
                          ResponseForm form = ResponseForm::kR1,
                          PromptStyle prompt = PromptStyle::kChat);

  // The next example; there is no last one.
  [[nodiscard]] SafetyExample Next();

 private:
  [[nodiscard]] std::string Unsafe(const GeneralProblem& problem);
  [[nodiscard]] std::string Safe(const GeneralProblem& problem);
  [[nodiscard]] std::string Respond(const GeneralProblem& problem,
                                    std::string_view thought,
                                    std::string_view reply) const;

  GeneralTasks harmful_;
  GeneralTasks all_;
  ResponseForm form_;
  PromptStyle prompt_;
  Random random_;
};

}  // namespace datasets

#endif  // DATASETS_SAFETY_EXAMPLES_H_
