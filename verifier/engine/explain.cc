#include "verifier/engine/explain.h"

#include <chrono>
#include <exception>
#include <utility>

#include "verifier/engine/judge_item.h"

namespace verifier::engine {
namespace {

Explanation ExplainCheck(const rewards::Registry& registry,
                         const protocol::CheckSpec& spec,
                         const protocol::Item& item) {
  const rewards::Checker* checker = registry.Find(spec.checker);
  if (checker == nullptr) return {};
  try {
    const auto check = checker->Prepare(spec.params);
    if (!check) return {};
    const rewards::Submission submission{item.prompt, item.response,
                                         item.template_name,
                                         &registry.templates()};
    return (*check)->Explain(
        submission, {std::chrono::steady_clock::now() + item.deadline});
  } catch (const std::exception& error) {
    return {{"failure", std::string("the checker failed: ") + error.what()}};
  }
}

}  // namespace

ExplainedItem ExplainItem(const rewards::Registry& registry,
                          const protocol::Item& item) {
  ExplainedItem explained;
  explained.result = JudgeItem(registry, item);
  for (std::size_t i = 0; i < explained.result.checks.size(); ++i) {
    explained.steps.push_back(ExplainCheck(registry, item.checks[i], item));
  }
  return explained;
}

}  // namespace verifier::engine
