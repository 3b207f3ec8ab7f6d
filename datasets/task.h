// Task: one question for a policy to answer, with the checks that judge the
// answer. A plain value.

#ifndef DATASETS_TASK_H_
#define DATASETS_TASK_H_

#include <boost/json/array.hpp>
#include <string>

namespace datasets {

struct Task {
  std::string id{};        // unique in its generator
  std::string kind{};      // e.g. "add2"; what results are reported by
  std::string language{};  // of the question: "en" or "zh"
  std::string question{};  // goes into a prompt template as it is
  std::string gold{};      // the exact answer

  // The item's `template`: where the reasoning of a response ends.
  std::string template_name = "r1";

  // The `checks` of an item of POST /v1/score, copied as they are.
  boost::json::array checks{};
};

}  // namespace datasets

#endif  // DATASETS_TASK_H_
