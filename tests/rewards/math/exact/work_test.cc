// Tests that every question ends: hostile expressions against the work that
// they may ask for. Each is decided, or ends with an empty budget; what one
// unit of work costs is measured in tests/bench.

#include "rewards/math/exact/work.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "rewards/math/exact/scalar.h"
#include "tests/rewards/math/exact/expression.h"

namespace rewards::math {
namespace {

std::string Nested(std::string_view before, std::string_view inside,
                   std::string_view after, int depth) {
  std::string text(inside);
  for (int i = 0; i < depth; ++i) {
    text = std::string(before) + text + std::string(after);
  }
  return text;
}

Decision Decide(const std::string& a, const std::string& b, Work* work) {
  const Tree x = TreeOf(a);
  const Tree y = TreeOf(b);
  return EqualScalars(RootOf(x), RootOf(y), work, nullptr);
}

TEST(Work, IsSpentToTheLastUnitAndNoFurther) {
  Work work(10);
  EXPECT_TRUE(work.Spend(10));
  EXPECT_EQ(work.left(), 0U);
  Work short_work(10);
  EXPECT_FALSE(short_work.Spend(11));
  EXPECT_FALSE(short_work.Spend(1));  // from then on
}

TEST(Work, WithoutItNothingIsPaid) {
  for (const std::size_t units : {0U, 1U, 5U, 20U, 50U, 100U}) {
    Work work(units);
    const Decision decision = Decide("(x+1)^3", "x^3+3*x^2+3*x+2", &work);
    EXPECT_NE(decision.equality, Equality::kEqual) << units;
  }
  Work none(0);
  EXPECT_EQ(Decide("x+1", "1+x", &none).equality, Equality::kUndecided);
}

TEST(Work, HostileQuestionsAreNeverPaid) {
  const std::string digits(9'999, '7');
  const std::string hostile[] = {
      Nested("sqrt(", "2", "+1)", 190),
      Nested("sqrt(", "x", "+1)", 190),
      Nested("(", "x", "^2+1)", 190),
      Nested("sin(", "x", ")", 190),
      Nested("e^(", "x", ")", 190),
      Nested("2^(", "2", ")", 190),
      Nested("(", "3", ")!", 190),
      Nested("ln(", "x", "+y)", 190),
      Nested("|", "x", "-1|", 190),
      Nested("1/(1+", "x", ")", 190),
      Nested("f(", "x", ")", 190),
      Nested("floor(", "x", "/2)", 190),
      digits + "*" + digits + "*" + digits,
      digits + "^" + digits,
      "sqrt(" + digits + ")",
      "root(" + digits + ",9973)",
      "ln(" + digits + ")",
      "gcd(" + digits + "," + digits + "3)",
      "sum(k,1,1000,sum(j,1,1000,1/(j*k)))",
      "sum(k,1,1000,sin(k))",
      "sum(k,1,1000,sqrt(k))",
      "sum(k,1,1000,cos(2*pi*k/1999))",
      "sum(k,1,1000,x^k)",
      "prod(k,1,1000,x+k)",
      "x^1000000",
      "(x+1)^(10^12)",
      "sin(10^4000)",
      "e^(10^12)",
      "binom(10^12,10^6)",
      "binom(x,64)",
      "(10^3000)!",
      "mod(7^(10^1000),10^300)",
      "floor(10^5000*pi)",
      "sin(200*x)",
      "root(2,97)+root(3,89)",
      "cos(pi/1999)+cos(pi/1997)+cos(pi/1993)+cos(pi/1987)+cos(pi/1979)"
      "+cos(pi/1973)+cos(pi/1951)",
  };
  for (const std::string& text : hostile) {
    Work work;
    const Decision decision = Decide(text, "5", &work);
    EXPECT_NE(decision.equality, Equality::kEqual) << text.substr(0, 60);
  }
}

TEST(Work, IsTheSameForEqualQuestions) {
  const auto left = [] {
    Work work;
    (void)Decide("sin(x)^2+cos(x)^2", "1", &work);
    return work.left();
  };
  EXPECT_EQ(left(), left());
}

TEST(Work, ThreadsDecideAlike) {
  std::vector<std::thread> threads;
  std::vector<int> equal(4, 0);
  for (int& count : equal) {
    threads.emplace_back([&count] {
      for (int i = 0; i < 5; ++i) {
        Work work;
        const Decision decision =
            Decide("cbrt(cbrt(2)-1)", "cbrt(1/9)-cbrt(2/9)+cbrt(4/9)", &work);
        if (decision.equality == Equality::kEqual) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(equal, std::vector<int>(4, 5));
}

}  // namespace
}  // namespace rewards::math
