// Judge: one response against one gold through the math checker, for tests.

#ifndef TESTS_REWARDS_MATH_JUDGE_H_
#define TESTS_REWARDS_MATH_JUDGE_H_

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "rewards/math_checker.h"

namespace rewards {

// "correct", "wrong", "unreadable"; "invalid" where the gold cannot be read.
struct Judged {
  std::string outcome;
  std::string evidence;
  std::string detail;  // JSON, or the parameter's error
};

inline Judged Judge(const boost::json::object& params,
                    std::string_view response) {
  static const std::unique_ptr<const Checker> kChecker = MakeMathChecker();
  const auto check = kChecker->Prepare(params);
  if (!check) {
    return {"invalid", "", check.error().pointer + ": " + check.error().detail};
  }
  Submission submission;
  submission.response = response;
  const Verdict verdict = (*check)->Judge(submission, Budget{});
  return {std::string(OutcomeName(verdict.outcome)),
          std::string(verdict.evidence),
          boost::json::serialize(verdict.detail)};
}

inline Judged Judge(std::string_view gold, std::string_view response) {
  return Judge(boost::json::object{{"gold", gold}}, response);
}

}  // namespace rewards

#endif  // TESTS_REWARDS_MATH_JUDGE_H_
