#include "datasets/puzzle_trace.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <variant>

#include "datasets/puzzle_text.h"

namespace datasets {
namespace {

// Writes the steps of one puzzle.
class Writer {
 public:
  Writer(Language language, const TraceNoise& noise, Random& random)
      : language_(language), noise_(noise), random_(random) {}

  // Each writes its steps and returns the answer they arrive at.
  std::string Solve(const CountPuzzle& puzzle);
  std::string Solve(const CipherPuzzle& puzzle);
  std::string Solve(const ChoicePuzzle& puzzle);
  std::string Solve(const ProgramPuzzle& puzzle);
  std::string Solve(const CountdownPuzzle& puzzle);

  [[nodiscard]] PuzzleTrace Write(const PuzzleProblem& problem) {
    const bool switched = random_.Chance(noise_.label_switched);
    trace_.steps = OpeningLabel(
        KindOf(problem), switched ? OtherLanguage(language_) : language_);
    trace_.answer = std::visit(
        [this](const auto& puzzle) { return Solve(puzzle); }, problem.what);
    Append(SoLabel(language_, noise_.label_switched, random_));
    return std::move(trace_);
  }

 private:
  void Append(std::string_view text) {
    trace_.steps += ' ';
    trace_.steps += text;
  }

  // True where the step that comes next is to go wrong.
  bool GoesWrong() {
    const bool wrong = random_.Chance(noise_.step_wrong);
    trace_.wrong_step |= wrong;
    return wrong;
  }

  Language language_;
  TraceNoise noise_;
  Random& random_;
  PuzzleTrace trace_;
};

// The letter before or after `letter`, around the end.
char Neighbour(char letter, Random& random) {
  return MovedLetter(letter, random.Chance(0.5) ? 1 : 25);
}

// A program of the same numbers or nearly so that prints something else.
ProgramPuzzle OtherProgram(const ProgramPuzzle& right, Random& random) {
  ProgramPuzzle other = right;
  do {
    other = right;
    if (right.what == Printed::kRange || random.Chance(0.5)) {
      (random.Chance(0.5) ? other.a : other.b) += 1;
    } else {
      other.what = static_cast<Printed>(random.Between(0, kPrinted - 2));
    }
  } while (PrintedText(other) == PrintedText(right));
  return other;
}

std::string Writer::Solve(const CountPuzzle& puzzle) {
  std::int64_t count = 0;
  for (const char letter : puzzle.word) {
    if (letter == puzzle.letter) ++count;
    if (GoesWrong()) count += count > 0 && random_.Chance(0.5) ? -1 : 1;
    Append(letter + std::to_string(count));
  }
  return std::to_string(count);
}

std::string Writer::Solve(const CipherPuzzle& puzzle) {
  std::string moved = puzzle.word;
  for (char& letter : moved) {
    const char from = letter;
    letter = MovedLetter(from, puzzle.shift);
    if (GoesWrong()) letter = Neighbour(letter, random_);
    Append(from + ('+' + std::to_string(puzzle.shift)) + '=' + letter);
  }
  return moved;
}

std::string Writer::Solve(const ChoicePuzzle& puzzle) {
  std::array<std::int64_t, kChoices> amounts{};
  for (std::size_t i = 0; i < kChoices; ++i) {
    amounts[i] = InSmallUnits(puzzle, i);
    // As people go wrong: a zero too many, or one forgotten.
    if (GoesWrong()) {
      const bool fewer = amounts[i] % 10 == 0 && random_.Chance(0.5);
      amounts[i] = fewer ? amounts[i] / 10 : amounts[i] * 10;
    }
    Append(static_cast<char>('A' + i) + std::to_string(amounts[i]));
  }
  const auto best = puzzle.largest
                        ? std::max_element(amounts.begin(), amounts.end())
                        : std::min_element(amounts.begin(), amounts.end());
  return {static_cast<char>('A' + (best - amounts.begin()))};
}

std::string Writer::Solve(const ProgramPuzzle& puzzle) {
  const std::string line =
      ProgramLine(GoesWrong() ? OtherProgram(puzzle, random_) : puzzle);
  Append('`' + line + '`');
  return Fenced(line);
}

std::string Writer::Solve(const CountdownPuzzle& puzzle) {
  std::string last;
  for (std::size_t pattern = 0; pattern < kSignPatterns; ++pattern) {
    SignedSum sum = SignedSumOf(puzzle, pattern);
    if (GoesWrong()) sum.value += random_.Chance(0.5) ? 1 : -1;
    Append(sum.text + '=' + std::to_string(sum.value));
    last = std::move(sum.text);
    if (sum.value == puzzle.target) break;
  }
  return last;
}

std::string Wrong(const CountPuzzle& puzzle, Random& random) {
  const std::int64_t count =
      std::count(puzzle.word.begin(), puzzle.word.end(), puzzle.letter);
  return std::to_string(random.Chance(0.5) ? count - 1 : count + 1);
}

std::string Wrong(const CipherPuzzle& puzzle, Random& random) {
  std::string word = RightAnswer({.what = puzzle});
  char& letter =
      word[static_cast<std::size_t>(random.Between(0, std::ssize(word) - 1))];
  letter = Neighbour(letter, random);
  return word;
}

std::string Wrong(const ChoicePuzzle& puzzle, Random& random) {
  const std::int64_t right = RightAnswer({.what = puzzle})[0] - 'A';
  const std::int64_t off = random.Between(1, kChoices - 1);
  return {static_cast<char>('A' + (right + off) %
                                      static_cast<std::int64_t>(kChoices))};
}

std::string Wrong(const ProgramPuzzle& puzzle, Random& random) {
  return Fenced(ProgramLine(OtherProgram(puzzle, random)));
}

std::string Wrong(const CountdownPuzzle& puzzle, Random& random) {
  SignedSum sum;
  do {
    sum = SignedSumOf(
        puzzle, static_cast<std::size_t>(random.Between(0, kSignPatterns - 1)));
  } while (sum.value == puzzle.target);
  return std::move(sum.text);
}

}  // namespace

PuzzleTrace WorkedTrace(const PuzzleProblem& problem, const TraceNoise& noise,
                        Random& random) {
  return Writer(problem.language, noise, random).Write(problem);
}

std::string WrongAnswer(const PuzzleProblem& problem, Random& random) {
  return std::visit(
      [&random](const auto& puzzle) { return Wrong(puzzle, random); },
      problem.what);
}

}  // namespace datasets
