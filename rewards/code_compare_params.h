// Reads the "compare" of a `code` check: {"mode": tokens | exact | lines |
// float | unordered, "rel", "abs"}; the last two with "float" alone, 0 to 1. No
// state; any thread.

#ifndef REWARDS_CODE_COMPARE_PARAMS_H_
#define REWARDS_CODE_COMPARE_PARAMS_H_

#include <boost/json/object.hpp>
#include <optional>

#include "rewards/code/compare.h"
#include "rewards/code/judge_program.h"
#include "rewards/params.h"

namespace rewards {

struct CodeComparison {
  code::CompareRule rule{};
  std::optional<code::JudgeProgram> checker{};  // judges instead of `rule`
};

// What `compare` describes, or what is wrong with it.
[[nodiscard]] ParamResult<CodeComparison> CodeCompare(
    const boost::json::object& compare);

// JSON Schema of what CodeCompare reads.
[[nodiscard]] boost::json::object CodeCompareSchema();

}  // namespace rewards

#endif  // REWARDS_CODE_COMPARE_PARAMS_H_
