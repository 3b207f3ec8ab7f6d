#include "datasets/world.h"

#include <stdexcept>
#include <utility>

#include "datasets/puzzle_text.h"
#include "datasets/weights.h"

namespace datasets {
namespace {

// Apart from the streams of arithmetic, one a Split.
constexpr std::uint64_t kWorldStream = 0x3017D;

Task MakePuzzleTask(const PuzzleProblem& problem, std::uint64_t number,
                    const ArithmeticOptions& options) {
  Task task;
  task.id = TaskId(options.split, options.seed, number);
  task.kind = KindName(KindOf(problem));
  task.language = LanguageTag(problem.language);
  task.question = Question(problem);
  task.gold = PuzzleGold(problem);
  task.template_name = options.template_name;
  const PuzzleCheck check = CheckOf(problem);
  AddCheck(task, check.checker, options.accuracy_weight, check.parameters);
  AddFormChecks(task, options.format_weight, options.language_weight);
  return task;
}

}  // namespace

WorldTasks::WorldTasks(const WorldOptions& options)
    : options_(options),
      random_(
          options.arithmetic.seed,
          kWorldStream + static_cast<std::uint64_t>(options.arithmetic.split)) {
  RequireNoneNegative("puzzle_weights", options_.puzzle_weights);
  const double puzzles = SumOf(options_.puzzle_weights);
  const double arithmetic = SumOf(options_.arithmetic.kind_weights);
  // With no weight at all, ArithmeticTasks throws.
  if (puzzles == 0.0 || arithmetic != 0.0) {
    arithmetic_.emplace(options_.arithmetic);
  }
  puzzle_share_ = puzzles / (puzzles + arithmetic);
}

WorldProblem WorldTasks::NextProblem() {
  ++number_;
  if (!random_.Chance(puzzle_share_)) return arithmetic_->NextProblem();
  const auto kind = static_cast<PuzzleKind>(
      PickWeighted(options_.puzzle_weights, random_.Uniform()));
  const Language language = random_.Chance(options_.arithmetic.chinese_fraction)
                                ? Language::kChinese
                                : Language::kEnglish;
  return DrawPuzzle(kind, language, options_.arithmetic.split, random_);
}

Task WorldTasks::Next() {
  const WorldProblem problem = NextProblem();
  return MakeTask(problem, number_ - 1);
}

Task WorldTasks::MakeTask(const WorldProblem& problem,
                          std::uint64_t number) const {
  if (const auto* puzzle = std::get_if<PuzzleProblem>(&problem)) {
    return MakePuzzleTask(*puzzle, number, options_.arithmetic);
  }
  return MakeArithmeticTask(std::get<ArithmeticProblem>(problem), number,
                            options_.arithmetic);
}

}  // namespace datasets
