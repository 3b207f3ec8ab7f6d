// ArithmeticCorpus: documents of arithmetic to learn from. The same options
// give the same documents on every machine. Not thread-safe.

#ifndef DATASETS_ARITHMETIC_CORPUS_H_
#define DATASETS_ARITHMETIC_CORPUS_H_

#include "datasets/arithmetic.h"
#include "datasets/corpus_options.h"
#include "datasets/document.h"
#include "datasets/document_writer.h"

namespace datasets {

// `tasks` with add2 and sub2 alone, evenly: what a curriculum begins with.
[[nodiscard]] ArithmeticOptions CurriculumTasks(ArithmeticOptions tasks);

class ArithmeticCorpus {
 public:
  // Document n is about task n of ArithmeticTasks(tasks). Throws
  // std::invalid_argument where an option is out of its range.
  ArithmeticCorpus(const ArithmeticOptions& tasks,
                   const CorpusOptions& options);

  // The next document; there is no last one.
  [[nodiscard]] Document Next();

 private:
  ArithmeticTasks tasks_;
  DocumentWriter writer_;
};

}  // namespace datasets

#endif  // DATASETS_ARITHMETIC_CORPUS_H_
