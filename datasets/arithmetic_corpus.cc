#include "datasets/arithmetic_corpus.h"

namespace datasets {

ArithmeticOptions CurriculumTasks(ArithmeticOptions tasks) {
  tasks.kind_weights.fill(0.0);
  tasks.kind_weights[static_cast<std::size_t>(ArithmeticKind::kAdd2)] = 1.0;
  tasks.kind_weights[static_cast<std::size_t>(ArithmeticKind::kSub2)] = 1.0;
  return tasks;
}

ArithmeticCorpus::ArithmeticCorpus(const ArithmeticOptions& tasks,
                                   const CorpusOptions& options)
    : tasks_(tasks), writer_(options, tasks.seed) {}

Document ArithmeticCorpus::Next() {
  return writer_.Write(tasks_.NextProblem());
}

}  // namespace datasets
