// Rows: one response against one check, and what must come of it, for tables of
// checkers that compute.

#ifndef TESTS_REWARDS_CHECKER_ROWS_H_
#define TESTS_REWARDS_CHECKER_ROWS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/checker.h"

namespace rewards {

struct CheckerRow {
  const char* name;
  std::string_view params;  // JSON
  std::string_view response;
  std::string_view want;         // the outcome, or "invalid"
  std::string_view detail = {};  // part of the detail or of the error
};
inline void PrintTo(const CheckerRow& row, std::ostream* os) {
  *os << row.name;
}

inline Verdict JudgeBy(const Checker& checker, std::string_view params,
                       std::string_view response,
                       std::string_view template_name = "r1") {
  const auto check = checker.Prepare(boost::json::parse(params).as_object());
  if (!check) {
    ADD_FAILURE() << check.error().pointer << ": " << check.error().detail;
    return {};
  }
  Submission submission;
  submission.response = response;
  submission.template_name = template_name;
  return (*check)->Judge(submission, Budget{});
}

inline void ExpectRow(const Checker& checker, const CheckerRow& row) {
  const auto params = boost::json::parse(row.params).as_object();
  const auto check = checker.Prepare(params);
  if (!check) {
    EXPECT_EQ("invalid", row.want);
    EXPECT_THAT(check.error().pointer + ": " + check.error().detail,
                testing::HasSubstr(row.detail));
    return;
  }
  const Verdict verdict = JudgeBy(checker, row.params, row.response);
  const std::string detail = boost::json::serialize(verdict.detail);
  EXPECT_EQ(OutcomeName(verdict.outcome), row.want) << detail;
  EXPECT_THAT(detail, testing::HasSubstr(row.detail));
}

}  // namespace rewards

#endif  // TESTS_REWARDS_CHECKER_ROWS_H_
