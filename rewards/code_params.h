// Reads the parameters of a `code` check. No state; any thread.

#ifndef REWARDS_CODE_PARAMS_H_
#define REWARDS_CODE_PARAMS_H_

#include <boost/json/object.hpp>

#include "rewards/code/judge.h"
#include "rewards/params.h"

namespace rewards {

// The task that `params` describe, or what is wrong with them.
[[nodiscard]] ParamResult<code::Task> CodeTask(
    const boost::json::object& params);

// JSON Schema of what CodeTask reads.
[[nodiscard]] boost::json::object CodeSchema();

}  // namespace rewards

#endif  // REWARDS_CODE_PARAMS_H_
