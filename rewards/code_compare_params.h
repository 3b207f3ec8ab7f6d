// Reads the "compare" of a `code` check: {"mode": tokens | exact | lines |
// float | unordered, "rel", "abs"}; the last two with "float" alone, 0 to 1. No
// state; any thread.

#ifndef REWARDS_CODE_COMPARE_PARAMS_H_
#define REWARDS_CODE_COMPARE_PARAMS_H_

#include <boost/json/object.hpp>

#include "rewards/code/compare.h"
#include "rewards/params.h"

namespace rewards {

// The rule that `compare` describes, or what is wrong with it.
[[nodiscard]] ParamResult<code::CompareRule> CodeCompare(
    const boost::json::object& compare);

// JSON Schema of what CodeCompare reads.
[[nodiscard]] boost::json::object CodeCompareSchema();

}  // namespace rewards

#endif  // REWARDS_CODE_COMPARE_PARAMS_H_
