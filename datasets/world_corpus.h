// WorldCorpus: documents of arithmetic and puzzles to learn from. The same
// options give the same documents on every machine; with no weight on a puzzle
// they are those of ArithmeticCorpus. Not thread-safe.

#ifndef DATASETS_WORLD_CORPUS_H_
#define DATASETS_WORLD_CORPUS_H_

#include "datasets/corpus_options.h"
#include "datasets/document.h"
#include "datasets/document_writer.h"
#include "datasets/world.h"

namespace datasets {

class WorldCorpus {
 public:
  // Document n is about task n of WorldTasks(tasks). Throws
  // std::invalid_argument where an option is out of its range.
  WorldCorpus(const WorldOptions& tasks, const CorpusOptions& options)
      : tasks_(tasks), writer_(options, tasks.arithmetic.seed) {}

  // The next document; there is no last one.
  [[nodiscard]] Document Next() {
    return std::visit(
        [this](const auto& problem) { return writer_.Write(problem); },
        tasks_.NextProblem());
  }

 private:
  WorldTasks tasks_;
  DocumentWriter writer_;
};

}  // namespace datasets

#endif  // DATASETS_WORLD_CORPUS_H_
