// JudgeCode: one response through the code checker, for tests.

#ifndef TESTS_REWARDS_CODE_JUDGE_H_
#define TESTS_REWARDS_CODE_JUDGE_H_

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "rewards/code_checker.h"

namespace rewards {

// One jail for all tests of a program.
inline std::shared_ptr<const code::Judge> TheJudge() {
  static const auto judge = code::Judge::Create();
  EXPECT_TRUE(judge.has_value()) << judge.error().message;
  return judge ? *judge : nullptr;
}

inline Verdict JudgeCode(
    const boost::json::object& params, std::string_view response,
    std::chrono::seconds time = std::chrono::seconds(120)) {
  const auto check = MakeCodeChecker(TheJudge())->Prepare(params);
  if (!check) {
    ADD_FAILURE() << check.error().pointer << ": " << check.error().detail;
    return {};
  }
  return (*check)->Judge({.prompt = "", .response = response},
                         {.deadline = std::chrono::steady_clock::now() + time});
}

// An answer with `source` in a block of the language `tag`.
inline std::string Fenced(std::string_view source, std::string_view tag) {
  return "<think>x</think>\n```" + std::string(tag) + "\n" +
         std::string(source) + "\n```\n";
}

}  // namespace rewards

#endif  // TESTS_REWARDS_CODE_JUDGE_H_
