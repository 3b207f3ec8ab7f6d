// Reads a program that an item brings to judge with: a "checker", an
// "interactor". {"language", "code" | "files": [{"name", "content"}],
// "protocol": testlib | exit, "points", "limits"}; code/judge_program.h says
// what they mean. "points" (default 1) with testlib alone. No state; any
// thread.

#ifndef REWARDS_JUDGE_PROGRAM_PARAMS_H_
#define REWARDS_JUDGE_PROGRAM_PARAMS_H_

#include <boost/json/object.hpp>

#include "rewards/code/judge_program.h"
#include "rewards/params.h"

namespace rewards {

inline constexpr double kMaxJudgePoints = 1'000'000;

// The program that `params` describe, or what is wrong with them.
[[nodiscard]] ParamResult<code::JudgeProgram> JudgeProgramOf(
    const boost::json::object& params);

// JSON Schema of what JudgeProgramOf reads.
[[nodiscard]] boost::json::object JudgeProgramSchema();

}  // namespace rewards

#endif  // REWARDS_JUDGE_PROGRAM_PARAMS_H_
