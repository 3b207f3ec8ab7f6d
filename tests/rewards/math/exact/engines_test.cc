// Properties over random expressions, with a fixed seed: what is rewritten by a
// law of algebra is never refuted, what is moved is never paid, and the verdict
// is the same either way. So the engines agree: normal form, balls and models
// each decide a part of these.

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "rewards/math/exact/scalar.h"
#include "tests/rewards/math/exact/expression.h"

namespace rewards::math {
namespace {

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  int Below(int n) {
    return std::uniform_int_distribution<>(0, n - 1)(random_);
  }

  std::string Leaf(bool symbols) {
    if (symbols && Below(2) == 0) return Below(2) == 0 ? "x" : "y";
    switch (Below(symbols ? 2 : 6)) {
      case 0:
        return std::to_string(1 + Below(9));
      case 1:
        return "(" + std::to_string(1 + Below(9)) + "/" +
               std::to_string(2 + Below(8)) + ")";
      case 2:
        return "pi";
      case 3:
        return "e";
      case 4:
        return "sqrt(" + std::to_string(2 + Below(9)) + ")";
      default:
        return "i";
    }
  }

  std::string Expression(int depth, bool symbols) {
    if (depth == 0) return Leaf(symbols);
    const std::string a = Expression(depth - 1, symbols);
    const std::string b = Expression(Below(depth), symbols);
    switch (Below(10)) {
      case 0:
      case 1:
        return "(" + a + "+" + b + ")";
      case 2:
        return "(" + a + "-" + b + ")";
      case 3:
      case 4:
        return "(" + a + "*" + b + ")";
      case 5:
        return "(" + a + "/(" + b + "+3))";
      case 6:
        return "(" + a + ")^" + std::to_string(2 + Below(2));
      case 7:
        return "sqrt(" + a + ")";
      case 8:
        return "sin(" + a + ")";
      default:
        return "e^(" + b + ")";
    }
  }

  // The same number, written in another way.
  std::string Rewritten(const std::string& a) {
    const std::string b = Leaf(false);
    switch (Below(8)) {
      case 0:
        return "(" + a + "+" + b + ")-" + b;
      case 1:
        return "(" + a + ")*" + b + "/" + b;
      case 2:
        return "((" + a + "+" + b + ")^2-(" + a + "-" + b + ")^2)/(4*" + b +
               ")";
      case 3:
        return "(" + a + ")*(sin(" + b + ")^2+cos(" + b + ")^2)";
      case 4:
        return "(" + a + ")*e^(" + b + ")*e^(-" + b + ")";
      case 5:
        return "-(-(" + a + "))";
      case 6:
        return "(" + a + ")*(sqrt(2)+1)*(sqrt(2)-1)";
      default:
        return "(" + a + ")+sqrt(3+2*sqrt(2))-1-sqrt(2)";
    }
  }

 private:
  std::mt19937 random_;
};

struct Count {
  int proved = 0;
  int refuted = 0;
  int all = 0;
};

Decision DecideBothWays(const std::string& a, const std::string& b) {
  const Tree x = TreeOf(a);
  const Tree y = TreeOf(b);
  Work work;
  const Decision there = EqualScalars(RootOf(x), RootOf(y), &work, nullptr);
  Work again;
  const Decision back = EqualScalars(RootOf(y), RootOf(x), &again, nullptr);
  EXPECT_EQ(there.equality, back.equality) << a << "   " << b;
  EXPECT_EQ(there.evidence, back.evidence) << a << "   " << b;
  return there;
}

void RunRewritten(bool symbols, Count* count) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Writer writer(seed);
    const std::string a = writer.Expression(3, symbols);
    const std::string b = writer.Rewritten(a);
    const Decision decision = DecideBothWays(a, b);
    EXPECT_NE(decision.equality, Equality::kNotEqual) << a << "   " << b;
    ++count->all;
    if (decision.equality == Equality::kEqual) ++count->proved;
  }
}

TEST(Engines, RewrittenConstantsAreProvedAndNeverRefuted) {
  Count count;
  RunRewritten(false, &count);
  EXPECT_GE(count.proved * 100, count.all * 85) << count.proved;
}

TEST(Engines, RewrittenFunctionsAreProvedAndNeverRefuted) {
  Count count;
  RunRewritten(true, &count);
  EXPECT_GE(count.proved * 100, count.all * 85) << count.proved;
}

TEST(Engines, WhatIsMovedIsNeverPaid) {
  constexpr std::array kMoves = {"1/10^30", "1/10^3", "sqrt(2)/10^20", "x^2+1"};
  Count count;
  for (unsigned seed = 0; seed < 400; ++seed) {
    Writer writer(seed);
    const bool symbols = seed % 2 == 0;
    const std::string a = writer.Expression(3, symbols);
    const std::string b = writer.Rewritten(a) + "+" + kMoves[seed % 4];
    const Decision decision = DecideBothWays(a, b);
    EXPECT_NE(decision.equality, Equality::kEqual) << a << "   " << b;
    ++count.all;
    if (decision.equality == Equality::kNotEqual) ++count.refuted;
  }
  EXPECT_GE(count.refuted * 100, count.all * 85) << count.refuted;
}

// (1 + sqrt(2))^n = a + b sqrt(2), and a - b sqrt(2) is as small as that is
// large: only the separation bound tells it from zero.
TEST(Engines, WhatIsNearlyZeroIsNotZero) {
  Rational a(1);
  Rational b(0);
  for (int n = 1; n <= 3'000; ++n) {
    const Rational next = a + b + b;
    b = a + b;
    a = next;
    if (n % 600 != 0) continue;
    const std::string top = a.ToString();
    const std::string root = b.ToString() + "*sqrt(2)";
    const std::string power = "(1+sqrt(2))^" + std::to_string(n);
    EXPECT_EQ(DecideBothWays(top, root).evidence, "refuted") << n;
    EXPECT_EQ(DecideBothWays(top + "+" + root, power).evidence, "proved") << n;
    EXPECT_EQ(DecideBothWays(top + "*2", power).evidence, "refuted") << n;
  }
}

}  // namespace
}  // namespace rewards::math
