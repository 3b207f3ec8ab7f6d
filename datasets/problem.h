// Problem: one task with its known answer, whatever data set it came from. A
// plain value.

#ifndef DATASETS_PROBLEM_H_
#define DATASETS_PROBLEM_H_

#include <string>

namespace datasets {

struct Problem {
  // Unique in its file: the published id, or the line number from 1.
  std::string id{};

  std::string source{};    // "gsm8k" or "math"
  std::string question{};  // as published
  std::string gold{};      // the final answer, as published; empty: none known
  std::string solution{};  // worked solution, or empty
  std::string subject{};   // e.g. "Algebra", or empty
  std::string level{};     // e.g. "5", or empty
};

}  // namespace datasets

#endif  // DATASETS_PROBLEM_H_
