// Tests the rest of scalar.h: proportions, signs, order, rational values,
// rounding, symbols.

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/math/exact/scalar.h"
#include "tests/rewards/math/exact/expression.h"

namespace rewards::math {
namespace {

struct Pair {
  const char* name;
  std::string_view a;
  std::string_view b;
  std::string_view evidence;
};

void PrintTo(const Pair& pair, std::ostream* os) { *os << pair.name; }

constexpr Pair kProportions[] = {
    {"Scaled", "2*x+4*y-3", "-x-2*y+3/2", "proved"},
    {"ScaledByARoot", "sqrt(2)*x-2*y", "x-sqrt(2)*y", "proved"},
    {"ScaledByPi", "pi*x-y", "x-y/pi", "proved"},
    {"OtherLine", "2*x+4*y-3", "x+2*y-3", "refuted"},
    {"OneFactorMore", "x", "x*y", "refuted"},
    {"Square", "x", "x^2", "refuted"},
    {"Conic", "x^2/4+y^2/3-1", "x^2/16+y^2/12-1/4", "proved"},
    {"BothZero", "x-x", "0", "proved"},
    {"OneZero", "x-x", "x", "refuted"},
    {"Constants", "2", "5", "proved"},
    {"NoConstantInBetween", "x+y", "x-y", "refuted"},
    {"Undefined", "1/0", "x", "undecided"},
};

class Proportions : public testing::TestWithParam<Pair> {};

TEST_P(Proportions, AreDecidedBothWays) {
  const Tree a = TreeOf(GetParam().a);
  const Tree b = TreeOf(GetParam().b);
  Work work;
  const Decision there =
      ProportionalScalars(RootOf(a), RootOf(b), &work, nullptr);
  EXPECT_EQ(there.evidence, GetParam().evidence) << there.reason;
  Work again;
  const Decision back =
      ProportionalScalars(RootOf(b), RootOf(a), &again, nullptr);
  EXPECT_EQ(back.evidence, there.evidence);
}

INSTANTIATE_TEST_SUITE_P(Scalar, Proportions, testing::ValuesIn(kProportions),
                         [](const auto& test) { return test.param.name; });

struct SignRow {
  const char* name;
  std::string_view a;
  std::optional<int> sign;
};

void PrintTo(const SignRow& row, std::ostream* os) { *os << row.name; }

constexpr SignRow kSigns[] = {
    {"Positive", "7/3", 1},
    {"Negative", "-7/3", -1},
    {"Zero", "0", 0},
    {"Surd", "sqrt(2)-3/2", -1},
    {"NearlyZero", "e^(pi*sqrt(163))-262537412640768744", -1},
    {"ZeroSurd", "sqrt(3+2*sqrt(2))-1-sqrt(2)", 0},
    {"Logarithm", "ln(2)-7/10", -1},
    {"Infinity", "oo", 1},
    {"MinusInfinity", "-oo", -1},
    {"Symbol", "x", std::nullopt},
    {"NotReal", "1+i", std::nullopt},
    {"Undefined", "1/0", std::nullopt},
    {"TooLarge", "9^(9^(9^9))", std::nullopt},
};

class Signs : public testing::TestWithParam<SignRow> {};

TEST_P(Signs, AreCertified) {
  const Tree a = TreeOf(GetParam().a);
  Work work;
  EXPECT_EQ(SignOf(RootOf(a), &work), GetParam().sign);
}

INSTANTIATE_TEST_SUITE_P(Scalar, Signs, testing::ValuesIn(kSigns),
                         [](const auto& test) { return test.param.name; });

std::optional<int> Order(std::string_view a, std::string_view b) {
  const Tree x = TreeOf(a);
  const Tree y = TreeOf(b);
  Work work;
  return CompareReals(RootOf(x), RootOf(y), &work);
}

TEST(CompareReals, OrdersConstantsAndInfinities) {
  EXPECT_EQ(Order("sqrt(2)", "3/2"), -1);
  EXPECT_EQ(Order("3/2", "sqrt(2)"), 1);
  EXPECT_EQ(Order("sqrt(12)", "2*sqrt(3)"), 0);
  EXPECT_EQ(Order("oo", "10^100"), 1);
  EXPECT_EQ(Order("-oo", "oo"), -1);
  EXPECT_EQ(Order("oo", "oo"), 0);
  EXPECT_EQ(Order("10^100", "oo"), -1);
  EXPECT_EQ(Order("x", "1"), std::nullopt);
  EXPECT_EQ(Order("i", "1"), std::nullopt);
}

std::string Value(std::string_view text) {
  const Tree a = TreeOf(text);
  Work work;
  const std::optional<Rational> value = RationalValue(RootOf(a), &work);
  return value ? value->ToString() : "none";
}

TEST(RationalValue, IsFoundWhereThereIsOne) {
  EXPECT_EQ(Value("6/4"), "3/2");
  EXPECT_EQ(Value("50%"), "1/2");
  EXPECT_EQ(Value("log(8,2)"), "3");
  EXPECT_EQ(Value("sqrt(3+2*sqrt(2))-sqrt(2)"), "1");
  EXPECT_EQ(Value("2*cos(60~)"), "1");
  EXPECT_EQ(Value("sqrt(2)"), "none");
  EXPECT_EQ(Value("pi"), "none");
  EXPECT_EQ(Value("x"), "none");
  EXPECT_EQ(Value("1/0"), "none");
  EXPECT_EQ(Value("oo"), "none");
}

std::optional<bool> Rounds(std::string_view exact, std::string_view stated) {
  const Tree a = TreeOf(exact);
  const Tree b = TreeOf(stated);
  Work work;
  return RoundsTo(RootOf(a), b.LiteralOf(b.root()), &work);
}

TEST(RoundsTo, IsHalfOfTheLastPlaceEitherWay) {
  EXPECT_EQ(Rounds("1/3", "0.33"), true);
  EXPECT_EQ(Rounds("1/3", "0.34"), false);
  EXPECT_EQ(Rounds("pi", "3.14"), true);
  EXPECT_EQ(Rounds("pi", "3.15"), false);
  EXPECT_EQ(Rounds("0.125", "0.12"), true);    // half, down
  EXPECT_EQ(Rounds("0.125", "0.13"), true);    // half, up
  EXPECT_EQ(Rounds("0.1251", "0.12"), false);  // one past it
  EXPECT_EQ(Rounds("-0.125", "0.12"), false);
  EXPECT_EQ(Rounds("x", "0.12"), std::nullopt);
  EXPECT_EQ(Rounds("1/3", "3"), std::nullopt);  // no decimal
  EXPECT_EQ(Rounds("oo", "0.12"), std::nullopt);
}

TEST(HasSymbols, SeesVariablesAndUnknownFunctions) {
  const auto has = [](std::string_view text) {
    const Tree tree = TreeOf(text);
    return HasSymbols(RootOf(tree));
  };
  EXPECT_TRUE(has("x+1"));
  EXPECT_TRUE(has("f(2)"));
  EXPECT_FALSE(has("sin(1)+pi*e-i"));
  EXPECT_FALSE(has("sqrt(2)"));
}

TEST(DefaultDecision, PaysNothing) {
  EXPECT_EQ(Decision{}.equality, Equality::kUndecided);
  EXPECT_EQ(Decision{}.evidence, "undecided");
}

}  // namespace
}  // namespace rewards::math
