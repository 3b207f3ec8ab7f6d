#include "datasets/document_writer.h"

#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

#include "datasets/arithmetic_text.h"
#include "datasets/arithmetic_trace.h"
#include "datasets/puzzle_text.h"
#include "datasets/puzzle_trace.h"

namespace datasets {
namespace {

// Apart from the streams that draw the tasks (one a Split).
constexpr std::uint64_t kStyleStream = 0x57E1E;

std::string RightAnswer(const ArithmeticProblem& problem) {
  return std::to_string(Answer(problem));
}

std::string WrongAnswer(const ArithmeticProblem& problem, Random& random) {
  constexpr std::array<std::int64_t, 5> kOff = {1, 2, 3, 10, 20};
  const std::int64_t right = Answer(problem);
  const std::int64_t off =
      kOff[static_cast<std::size_t>(random.Between(0, std::ssize(kOff) - 1))];
  return std::to_string(random.Chance(0.5) && right >= off ? right - off
                                                           : right + off);
}

std::string AnswerText(const Trace& trace) {
  return std::to_string(trace.answer);
}

std::string AnswerText(const PuzzleTrace& trace) { return trace.answer; }

AnswerStyle StyleOf(const ArithmeticProblem&) { return AnswerStyle::kBoxed; }

}  // namespace

DocumentWriter::DocumentWriter(const CorpusOptions& options, std::uint64_t seed)
    : options_(options), random_(seed, kStyleStream) {
  RequireValid(options_);
}

template <typename Problem>
DocumentWriter::Solution DocumentWriter::Guess(const Problem& problem,
                                               double switched, bool tagged) {
  Solution solution;
  const bool word = random_.Chance(options_.guess_word);
  const bool wrong = random_.Chance(options_.guess_wrong);
  if (word || tagged) {
    solution.thought = SoLabel(problem.language, switched, random_);
  }
  solution.answer =
      wrong ? WrongAnswer(problem, random_) : RightAnswer(problem);
  return solution;
}

template <typename Problem>
Document DocumentWriter::WriteAny(const Problem& problem) {
  const bool tagged = random_.Chance(options_.tagged_fraction);
  const bool guess = random_.Chance(options_.guess_fraction);
  const double switched = random_.Chance(options_.switched_fraction)
                              ? options_.label_switched
                              : 0.0;
  Solution solution;
  if (guess) {
    solution = Guess(problem, switched, tagged);
  } else {
    auto trace = WorkedTrace(problem, {options_.step_wrong, switched}, random_);
    solution = {std::move(trace.steps), AnswerText(trace)};
  }
  const AnswerStyle style =
      options_.boxed ? StyleOf(problem) : AnswerStyle::kBare;
  return {
      FormatPrompt(tagged ? options_.tagged_prompt : options_.untagged_prompt,
                   Question(problem)),
      FormatResponse(tagged ? options_.tagged_form : ResponseForm::kPlain,
                     problem.language, solution.thought, solution.answer,
                     style)};
}

Document DocumentWriter::Write(const ArithmeticProblem& problem) {
  return WriteAny(problem);
}

Document DocumentWriter::Write(const PuzzleProblem& problem) {
  return WriteAny(problem);
}

}  // namespace datasets
