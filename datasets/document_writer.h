// DocumentWriter: problems as documents, worked or guessed, with the noise that
// was asked for. Equal options and problems in the same order give the same
// documents on every machine. Not thread-safe.

#ifndef DATASETS_DOCUMENT_WRITER_H_
#define DATASETS_DOCUMENT_WRITER_H_

#include <cstdint>
#include <string>

#include "datasets/arithmetic.h"
#include "datasets/arithmetic_random.h"
#include "datasets/corpus_options.h"
#include "datasets/document.h"
#include "datasets/puzzle.h"

namespace datasets {

class DocumentWriter {
 public:
  // Throws std::invalid_argument where an option is out of its range.
  DocumentWriter(const CorpusOptions& options, std::uint64_t seed);

  [[nodiscard]] Document Write(const ArithmeticProblem& problem);
  [[nodiscard]] Document Write(const PuzzleProblem& problem);

 private:
  struct Solution {
    std::string thought{};  // may be empty
    std::string answer{};
  };
  template <typename Problem>
  [[nodiscard]] Document WriteAny(const Problem& problem);
  template <typename Problem>
  [[nodiscard]] Solution Guess(const Problem& problem, double switched,
                               bool tagged);

  CorpusOptions options_;
  Random random_;
};

}  // namespace datasets

#endif  // DATASETS_DOCUMENT_WRITER_H_
