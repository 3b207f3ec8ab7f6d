#include "datasets/general_corpus.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace datasets {
namespace {

// Apart from the streams that draw tasks.
constexpr std::uint64_t kReplyStream = 0x4E917;

}  // namespace

GeneralCorpusOptions GeneralPretrainOptions() {
  return {.bad_fraction = 0.5, .form = ResponseForm::kPlain};
}

GeneralCorpus::GeneralCorpus(const GeneralOptions& tasks,
                             const GeneralCorpusOptions& options)
    : tasks_(tasks), options_(options), random_(tasks.seed, kReplyStream) {
  if (options_.bad_fraction >= 0.0 && options_.bad_fraction <= 1.0) return;
  throw std::invalid_argument("bad_fraction: must be from 0 to 1, is " +
                              std::to_string(options_.bad_fraction));
}

Document GeneralCorpus::Next() {
  const GeneralProblem problem = tasks_.NextProblem();
  const std::vector<std::string> replies = random_.Chance(options_.bad_fraction)
                                               ? BadReplies(problem, random_)
                                               : GoodReplies(problem);
  const std::string& reply = PickOne(replies, random_);
  const std::string_view thought = options_.form == ResponseForm::kPlain
                                       ? std::string_view()
                                       : WordsOf(problem).thought;
  return {FormatPrompt(options_.prompt, Question(problem)),
          FormatResponse(options_.form, problem.language, thought, reply,
                         AnswerStyle::kBare)};
}

}  // namespace datasets
