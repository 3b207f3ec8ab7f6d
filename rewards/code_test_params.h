// Reads the "tests" of a `code` check. No state; any thread.

#ifndef REWARDS_CODE_TEST_PARAMS_H_
#define REWARDS_CODE_TEST_PARAMS_H_

#include <boost/json/object.hpp>
#include <cstddef>
#include <vector>

#include "rewards/code/task.h"
#include "rewards/params.h"

namespace rewards {

// Tests of one check; bytes of a "stdin" or "stdout"; bytes of an "assert", a
// "setup" or a "harness", and those of the values of a call together, as they
// cross into a jail.
inline constexpr std::size_t kMaxTests = 1000;
inline constexpr std::size_t kMaxTestBytes = 16 << 20;
inline constexpr std::size_t kMaxScriptBytes = 4 << 20;
inline constexpr std::size_t kMaxCallBytes = 8 << 20;

// The tests at "tests" of `params`, for programs of `language`, or what is
// wrong with them. Those that a program that does nothing would pass are
// refused where that can be told: not where outputs are `checked` by a program
// of the item, which only those of the first kind are. A test is
//   {"stdin", "stdout"}
//   {"stdin", "stdout", "interactor"} (judge_program_params.h): it talks to the
//       interactor, which reads "stdin" and, as the answer, "stdout", if any;
//       equal interactors of tests in a row are compiled once
//   {"call", "args", "kwargs", "returns"}: "call" is "f", "a.b.f" or
//       "Class().method"; arrays are lists, and a tuple equals one where it is
//       returned; objects are dictionaries
//   {"assert", "setup"}: source that runs "setup" and then "assert", after the
//       program; names of "setup" are the test's alone
//   {"harness", "entry_point"}: source that defines check(candidate), and what
//       it is called with, as "call"
// and each may have "visible" (VisibleTests).
[[nodiscard]] ParamResult<std::vector<code::Test>> CodeTests(
    const boost::json::object& params, const sandbox::Language& language,
    bool checked);

// Of each of those tests, which CodeTests has accepted, whether it says
// {"visible": true}: the prompt shows it. Empty where none does.
[[nodiscard]] ParamResult<std::vector<bool>> VisibleTests(
    const boost::json::object& params);

// JSON Schema of one test.
[[nodiscard]] boost::json::object CodeTestSchema();

}  // namespace rewards

#endif  // REWARDS_CODE_TEST_PARAMS_H_
