// Task: one question for a policy to answer, with the checks that judge the
// answer. A plain value.

#ifndef DATASETS_TASK_H_
#define DATASETS_TASK_H_

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/split.h"

namespace datasets {

struct Task {
  std::string id{};        // unique in its generator
  std::string kind{};      // e.g. "add2"; what results are reported by
  std::string language{};  // of the question: "en" or "zh"
  std::string question{};  // goes into a prompt template as it is
  std::string gold{};      // the exact answer

  // The item's `template`: where the reasoning of a response ends.
  std::string template_name = "r1";

  // Where the answer of a model that only continues the question ends: before
  // the first of these. Empty: it says itself where it ends.
  std::vector<std::string> stops{};

  // The `checks` of an item of POST /v1/score, copied as they are.
  boost::json::array checks{};
};

// "<split>-<seed>-<number>".
[[nodiscard]] std::string TaskId(Split split, std::uint64_t seed,
                                 std::uint64_t number);

// Adds a check with these parameters, or nothing where its weight is 0.
void AddCheck(Task& task, std::string_view checker, double weight,
              const boost::json::object& parameters);

// Adds the checks `format` of the task's template and `language` of its
// language, each unless its weight is 0.
void AddFormChecks(Task& task, double format_weight, double language_weight);

}  // namespace datasets

#endif  // DATASETS_TASK_H_
