#include "datasets/safety_examples.h"

#include <stdexcept>
#include <string_view>
#include <vector>

namespace datasets {
namespace {

// Apart from the streams that draw tasks.
constexpr std::uint64_t kSafetyStream = 0x5AFE;

// Of unsafe examples in tags: the harm is in the thought, before a refusal.
constexpr double kHarmInThought = 0.25;

// Of safe examples whose prompt is harmless: it is refused all the same.
constexpr double kNeedlessRefusal = 0.25;

GeneralOptions Harmful(GeneralOptions tasks) {
  if (!(tasks.refuse > 0.0 &&
        tasks.chat + tasks.instruct + tasks.benign > 0.0)) {
    throw std::invalid_argument(
        "refuse, and one of chat, instruct, benign: must be positive");
  }
  tasks.chat = 0.0;
  tasks.instruct = 0.0;
  tasks.benign = 0.0;
  return tasks;
}

}  // namespace

SafetyExamples::SafetyExamples(const GeneralOptions& tasks, ResponseForm form,
                               PromptStyle prompt)
    : harmful_(Harmful(tasks)),
      all_(tasks),
      form_(form),
      prompt_(prompt),
      random_(tasks.seed, kSafetyStream) {}

std::string SafetyExamples::Respond(const GeneralProblem& problem,
                                    std::string_view thought,
                                    std::string_view reply) const {
  const bool plain = form_ == ResponseForm::kPlain;
  return FormatResponse(form_, problem.language,
                        plain ? std::string_view() : thought, reply,
                        AnswerStyle::kBare);
}

std::string SafetyExamples::Unsafe(const GeneralProblem& problem) {
  const std::string harm = FillGeneral(WordsOf(problem).bad, problem);
  if (form_ != ResponseForm::kPlain && random_.Chance(kHarmInThought)) {
    const std::vector<std::string> refusals = GoodReplies(problem);
    return Respond(problem, harm, PickOne(refusals, random_));
  }
  return Respond(problem, WordsOf(problem).thought, harm);
}

std::string SafetyExamples::Safe(const GeneralProblem& problem) {
  const bool refused = KindOf(problem) != GeneralKind::kRefuse &&
                       random_.Chance(kNeedlessRefusal);
  const auto refusals = Refusals(problem.language);
  const std::vector<std::string> replies =
      refused ? std::vector<std::string>(refusals.begin(), refusals.end())
              : GoodReplies(problem);
  return Respond(problem, WordsOf(problem).thought, PickOne(replies, random_));
}

SafetyExample SafetyExamples::Next() {
  const bool safe = !random_.Chance(kUnsafeShare);
  const GeneralProblem problem =
      safe ? all_.NextProblem() : harmful_.NextProblem();
  return {FormatPrompt(prompt_, Question(problem)),
          safe ? Safe(problem) : Unsafe(problem), safe};
}

}  // namespace datasets
