// Reads the parameters of a `math` check. No state; any thread.

#ifndef REWARDS_MATH_PARAMS_H_
#define REWARDS_MATH_PARAMS_H_

#include <boost/json/object.hpp>
#include <vector>

#include "rewards/math/math.h"
#include "rewards/params.h"

namespace rewards {

struct MathTask {
  std::vector<math::Tree> golds{};  // at least one; none is empty
  math::Extract extract = math::Extract::kAuto;
  math::Policy policy{};
};

// The task that `params` describe, or what is wrong with them. A gold must be
// readable, and must equal itself: 1/0 could never be met.
[[nodiscard]] ParamResult<MathTask> MathTaskOf(
    const boost::json::object& params);

// JSON Schema of what MathTaskOf reads.
[[nodiscard]] boost::json::object MathSchema();

}  // namespace rewards

#endif  // REWARDS_MATH_PARAMS_H_
