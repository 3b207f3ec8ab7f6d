// Documents held against the checks of their tasks by the real checkers.

#ifndef TESTS_DATASETS_SCORED_H_
#define TESTS_DATASETS_SCORED_H_

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <utility>
#include <vector>

#include "datasets/document.h"
#include "datasets/task.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/engine.h"
#include "verifier/protocol/score_request.h"

namespace datasets {

struct Scored {
  Task task{};
  Document document{};
  verifier::protocol::ScoreResult result{};
};

// The next `count` of each, which go together.
template <typename Tasks, typename Corpus>
std::vector<Scored> Score(Tasks tasks, Corpus corpus, std::size_t count) {
  std::vector<Scored> scored;
  std::vector<verifier::protocol::Item> items;
  while (scored.size() < count) {
    Scored one{tasks.Next(), corpus.Next()};
    items.push_back(verifier::protocol::ParseItem(
        boost::json::object{{"id", one.task.id},
                            {"prompt", one.document.prompt},
                            {"response", one.document.completion},
                            {"template", one.task.template_name},
                            {"checks", one.task.checks}}));
    scored.push_back(std::move(one));
  }
  verifier::engine::Engine engine(verifier::engine::MakeBuiltIn().registry,
                                  {.workers = 2, .slots = 2});
  auto results = ScoreAll(engine, std::move(items));
  for (std::size_t i = 0; i < count; ++i) {
    scored[i].result = std::move(results[i]);
  }
  return scored;
}

}  // namespace datasets

#endif  // TESTS_DATASETS_SCORED_H_
