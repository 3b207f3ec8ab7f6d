// Puzzle: small problems beside arithmetic, each of which a checker can judge
// exactly: letters counted, a word shifted, quantities compared, a one-line
// program, a sum put together. Pure; any thread.
//
// Held out: a puzzle belongs to the held-out split where a fixed hash of what
// it is about (the word, the four quantities, the two or three numbers;
// never the language, the wording or what is asked of them) falls below
// kHeldOutShare.

#ifndef DATASETS_PUZZLE_H_
#define DATASETS_PUZZLE_H_

#include <array>
#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "datasets/arithmetic_random.h"
#include "datasets/language.h"
#include "datasets/response_form.h"
#include "datasets/split.h"

namespace datasets {

enum class PuzzleKind {
  kCount,      // how often a letter stands in a word of 4 to 6 letters
  kCipher,     // a word of 3 or 4 letters, each moved on by 1 to 3
  kChoice,     // the largest or smallest of four quantities, A to D
  kProgram,    // one line of Python that prints what it is told to
  kCountdown,  // three numbers joined by + and - to reach a fourth
};
inline constexpr std::size_t kPuzzleKinds = 5;

// Each kind's name in Task::kind, e.g. "count".
[[nodiscard]] std::string_view KindName(PuzzleKind kind) noexcept;

// Words are of capital letters, so that no token is hidden in them.
struct CountPuzzle {
  std::string word{};
  char letter = 'A';  // stands in `word` at least once
};

struct CipherPuzzle {
  std::string word{};
  int shift = 1;  // 1 to 3; A follows Z
};

// A quantity's two units, e.g. "km" and "m". The large one is a power of ten
// times the small one.
enum class Measure { kKilometres, kMetres, kCentimetres, kKilograms, kLitres };
inline constexpr std::size_t kMeasures = 5;

inline constexpr std::size_t kChoices = 4;

struct ChoicePuzzle {
  struct Option {
    std::int64_t number = 1;  // one digit, in small units with zeros behind it
    bool large = false;       // in the large unit, else in the small one
  };
  Measure measure = Measure::kKilometres;
  bool largest = true;                     // which one is asked for
  std::array<Option, kChoices> options{};  // no two are equal
};

enum class Printed { kSum, kDifference, kProduct, kLarger, kSmaller, kRange };
inline constexpr std::size_t kPrinted = 6;

struct ProgramPuzzle {
  Printed what = Printed::kSum;
  std::int64_t a = 1;  // kRange: the first number printed, else 2 to 99
  std::int64_t b = 1;  // kRange: the last one, above `a`; else 2 to 99, not `a`
};

// How the second and third of three numbers join the first, in the order in
// which a solver tries them.
inline constexpr std::size_t kSignPatterns = 4;

struct CountdownPuzzle {
  // The first is 40 to 99, the others 2 to 19; no two are equal. Their order is
  // the question's.
  std::array<std::int64_t, 3> numbers{40, 2, 3};
  std::int64_t target = 45;  // positive; some sign pattern reaches it
};

// A puzzle before it is put in words.
struct PuzzleProblem {
  Language language = Language::kEnglish;
  std::size_t phrasing = 0;  // below kPhrasings
  std::variant<CountPuzzle, CipherPuzzle, ChoicePuzzle, ProgramPuzzle,
               CountdownPuzzle>
      what{};
};

[[nodiscard]] PuzzleKind KindOf(const PuzzleProblem& problem) noexcept;

[[nodiscard]] bool IsHeldOut(const PuzzleProblem& problem);

// A puzzle of `kind` that belongs to `split`. Draws only from `random`.
[[nodiscard]] PuzzleProblem DrawPuzzle(PuzzleKind kind, Language language,
                                       Split split, Random& random);

// `letter`, a capital, moved on by `shift` >= 0; A follows Z.
[[nodiscard]] char MovedLetter(char letter, int shift) noexcept;

// How many small units one large unit of `measure` is.
[[nodiscard]] std::int64_t UnitFactor(Measure measure) noexcept;

// An option in small units.
[[nodiscard]] std::int64_t InSmallUnits(const ChoicePuzzle& puzzle,
                                        std::size_t option);

// The numbers joined by sign pattern `pattern`: "52+17-4", and its value.
struct SignedSum {
  std::string text{};
  std::int64_t value = 0;
};
[[nodiscard]] SignedSum SignedSumOf(const CountdownPuzzle& puzzle,
                                    std::size_t pattern);

// The text that the program must print, with a line end behind each line.
[[nodiscard]] std::string PrintedText(const ProgramPuzzle& puzzle);

// The right answer as a response gives it: "3", "DBU", "B", a program in its
// fence, "52+17-4".
[[nodiscard]] std::string RightAnswer(const PuzzleProblem& problem);

// kBare for a program, else kBoxed.
[[nodiscard]] AnswerStyle StyleOf(const PuzzleProblem& problem) noexcept;

// What a checker holds an answer against: the right answer, or what the program
// prints. A countdown's check knows every other order of its numbers, too.
[[nodiscard]] std::string PuzzleGold(const PuzzleProblem& problem);

// The checker that judges the puzzle, and its parameters but for the weight.
struct PuzzleCheck {
  std::string_view checker{};
  boost::json::object parameters{};
};
[[nodiscard]] PuzzleCheck CheckOf(const PuzzleProblem& problem);

}  // namespace datasets

#endif  // DATASETS_PUZZLE_H_
