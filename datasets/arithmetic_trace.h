// ArithmeticTrace: the worked steps of a problem, digit by digit, as a person
// writes them: `ones 7+5=12 tens 4+8+1=13 so`, then the answer 132. Pure; any
// thread.
//
//   - A sum carries (`4+8+1`), a difference borrows (`15-7`, then `8-1-4`), a
//     product carries (`4*6+4`). The last step takes all that is left of the
//     first number: in 132-85 it is `tens 13-1-8=4`.
//   - The answer is the last step's result with the last digits of the others
//     behind it: what goes wrong in a step goes on from there.
//   - A chain is two of these: `... so 132 then ones ...`.

#ifndef DATASETS_ARITHMETIC_TRACE_H_
#define DATASETS_ARITHMETIC_TRACE_H_

#include <cstdint>
#include <string>

#include "datasets/arithmetic.h"
#include "datasets/arithmetic_random.h"

namespace datasets {

struct TraceNoise {
  // Probability that the result of a step is wrong, by 1 or 2.
  double step_wrong = 0.0;

  // Probability that a label is in the other language.
  double label_switched = 0.0;
};

struct Trace {
  std::string steps{};      // ends with the label "so"
  std::int64_t answer = 0;  // what the steps arrive at, >= 0
  bool wrong_step = false;  // the noise has changed a step that stands there
};

// Without noise `answer` is Answer(problem). Draws only from `random`.
[[nodiscard]] Trace WorkedTrace(const ArithmeticProblem& problem,
                                const TraceNoise& noise, Random& random);

// "so" in `language`, or with probability `switched` in the other one.
[[nodiscard]] std::string SoLabel(Language language, double switched,
                                  Random& random);

}  // namespace datasets

#endif  // DATASETS_ARITHMETIC_TRACE_H_
