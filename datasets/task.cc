#include "datasets/task.h"

#include <utility>

namespace datasets {

std::string TaskId(Split split, std::uint64_t seed, std::uint64_t number) {
  return std::string(SplitName(split)) + '-' + std::to_string(seed) + '-' +
         std::to_string(number);
}

void AddCheck(Task& task, std::string_view checker, double weight,
              const boost::json::object& parameters) {
  if (weight == 0.0) return;
  boost::json::object check = {{"checker", checker}, {"weight", weight}};
  for (const auto& [name, value] : parameters) check[name] = value;
  task.checks.emplace_back(std::move(check));
}

void AddFormChecks(Task& task, double format_weight, double language_weight) {
  AddCheck(task, "format", format_weight, {{"template", task.template_name}});
  AddCheck(task, "language", language_weight, {{"target", task.language}});
}

}  // namespace datasets
