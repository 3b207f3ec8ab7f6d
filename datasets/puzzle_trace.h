// PuzzleTrace: the worked steps of a puzzle, and answers that are wrong. Pure;
// any thread.
//
//   count    count B0 A1 N1 A2 so            -> 2   (A in BANA: so far)
//   cipher   shift C+1=D A+1=B T+1=U so      -> DBU
//   choice   compare A3000 B300 C20 D50 so   -> A   (all in the small unit)
//   program  code `print(12*3)` so           -> the program, in its fence
//   countdown  try 52+17+4=73 52+17-4=65 so  -> 52+17-4
//
// What goes wrong in a step goes on from there, into the answer.

#ifndef DATASETS_PUZZLE_TRACE_H_
#define DATASETS_PUZZLE_TRACE_H_

#include <string>

#include "datasets/arithmetic_random.h"
#include "datasets/arithmetic_trace.h"
#include "datasets/puzzle.h"

namespace datasets {

struct PuzzleTrace {
  std::string steps{};      // begins with OpeningLabel, ends with "so"
  std::string answer{};     // what the steps arrive at
  bool wrong_step = false;  // the noise has changed a step that stands there
};

// Without noise `answer` is RightAnswer(problem). Draws only from `random`.
[[nodiscard]] PuzzleTrace WorkedTrace(const PuzzleProblem& problem,
                                      const TraceNoise& noise, Random& random);

// An answer that looks right and is not: never earns the puzzle's check.
[[nodiscard]] std::string WrongAnswer(const PuzzleProblem& problem,
                                      Random& random);

}  // namespace datasets

#endif  // DATASETS_PUZZLE_TRACE_H_
