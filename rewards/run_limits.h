// RunLimits on the wire: {"cpu_s", "wall_s", "memory_mb", "output_kb",
// "processes"}, the same wherever a request says how a program is to be run. No
// state; any thread.

#ifndef REWARDS_RUN_LIMITS_H_
#define REWARDS_RUN_LIMITS_H_

#include <boost/json/object.hpp>

#include "rewards/code/judge.h"
#include "rewards/params.h"

namespace rewards {

// The limits that `limits` describes, or what is wrong with it. What it leaves
// out has its default; that of "wall_s" is twice "cpu_s", and 10 at least.
[[nodiscard]] ParamResult<sandbox::RunLimits> RunLimitsOf(
    const boost::json::object& limits);

// What RunLimitsOf reads, with every limit in it.
[[nodiscard]] boost::json::object RunLimitsJson(
    const sandbox::RunLimits& limits);

// JSON Schema of what RunLimitsOf reads.
[[nodiscard]] boost::json::object RunLimitsSchema();

}  // namespace rewards

#endif  // REWARDS_RUN_LIMITS_H_
