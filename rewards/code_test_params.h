// Reads the "tests" of a `code` check. No state; any thread.

#ifndef REWARDS_CODE_TEST_PARAMS_H_
#define REWARDS_CODE_TEST_PARAMS_H_

#include <boost/json/object.hpp>
#include <cstddef>
#include <vector>

#include "rewards/code/test.h"
#include "rewards/params.h"

namespace rewards {

// Tests of one check; bytes of a string in a test.
inline constexpr std::size_t kMaxTests = 1000;
inline constexpr std::size_t kMaxTestBytes = 16 << 20;

// The tests at "tests" of `params`, or what is wrong with them. Those that a
// program that does nothing would pass are refused where that can be told: not
// where outputs are `checked` by a program of the item.
[[nodiscard]] ParamResult<std::vector<code::Test>> CodeTests(
    const boost::json::object& params, bool checked);

// JSON Schema of one test.
[[nodiscard]] boost::json::object CodeTestSchema();

}  // namespace rewards

#endif  // REWARDS_CODE_TEST_PARAMS_H_
