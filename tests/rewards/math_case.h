// MathCase: a named row of a gold, a response and what the math checker says.

#ifndef TESTS_REWARDS_MATH_CASE_H_
#define TESTS_REWARDS_MATH_CASE_H_

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "tests/rewards/math_judge.h"

namespace rewards {

struct MathCase {
  const char* name;
  std::string_view gold;
  std::string_view response;
  std::string_view want;           // the outcome; "unpaid": 0, for any reason
  std::string_view evidence = {};  // looked at where not empty
};
inline void PrintTo(const MathCase& c, std::ostream* os) { *os << c.name; }

inline void ExpectCase(const MathCase& c) {
  const Judged got = Judge(c.gold, c.response);
  if (c.want == "unpaid") {
    EXPECT_TRUE(got.outcome == "wrong" || got.outcome == "unreadable")
        << got.outcome << got.detail;
  } else {
    EXPECT_EQ(got.outcome, c.want) << got.detail;
  }
  if (!c.evidence.empty()) {
    EXPECT_EQ(got.evidence, c.evidence);
  }
}

inline std::string CaseName(const testing::TestParamInfo<MathCase>& test) {
  return test.param.name;
}

}  // namespace rewards

#endif  // TESTS_REWARDS_MATH_CASE_H_
