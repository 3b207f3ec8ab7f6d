#include "verifier/engine/explain.h"

#include <chrono>
#include <exception>
#include <string>
#include <utility>

#include "verifier/engine/judge_item.h"
#include "verifier/engine/prepare_item.h"

namespace verifier::engine {
namespace {

Explanation ExplainCheck(const rewards::Check& check,
                         const rewards::Submission& submission,
                         std::chrono::milliseconds deadline) {
  try {
    return check.Explain(submission,
                         {std::chrono::steady_clock::now() + deadline});
  } catch (const std::exception& error) {
    return {{"failure", std::string("the checker failed: ") + error.what()}};
  }
}

}  // namespace

ExplainedItem ExplainItem(const rewards::Registry& registry,
                          const protocol::Item& item) {
  ExplainedItem explained;
  explained.result = JudgeItem(registry, item);
  if (explained.result.checks.empty()) return explained;
  const auto prepared = PrepareItem(registry, item);
  if (!prepared) return explained;
  const rewards::Submission submission{item.prompt, item.response,
                                       prepared->template_name,
                                       &registry.templates()};
  for (const PreparedCheck& one : prepared->checks) {
    explained.steps.push_back(
        ExplainCheck(*one.check, submission, item.deadline));
  }
  return explained;
}

}  // namespace verifier::engine
