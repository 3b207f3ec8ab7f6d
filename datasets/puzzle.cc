#include "datasets/puzzle.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "datasets/arithmetic.h"
#include "datasets/puzzle_text.h"

namespace datasets {
namespace {

constexpr std::array<std::string_view, kPuzzleKinds> kNames = {
    "count", "cipher", "choice", "program", "countdown"};

// Of the words of both kinds: a word that one shows is no news to the other.
constexpr std::uint64_t kWordHash = 0x3014D;
constexpr std::uint64_t kQuantityHash = 0xC401CE;
constexpr std::uint64_t kNumbersHash = 0xC0DE03;

// How likely each letter of a counted word is the one that is counted.
constexpr double kCountedShare = 0.4;

// Most zeros of a number in the small unit: it may be as much as the largest
// number of large units.
std::int64_t MostZeros(Measure measure) {
  const std::int64_t factor = UnitFactor(measure);
  return factor == 1000 ? 3 : factor == 100 ? 2 : 1;
}

char DrawLetter(Random& random) {
  return static_cast<char>('A' + random.Between(0, 25));
}

std::string DrawWord(std::int64_t least, std::int64_t most, Random& random) {
  std::string word(static_cast<std::size_t>(random.Between(least, most)), 'A');
  for (char& letter : word) letter = DrawLetter(random);
  return word;
}

CountPuzzle DrawCount(Random& random) {
  CountPuzzle puzzle{DrawWord(4, 6, random), DrawLetter(random)};
  for (char& letter : puzzle.word) {
    if (random.Chance(kCountedShare)) letter = puzzle.letter;
  }
  if (puzzle.word.find(puzzle.letter) == std::string::npos) {
    puzzle.word.back() = puzzle.letter;
  }
  return puzzle;
}

ChoicePuzzle DrawChoice(Random& random) {
  ChoicePuzzle puzzle;
  puzzle.measure = static_cast<Measure>(random.Between(0, kMeasures - 1));
  puzzle.largest = random.Chance(0.5);
  for (std::size_t i = 0; i < kChoices; ++i) {
    auto& option = puzzle.options[i];
    bool repeated = true;
    while (repeated) {
      option.number = random.Between(1, 9);
      option.large = random.Chance(0.5);
      std::int64_t zeros =
          option.large ? 0 : random.Between(0, MostZeros(puzzle.measure));
      for (; zeros > 0; --zeros) option.number *= 10;
      repeated = false;
      for (std::size_t j = 0; j < i; ++j) {
        repeated |= InSmallUnits(puzzle, i) == InSmallUnits(puzzle, j);
      }
    }
  }
  return puzzle;
}

ProgramPuzzle DrawProgram(Random& random) {
  ProgramPuzzle puzzle;
  puzzle.what = static_cast<Printed>(random.Between(0, kPrinted - 1));
  if (puzzle.what == Printed::kRange) {
    puzzle.a = random.Between(1, 95);
    puzzle.b = puzzle.a + random.Between(1, 4);
    return puzzle;
  }
  puzzle.a = random.Between(2, 99);
  do {
    puzzle.b = random.Between(2, 99);
  } while (puzzle.b == puzzle.a);
  return puzzle;
}

CountdownPuzzle DrawCountdown(Random& random) {
  CountdownPuzzle puzzle;
  auto& [first, second, third] = puzzle.numbers;
  first = random.Between(40, 99);
  second = random.Between(2, 19);
  do {
    third = random.Between(2, 19);
  } while (third == second);
  const auto pattern =
      static_cast<std::size_t>(random.Between(0, kSignPatterns - 1));
  puzzle.target = SignedSumOf(puzzle, pattern).value;
  return puzzle;
}

std::uint64_t HashOf(std::string_view word) {
  std::uint64_t hash = kWordHash;
  for (const char letter : word) {
    hash = AddToHash(hash, static_cast<unsigned char>(letter));
  }
  return hash;
}

bool HeldOut(const CountPuzzle& puzzle) {
  return IsHeldOutHash(HashOf(puzzle.word));
}

bool HeldOut(const CipherPuzzle& puzzle) {
  return IsHeldOutHash(HashOf(puzzle.word));
}

bool HeldOut(const ChoicePuzzle& puzzle) {
  std::array<std::int64_t, kChoices> amounts{};
  for (std::size_t i = 0; i < kChoices; ++i) {
    amounts[i] = InSmallUnits(puzzle, i);
  }
  std::sort(amounts.begin(), amounts.end());
  std::uint64_t hash = kQuantityHash;
  for (const std::int64_t amount : amounts) {
    hash = AddToHash(hash, static_cast<std::uint64_t>(amount));
  }
  return IsHeldOutHash(hash);
}

bool HeldOut(const ProgramPuzzle& puzzle) {
  return IsHeldOut(OperandPair{puzzle.a, puzzle.b});
}

bool HeldOut(const CountdownPuzzle& puzzle) {
  auto numbers = puzzle.numbers;
  std::sort(numbers.begin(), numbers.end());
  std::uint64_t hash = kNumbersHash;
  for (const std::int64_t number : numbers) {
    hash = AddToHash(hash, static_cast<std::uint64_t>(number));
  }
  return IsHeldOutHash(hash);
}

std::string Answer(const CountPuzzle& puzzle) {
  return std::to_string(
      std::count(puzzle.word.begin(), puzzle.word.end(), puzzle.letter));
}

std::string Answer(const CipherPuzzle& puzzle) {
  std::string moved = puzzle.word;
  for (char& letter : moved) letter = MovedLetter(letter, puzzle.shift);
  return moved;
}

std::string Answer(const ChoicePuzzle& puzzle) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < kChoices; ++i) {
    const bool larger = InSmallUnits(puzzle, i) > InSmallUnits(puzzle, best);
    if (larger == puzzle.largest) best = i;
  }
  return {static_cast<char>('A' + best)};
}

std::string Answer(const ProgramPuzzle& puzzle) {
  return Fenced(ProgramLine(puzzle));
}

std::string Answer(const CountdownPuzzle& puzzle) {
  for (std::size_t pattern = 0; pattern < kSignPatterns; ++pattern) {
    SignedSum sum = SignedSumOf(puzzle, pattern);
    if (sum.value == puzzle.target) return std::move(sum.text);
  }
  return {};
}

// Every sum that solves the puzzle: each order of the numbers, each pattern,
// with and without spaces around its signs.
boost::json::array Solutions(CountdownPuzzle puzzle) {
  boost::json::array golds;
  auto& numbers = puzzle.numbers;
  std::sort(numbers.begin(), numbers.end());
  do {
    for (std::size_t pattern = 0; pattern < kSignPatterns; ++pattern) {
      const SignedSum sum = SignedSumOf(puzzle, pattern);
      if (sum.value != puzzle.target) continue;
      std::string spaced;
      for (const char c : sum.text) {
        const bool sign = c == '+' || c == '-';
        spaced += sign ? std::string{' ', c, ' '} : std::string{c};
      }
      golds.emplace_back(sum.text);
      golds.emplace_back(std::move(spaced));
    }
  } while (std::next_permutation(numbers.begin(), numbers.end()));
  return golds;
}

PuzzleProblem Draw(PuzzleKind kind, Random& random) {
  switch (kind) {
    case PuzzleKind::kCount:
      return {.what = DrawCount(random)};
    case PuzzleKind::kCipher: {
      CipherPuzzle puzzle{DrawWord(3, 4, random)};
      puzzle.shift = static_cast<int>(random.Between(1, 3));
      return {.what = std::move(puzzle)};
    }
    case PuzzleKind::kChoice:
      return {.what = DrawChoice(random)};
    case PuzzleKind::kCountdown:
      return {.what = DrawCountdown(random)};
    case PuzzleKind::kProgram:
      break;
  }
  return {.what = DrawProgram(random)};
}

}  // namespace

std::string_view KindName(PuzzleKind kind) noexcept {
  return kNames[static_cast<std::size_t>(kind)];
}

PuzzleKind KindOf(const PuzzleProblem& problem) noexcept {
  return static_cast<PuzzleKind>(problem.what.index());
}

bool IsHeldOut(const PuzzleProblem& problem) {
  return std::visit([](const auto& puzzle) { return HeldOut(puzzle); },
                    problem.what);
}

PuzzleProblem DrawPuzzle(PuzzleKind kind, Language language, Split split,
                         Random& random) {
  // Ends: every kind has contents of both splits (puzzle_test).
  PuzzleProblem problem;
  do {
    problem = Draw(kind, random);
  } while (IsHeldOut(problem) != (split == Split::kHeldOut));
  problem.language = language;
  problem.phrasing =
      static_cast<std::size_t>(random.Between(0, kPhrasings - 1));
  return problem;
}

char MovedLetter(char letter, int shift) noexcept {
  return static_cast<char>('A' + (letter - 'A' + shift) % 26);
}

std::int64_t UnitFactor(Measure measure) noexcept {
  constexpr std::array<std::int64_t, kMeasures> kFactors = {1000, 100, 10, 1000,
                                                            1000};
  return kFactors[static_cast<std::size_t>(measure)];
}

std::int64_t InSmallUnits(const ChoicePuzzle& puzzle, std::size_t option) {
  const auto& [number, large] = puzzle.options[option];
  return large ? number * UnitFactor(puzzle.measure) : number;
}

SignedSum SignedSumOf(const CountdownPuzzle& puzzle, std::size_t pattern) {
  const auto& numbers = puzzle.numbers;
  SignedSum sum{std::to_string(numbers[0]), numbers[0]};
  const std::array<bool, 2> minus = {pattern / 2 == 1, pattern % 2 == 1};
  for (std::size_t i = 0; i < minus.size(); ++i) {
    sum.text += (minus[i] ? '-' : '+') + std::to_string(numbers[i + 1]);
    sum.value += minus[i] ? -numbers[i + 1] : numbers[i + 1];
  }
  return sum;
}

std::string PrintedText(const ProgramPuzzle& puzzle) {
  const auto line = [](std::int64_t n) { return std::to_string(n) + '\n'; };
  switch (puzzle.what) {
    case Printed::kSum:
      return line(puzzle.a + puzzle.b);
    case Printed::kDifference:
      return line(puzzle.a - puzzle.b);
    case Printed::kProduct:
      return line(puzzle.a * puzzle.b);
    case Printed::kLarger:
      return line(std::max(puzzle.a, puzzle.b));
    case Printed::kSmaller:
      return line(std::min(puzzle.a, puzzle.b));
    case Printed::kRange:
      break;
  }
  std::string lines;
  for (std::int64_t n = puzzle.a; n <= puzzle.b; ++n) lines += line(n);
  return lines;
}

std::string RightAnswer(const PuzzleProblem& problem) {
  return std::visit([](const auto& puzzle) { return Answer(puzzle); },
                    problem.what);
}

AnswerStyle StyleOf(const PuzzleProblem& problem) noexcept {
  return KindOf(problem) == PuzzleKind::kProgram ? AnswerStyle::kBare
                                                 : AnswerStyle::kBoxed;
}

std::string PuzzleGold(const PuzzleProblem& problem) {
  const auto* program = std::get_if<ProgramPuzzle>(&problem.what);
  return program != nullptr ? PrintedText(*program) : RightAnswer(problem);
}

PuzzleCheck CheckOf(const PuzzleProblem& problem) {
  const std::string gold = PuzzleGold(problem);
  switch (KindOf(problem)) {
    case PuzzleKind::kCount:
      return {"math", {{"gold", gold}}};
    case PuzzleKind::kCipher:
      return {"text", {{"gold", gold}}};
    case PuzzleKind::kChoice:
      return {
          "choice",
          {{"gold", gold}, {"options", static_cast<std::int64_t>(kChoices)}}};
    case PuzzleKind::kCountdown:
      return {"text",
              {{"gold", Solutions(std::get<CountdownPuzzle>(problem.what))}}};
    case PuzzleKind::kProgram:
      break;
  }
  return {"code",
          {{"language", "python"},
           {"tests", boost::json::array{boost::json::object{
                         {"stdin", ""}, {"stdout", gold}}}}}};
}

}  // namespace datasets
