// PuzzleText: the words of puzzles, of their worked steps and of programs.
// Pure; any thread.

#ifndef DATASETS_PUZZLE_TEXT_H_
#define DATASETS_PUZZLE_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "datasets/puzzle.h"

namespace datasets {

// The puzzle as a question, without a full stop at its end.
[[nodiscard]] std::string Question(const PuzzleProblem& problem);

// The word a worked trace begins with, e.g. "shift" or "移位".
[[nodiscard]] std::string_view OpeningLabel(PuzzleKind kind, Language language);

// `print(12*3)`: one line without its end.
[[nodiscard]] std::string ProgramLine(const ProgramPuzzle& puzzle);

// A line of Python as an answer: in a fenced block.
[[nodiscard]] std::string Fenced(std::string_view line);

// Every constant piece of the above, once, in a fixed order; labels also with
// the spaces around them.
[[nodiscard]] std::vector<std::string> PuzzlePieces();

}  // namespace datasets

#endif  // DATASETS_PUZZLE_TEXT_H_
