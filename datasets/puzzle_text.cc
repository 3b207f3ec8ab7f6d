#include "datasets/puzzle_text.h"

#include <array>
#include <cstddef>

#include "datasets/arithmetic.h"
#include "datasets/phrase.h"
#include "datasets/token_list.h"

namespace datasets {
namespace {

using Phrasings = std::array<std::string_view, kPhrasings>;

constexpr std::size_t kLanguages = 2;

// {w} the word, {l} the letter, {n} the shift, {q} what is asked for, {o} the
// options, {e} what is printed, {t} the target, {a} {b} {c} the numbers.
constexpr Phrasings kQuestions[kPuzzleKinds][kLanguages] = {
    {{"Count the {l} in {w}", "How many {l} are in {w}?",
      "How often is {l} in {w}?"},
     {"数出{w}里的{l}", "{w}里有几个{l}？", "{l}在{w}里出现几次？"}},
    {{"Shift {w} by {n}", "Move each letter of {w} on by {n}",
      "Encode {w} with shift {n}"},
     {"把{w}移{n}位", "{w}的每个字母后移{n}位", "用移位{n}加密{w}"}},
    {{"Which is the {q}?{o}", "Choose the {q}:{o}", "Find the {q} of{o}"},
     {"哪个{q}？{o}", "选出{q}的：{o}", "找{q}的：{o}"}},
    {{"Write Python that prints {e}", "Print {e} in Python",
      "Give Python code for printing {e}"},
     {"用Python打印{e}", "写一行Python输出{e}", "给出打印{e}的Python代码"}},
    {{"Make {t} from {a} {b} {c} with + and -",
      "Use {a} {b} {c} with + and - for {t}",
      "With + and - make {t} from {a} {b} {c}"},
     {"用加减把{a} {b} {c}变成{t}", "{a} {b} {c}怎样加减得{t}？",
      "{a} {b} {c}加减得{t}"}},
};

// {q} of each measure: largest, smallest.
struct Extremes {
  std::string_view largest;
  std::string_view smallest;
};
constexpr Extremes kExtremes[kMeasures][kLanguages] = {
    {{"longest", "shortest"}, {"最长", "最短"}},
    {{"longest", "shortest"}, {"最长", "最短"}},
    {{"longest", "shortest"}, {"最长", "最短"}},
    {{"heaviest", "lightest"}, {"最重", "最轻"}},
    {{"largest", "smallest"}, {"最多", "最少"}},
};

struct Units {
  std::string_view large;
  std::string_view small;
};
constexpr Units kUnits[kMeasures] = {
    {" km", " m"}, {" m", " cm"}, {" cm", " mm"}, {" kg", " g"}, {" L", " mL"}};

constexpr std::string_view kExpressions[kPrinted][kLanguages] = {
    {"{a}+{b}", "{a}+{b}"},
    {"{a}-{b}", "{a}-{b}"},
    {"{a}*{b}", "{a}*{b}"},
    {"the larger of {a} and {b}", "{a}和{b}中较大的数"},
    {"the smaller of {a} and {b}", "{a}和{b}中较小的数"},
    {"the numbers from {a} to {b}", "从{a}到{b}的数"},
};

// {z}: the number after b.
constexpr std::string_view kPrograms[kPrinted] = {
    "print({a}+{b})",      "print({a}-{b})",
    "print({a}*{b})",      "print(max({a},{b}))",
    "print(min({a},{b}))", "for i in range({a},{z}):print(i)",
};

constexpr std::string_view kFence = "```python\n{p}\n```";

constexpr std::string_view kOpenings[kPuzzleKinds][kLanguages] = {
    {"count", "计数"},
    {"shift", "移位"},
    {"compare", "比较"},
    {"code", "代码"},
    {"try", "试"}};

std::string_view PhraseOf(const PuzzleProblem& problem) {
  return kQuestions[problem.what.index()][static_cast<std::size_t>(
      problem.language)][problem.phrasing];
}

std::string Numbers(std::string_view phrase, const ProgramPuzzle& puzzle) {
  return FillPhrase(phrase, [&](char slot) {
    return std::to_string(slot == 'a'   ? puzzle.a
                          : slot == 'b' ? puzzle.b
                                        : puzzle.b + 1);
  });
}

std::string Options(const ChoicePuzzle& puzzle) {
  const Units& units = kUnits[static_cast<std::size_t>(puzzle.measure)];
  std::string text;
  for (std::size_t i = 0; i < kChoices; ++i) {
    const auto& [number, large] = puzzle.options[i];
    text += ' ';
    text += static_cast<char>('A' + i);
    text += ' ';
    text += std::to_string(number);
    text += large ? units.large : units.small;
  }
  return text;
}

std::string Slot(const CountPuzzle& puzzle, char slot, std::size_t) {
  return slot == 'w' ? puzzle.word : std::string{puzzle.letter};
}

std::string Slot(const CipherPuzzle& puzzle, char slot, std::size_t) {
  return slot == 'w' ? puzzle.word : std::to_string(puzzle.shift);
}

std::string Slot(const ChoicePuzzle& puzzle, char slot, std::size_t language) {
  if (slot == 'o') return Options(puzzle);
  const Extremes& extremes =
      kExtremes[static_cast<std::size_t>(puzzle.measure)][language];
  return std::string(puzzle.largest ? extremes.largest : extremes.smallest);
}

std::string Slot(const ProgramPuzzle& puzzle, char, std::size_t language) {
  return Numbers(kExpressions[static_cast<std::size_t>(puzzle.what)][language],
                 puzzle);
}

std::string Slot(const CountdownPuzzle& puzzle, char slot, std::size_t) {
  return std::to_string(
      slot == 't' ? puzzle.target
                  : puzzle.numbers[static_cast<std::size_t>(slot - 'a')]);
}

}  // namespace

std::string Question(const PuzzleProblem& problem) {
  const auto language = static_cast<std::size_t>(problem.language);
  return FillPhrase(PhraseOf(problem), [&](char slot) {
    return std::visit(
        [&](const auto& puzzle) { return Slot(puzzle, slot, language); },
        problem.what);
  });
}

std::string_view OpeningLabel(PuzzleKind kind, Language language) {
  return kOpenings[static_cast<std::size_t>(kind)]
                  [static_cast<std::size_t>(language)];
}

std::string ProgramLine(const ProgramPuzzle& puzzle) {
  return Numbers(kPrograms[static_cast<std::size_t>(puzzle.what)], puzzle);
}

std::string Fenced(std::string_view line) {
  return FillPhrase(kFence, [line](char) { return line; });
}

std::vector<std::string> PuzzlePieces() {
  TokenList pieces;
  for (std::size_t language = 0; language < kLanguages; ++language) {
    for (const auto& questions : kQuestions) {
      for (const std::string_view phrase : questions[language]) {
        pieces.AddPieces(phrase);
      }
    }
    for (const auto& extremes : kExtremes) {
      pieces.Add(extremes[language].largest);
      pieces.Add(extremes[language].smallest);
    }
    for (const auto& expressions : kExpressions) {
      pieces.AddPieces(expressions[language]);
    }
    for (const auto& openings : kOpenings) {
      pieces.Add(openings[language]);
      pieces.Add(std::string(openings[language]) + ' ');
    }
  }
  for (const Units& units : kUnits) {
    pieces.Add(units.large);
    pieces.Add(units.small);
  }
  for (const std::string_view program : kPrograms) pieces.AddPieces(program);
  pieces.AddPieces(kFence);
  return pieces.Finish();
}

}  // namespace datasets
