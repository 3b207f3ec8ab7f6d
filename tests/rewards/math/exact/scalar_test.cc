// Tests EqualScalars: a table of named rows by class, each of them both ways.

#include "rewards/math/exact/scalar.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "tests/rewards/math/exact/expression.h"

namespace rewards::math {
namespace {

struct Row {
  const char* name;
  std::string_view a;
  std::string_view b;
  std::string_view evidence;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr Row kRows[] = {
    // Numbers.
    {"Integers", "7", "7", "proved"},
    {"OtherInteger", "7", "8", "refuted"},
    {"Fraction", "2/4", "1/2", "proved"},
    {"DecimalIsExact", "0.5", "1/2", "proved"},
    {"DecimalIsNotAThird", "0.333333333333333", "1/3", "refuted"},
    {"OnePartIn1e20", "1", "1+10^(-20)", "refuted"},
    {"SmallPowers", "2^(-99)", "2^(-98)", "refuted"},
    {"SmallFactorials", "1/2004!", "1/2006!", "refuted"},
    {"Percent", "50%", "1/2", "proved"},
    {"Degrees", "90~", "pi/2", "proved"},
    {"Binomial", "binom(10,3)", "120", "proved"},
    {"FiniteSum", "sum(k,1,100,k)", "5050", "proved"},
    {"SumOverI", "sum(i,1,10,i^2)", "385", "proved"},
    {"FiniteProduct", "prod(k,1,5,k)", "120", "proved"},
    {"SumInASum", "sum(k,1,3,sum(j,1,k,j*k))", "25", "proved"},
    {"Gcd", "gcd(12,18)", "6", "proved"},
    {"Lcm", "lcm(4,6)", "12", "proved"},
    {"Minimum", "min(3,5,2)", "2", "proved"},
    {"Maximum", "max(sqrt(2),3/2)", "3/2", "proved"},
    {"Floor", "floor(7/2)", "3", "proved"},
    {"FloorOfPi", "floor(pi)", "3", "proved"},
    {"Ceiling", "ceil(-7/2)", "-3", "proved"},

    // Radicals.
    {"SquareRoot", "sqrt(12)", "2*sqrt(3)", "proved"},
    {"SquareRootBelow", "1/sqrt(2)", "sqrt(2)/2", "proved"},
    {"HalfPower", "2^(1/2)", "sqrt(2)", "proved"},
    {"Denest", "sqrt(3+2*sqrt(2))", "1+sqrt(2)", "proved"},
    {"DenestOtherSign", "sqrt(3-2*sqrt(2))", "1-sqrt(2)", "refuted"},
    {"DenestMinus", "sqrt(3-2*sqrt(2))", "sqrt(2)-1", "proved"},
    {"Rationalise", "1/(sqrt(3)-sqrt(2))", "sqrt(3)+sqrt(2)", "proved"},
    {"CubeRootDenest", "cbrt(cbrt(2)-1)", "cbrt(1/9)-cbrt(2/9)+cbrt(4/9)",
     "proved"},
    {"Cardano", "cbrt(2+sqrt(5))+cbrt(2-sqrt(5))", "1", "proved"},
    {"CubeRootOfNegative", "cbrt(-8)", "-2", "proved"},
    {"ThirdPowerOfNegative", "(-8)^(1/3)", "-2", "proved"},
    {"SevenRoots", "sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13)+sqrt(17)",
     "sqrt(17)+sqrt(13)+sqrt(11)+sqrt(7)+sqrt(5)+sqrt(3)+sqrt(2)", "proved"},
    {"NearlyEqualRoots", "sqrt(2)*665857/941664", "1", "refuted"},
    {"FourthRoot", "root(4,4)", "sqrt(2)", "proved"},
    {"BarelyAboveOne", "(1+(sqrt(2)-1)^400)^2", "1", "refuted"},
    {"GoldenRatio", "((1+sqrt(5))/2)^2", "(3+sqrt(5))/2", "proved"},
    {"NestedFour", "sqrt(2+sqrt(3))", "(sqrt(6)+sqrt(2))/2", "proved"},

    // Complex numbers.
    {"ISquared", "i^2", "-1", "proved"},
    {"ComplexDivide", "(1+i)/(1-i)", "i", "proved"},
    {"EulerIdentity", "e^(i*pi)", "-1", "proved"},
    {"Polar", "2*e^(i*pi/3)", "1+i*sqrt(3)", "proved"},
    {"OtherPolar", "2*e^(i*pi/3)", "1-i*sqrt(3)", "refuted"},
    {"RootOfNegative", "sqrt(-4)", "2*i", "proved"},
    {"AbsoluteComplex", "|3+4*i|", "5", "proved"},
    {"Conjugate", "conj(2+3*i)", "2-3*i", "proved"},
    {"RealPart", "Re((1+2*i)^2)", "-3", "proved"},
    {"ImaginaryPart", "Im((1+2*i)^2)", "4", "proved"},
    {"SquareRootOfI", "sqrt(i)", "(1+i)/sqrt(2)", "proved"},

    // Trigonometry of constants.
    {"SinThirty", "sin(30~)", "1/2", "proved"},
    {"CosSeventhSum", "cos(pi/7)-cos(2*pi/7)+cos(3*pi/7)", "1/2", "proved"},
    {"CosSeventhOff", "cos(pi/7)-cos(2*pi/7)+cos(3*pi/7)", "0.5000000001",
     "refuted"},
    {"TanEighth", "tan(pi/8)", "sqrt(2)-1", "proved"},
    {"SinEighteen", "sin(18~)", "(sqrt(5)-1)/4", "proved"},
    {"Arctan", "arctan(1)", "pi/4", "proved"},
    {"ArctanRoot", "arctan(2-sqrt(3))", "pi/12", "proved"},
    {"Arcsin", "arcsin(sqrt(3)/2)", "pi/3", "proved"},
    {"Arccos", "arccos(-1/2)", "2*pi/3", "proved"},
    {"SinOfArccos", "sin(arccos(3/5))", "4/5", "proved"},
    {"CosOfTwiceArctan", "cos(2*arctan(1/3))", "4/5", "proved"},
    {"SinOne", "sin(2)", "2*sin(1)*cos(1)", "proved"},

    // Logarithms and exponentials of constants.
    {"LogBase", "log(8,2)", "3", "proved"},
    {"LogOfInverse", "ln(1/2)", "-ln(2)", "proved"},
    {"LogOfProduct", "ln(6)", "ln(2)+ln(3)", "proved"},
    {"ChangeOfBase", "log(5,2)", "ln(5)/ln(2)", "proved"},
    {"LogQuotient", "log(27,9)", "3/2", "proved"},
    {"LogOfRoot", "ln(sqrt(2))", "ln(2)/2", "proved"},
    {"ExpOfLog", "e^(2*ln(3))", "9", "proved"},
    {"BareLogarithmRatio", "log(8)/log(2)", "3", "proved"},
    {"BareLogarithm", "log(2)", "ln(2)", "undecided"},
    {"OneMinusE", "1-1/e", "1+1/e", "refuted"},
    {"Ramanujan", "e^(pi*sqrt(163))", "262537412640768744", "refuted"},
    {"PiIsNo355Over113", "pi", "355/113", "refuted"},
    {"PiIsNoDecimal", "pi", "3.141592653589793238462643383279502884197",
     "refuted"},
    {"PiCollects", "(pi+1)^2", "pi^2+2*pi+1", "proved"},

    {"LogOfInverseSurd", "ln(sqrt(2)+1)", "-ln(sqrt(2)-1)", "proved"},
    {"LogOfSquaredSurd", "ln(3+2*sqrt(2))", "2*ln(1+sqrt(2))", "proved"},
    {"LogOfSurdOff", "ln(3+2*sqrt(2))", "2*ln(2+sqrt(2))", "refuted"},
    {"ArctanSum", "arctan(1/2)+arctan(1/3)", "pi/4", "proved"},
    {"Machin", "4*arctan(1/5)-arctan(1/239)", "pi/4", "proved"},
    {"MachinOff", "4*arctan(1/5)-arctan(1/240)", "pi/4", "refuted"},
    {"ArcsinOfSin", "arcsin(sin(3))", "pi-3", "proved"},
    {"ArcsinOfSinDegrees", "arcsin(sin(6~))", "6~", "proved"},
    {"HalfRadian", "1+cos(1)", "2*cos(1/2)^2", "proved"},
    {"CotangentOfRight", "cot(90~)", "0", "proved"},
    {"HalfArccos", "arccos(7/25)/2", "arcsin(3/5)", "proved"},

    // Polynomials and rational functions.
    {"Expand", "(x+1)^2", "x^2+2*x+1", "proved"},
    {"ExpandOff", "(x+1)^2", "x^2+2*x+2", "refuted"},
    {"Cancel", "(x^2-1)/(x-1)", "x+1", "proved"},
    {"PartialFractions", "1/(x*(x+1))", "1/x-1/(x+1)", "proved"},
    {"OtherVariable", "x", "y", "refuted"},
    {"ManyVariables", "(a+b)*(c+d)", "a*c+a*d+b*c+b*d", "proved"},
    {"HighDegree", "(x+1)^2000", "(x+1)^1999*(x+2)", "refuted"},
    {"HighDegreeEqual", "(x+1)^2000", "(x+1)^1999*(x+1)", "proved"},
    {"FivePowers", "(a+b+c+d+f)^40-1", "(a+b+c+d+f)^40", "refuted"},
    {"OverSeven", "(x+2)/7", "x/7+2/7", "proved"},

    // Radicals, powers and logarithms of symbols.
    {"RootOfSquareIsNotX", "sqrt(x^2)", "x", "refuted"},
    {"RootOfSquareIsAbsolute", "sqrt(x^2)", "|x|", "proved"},
    {"RootOfSquareAmongOthers", "sqrt(a^2*b)", "a*sqrt(b)", "refuted"},
    {"RootOfSquareAmongOthersAbsolute", "sqrt(a^2*b)", "|a|*sqrt(b)", "proved"},
    {"RootOfSquareOfFour", "sqrt(a^2*b^2*c^2*d^2)", "|a*b*c|*d", "refuted"},
    {"RootOfFarSquare", "sqrt((x-1000000)^2)", "1000000-x", "refuted"},
    {"AbsolutesDifferInBetween", "|x-3|+|x-5|", "|2*x-8|", "refuted"},
    {"RootsDifferInBetween", "sqrt((x-31)^2)+sqrt((x-32)^2)",
     "sqrt((2*x-63)^2)", "refuted"},
    {"AbsoluteFarAway", "|x-10^25|", "10^25-x", "refuted"},
    {"RootOfDifference", "sqrt((x-y)^2)", "x-y", "refuted"},
    {"AbsoluteOfDifference", "|x-y|", "|y-x|", "proved"},
    {"RootOfProduct", "sqrt(x*y)", "sqrt(x)*sqrt(y)", "proved"},
    {"CubeRootForms", "1/(3*cbrt(x)^2)", "1/(3*x^(2/3))", "proved"},
    {"PowerSum", "x^(1/2)*x^(1/3)", "x^(5/6)", "proved"},
    {"RootOfFour", "sqrt(4*x^2+4)", "2*sqrt(x^2+1)", "proved"},
    {"RationaliseSymbol", "1/(sqrt(x+1)-sqrt(x))", "sqrt(x+1)+sqrt(x)",
     "proved"},
    {"PowerOfTwo", "2^(n+1)", "2*2^n", "proved"},
    {"PowerOfFour", "4^n", "2^(2*n)", "proved"},
    {"PowerOff", "4^n", "2^(n+2)", "refuted"},
    {"ExpSum", "e^(x+y)", "e^x*e^y", "proved"},
    {"ExpHalf", "(e^(x/2))^2", "e^x", "proved"},
    {"LogPower", "ln(x^2)", "2*ln(x)", "proved"},
    {"LogPowerAbsolute", "ln(x^2)", "2*ln(|x|)", "proved"},
    {"LogProduct", "ln(x*y)", "ln(x)+ln(y)", "proved"},
    {"LogIsNoProduct", "ln(x*y)", "ln(x)*ln(y)", "refuted"},
    {"QuotientPower", "(a/b)^n", "a^n/b^n", "proved"},
    {"PowerProduct", "a*x^m*a*(2*x^2)^m", "2^m*a^2*x^(3*m)", "proved"},
    {"LogNeedsItsDomain", "ln(x^2)+|x|", "2*ln(|x|)+x", "refuted"},
    {"LogOfProductIsNoSum", "ln(x*y)", "ln(-x)+ln(-y)", "proved"},
    {"NowhereDefined", "ln(x)", "ln(x)+0*ln(-x)", "undecided"},
    {"NarrowDomain", "sqrt(8-x)*(sqrt(x)-sqrt(x-6))*(sqrt(x)+sqrt(x-6))",
     "6*sqrt(8-x)", "proved"},
    {"LogOfPolynomial", "ln(x^2-1)", "ln(x-1)+ln(x+1)", "proved"},
    {"LogOfSquare", "ln(x^2+2*x+1)", "2*ln(x+1)", "proved"},
    {"LogOfQuotient", "ln((x+1)/(x+2))", "ln(x+1)-ln(x+2)", "proved"},
    {"LogOfPolynomialOff", "ln(x^2-1)", "ln(x-1)+ln(x+2)", "refuted"},
    {"ExpOfPolynomial", "e^(x*(x+1))", "e^(x^2)*e^x", "proved"},
    {"ExpOfSquare", "e^((x+1)^2)", "e^(x^2+2*x+1)", "proved"},
    {"Alternating", "(-1)^(n+1)", "-(-1)^n", "proved"},
    {"AlternatingTwice", "(-1)^(2*n)", "1", "proved"},
    {"AlternatingBack", "(-1)^(-n)", "(-1)^n", "proved"},
    {"FactorialRatio", "(n+1)!/n!", "n+1", "proved"},
    {"BinomialPolynomial", "binom(n,2)", "n*(n-1)/2", "proved"},
    {"BinomialPascal", "binom(n,k)*(n-k)", "binom(n,k+1)*(k+1)", "proved"},

    // Trigonometry of symbols.
    {"Pythagoras", "sin(x)^2+cos(x)^2", "1", "proved"},
    {"DoubleAngle", "sin(2*x)", "2*sin(x)*cos(x)", "proved"},
    {"DoubleAngleOff", "sin(2*x)", "2*sin(x)", "refuted"},
    {"AngleSum", "cos(x+y)", "cos(x)*cos(y)-sin(x)*sin(y)", "proved"},
    {"HalfAngle", "tan(x/2)", "sin(x)/(1+cos(x))", "proved"},
    {"Secant", "sec(x)^2", "1+tan(x)^2", "proved"},
    {"Shift", "sin(x+pi/2)", "cos(x)", "proved"},
    {"ShiftThird", "sin(x+pi/3)", "sin(x)/2+sqrt(3)/2*cos(x)", "proved"},
    {"AngleOfPolynomial", "sin(x*(x+1))", "sin(x^2)*cos(x)+cos(x^2)*sin(x)",
     "proved"},
    {"ArcsinSum", "arcsin(x)+arccos(x)", "pi/2", "proved"},
    {"CosOfArccosSum", "cos(arccos(x)+arccos(2*x))",
     "2*x^2-sqrt(1-x^2)*sqrt(1-4*x^2)", "proved"},
    {"CosOfArcsin", "cos(arcsin(x))", "sqrt(1-x^2)", "proved"},
    {"Hyperbolic", "cosh(x)^2-sinh(x)^2", "1", "proved"},
    {"AbsoluteOfSymbols", "|x+i*y|^2", "x^2+y^2", "proved"},
    {"AbsolutesOfSymbols", "|(1+x)+y*i|+|(2*x^2-x)+(2*x*y-y)*i|",
     "sqrt((1+x)^2+y^2)+sqrt((2*x^2-x)^2+(2*x*y-y)^2)", "proved"},
    {"ConjugateProduct", "(x+i*y)*(x-i*y)", "x^2+y^2", "proved"},
    {"ComplexExponential", "e^(i*x)", "cos(x)+i*sin(x)", "proved"},

    {"FloorShifts", "floor(x+3)", "floor(x)+3", "proved"},
    {"FloorIsNotX", "floor(x)", "x", "refuted"},

    // Functions that nothing is known of.
    {"SameFunction", "f(x+1)", "f(1+x)", "proved"},
    {"FunctionOfExpanded", "f(a*(a*x+b)+b)", "f(a^2*x+a*b+b)", "proved"},
    {"OtherArgument", "f(x)", "f(y)", "refuted"},

    {"OtherFunction", "f(x)", "g(x)", "refuted"},
    {"NamedFunction", "phi(3)", "phi(4)", "undecided"},
    {"NamedFunctionItself", "phi(2+1)", "phi(3)", "proved"},

    // An ellipsis.
    {"Ellipsis", "1+2+dots+10", "1+2+dots+10", "proved"},
    {"EllipsisDoesNotCollect", "1+dots+10+2", "1+dots+12", "undecided"},
    {"EllipsisIsNoNumber", "1+2+dots+10", "55", "undecided"},
    {"EllipsisOfAProduct", "2*dots*6", "3*dots*4", "undecided"},

    // Equal, but not by a law that is known here: not paid.
    {"FunctionOfAFunction", "cos(sin(x+pi))", "cos(sin(x))", "consistent"},
    {"FloorAndCeilingDifferAtWholes", "ceil(x)", "floor(x)+1", "consistent"},
    {"AbsoluteOfAPower", "|(1+i)^y|", "sqrt(2)^y", "consistent"},

    // Undefined, and infinity.
    {"DivisionByZero", "1/0", "1/0", "undecided"},
    {"HiddenDivisionByZero", "1/(sqrt(2)-2^(1/2))", "1/(sqrt(2)-2^(1/2))",
     "undecided"},
    {"ZeroByProof", "1/(sqrt(3+2*sqrt(2))-1-sqrt(2))",
     "1/(sqrt(3+2*sqrt(2))-1-sqrt(2))", "undecided"},
    {"ZeroToZero", "0^0", "1", "undecided"},
    {"LogOfZero", "ln(0)", "ln(0)", "undecided"},
    {"UndefinedCancels", "1/(x-x)-1/(x-x)", "0", "undecided"},
    {"Infinity", "oo", "oo", "proved"},
    {"OtherInfinity", "oo", "-oo", "refuted"},
    {"InfinityMinusItself", "oo-oo", "0", "undecided"},
    {"InfinityOverItself", "oo/oo", "1", "undecided"},
    {"NoTimesInfinity", "0*oo", "0", "undecided"},
    {"InfinityInside", "e^(-oo)-e^(-oo)", "0", "undecided"},
    {"ScaledInfinity", "-2*oo", "-oo", "proved"},
    {"InfinityAndASymbol", "x", "oo", "refuted"},
    {"InfinityIsNoNumber", "oo", "10^20", "refuted"},

    // Too large to write out.
    {"TowerIsItself", "9^(9^(9^9))", "9^(9^(9^9))", "proved"},
    {"OtherTower", "9^(9^(9^9))", "9^(9^(9^8))", "refuted"},
    {"TowerIsNoFive", "9^(9^(9^9))", "5", "refuted"},
    {"TowerMinusItself", "9^(9^(9^9))-9^(9^(9^9))", "0", "proved"},
    {"HigherTower", "2^(2^(2^(2^(2^(2^9)))))", "5", "refuted"},
    {"TowerOfThreesIsNoTowerOfTwos", "2^(2^(2^(2^(2^(2^9)))))",
     "3^(3^(3^(3^(3^9))))", "refuted"},
    {"FactorialTower", "((((10)!)!)!)!", "5", "refuted"},
    {"DoubleFactorialTower", "10!!!!", "5", "refuted"},
    {"FactorialOfFactorial", "(10!)!", "5", "refuted"},
    {"FactorialOf1e8", "100000000!", "5", "refuted"},
    {"FactorialIsItself", "100000000!", "100000000!", "proved"},
    {"LargePower", "7^300000000", "5", "refuted"},
    {"LargePowerPlusOne", "7^300000000", "7^300000000+1", "refuted"},
    {"LargeBinomial", "binom(1000000000,500000000)", "5", "refuted"},
    {"PowerModulo", "mod(7^1000000000,10)", "1", "proved"},
    {"LongSum", "sum(k,1,1000000000,1/k^2)", "1", "undecided"},
    {"LongSumIsItself", "sum(k,1,1000000000,1/k^2)",
     "sum(j,1,1000000000,1/j^2)", "proved"},
};

class ScalarRows : public testing::TestWithParam<Row> {};

TEST_P(ScalarRows, IsDecidedBothWays) {
  const Row& row = GetParam();
  const Tree a = TreeOf(row.a);
  const Tree b = TreeOf(row.b);
  Proof proof;
  Work work;
  const Decision there = EqualScalars(RootOf(a), RootOf(b), &work, &proof);
  std::string rungs;
  for (const std::string& rung : proof) rungs += "\n  " + rung;
  EXPECT_EQ(there.evidence, row.evidence) << there.reason << rungs;
  EXPECT_EQ(there.equality == Equality::kEqual, row.evidence == "proved");
  Work again;
  const Decision back = EqualScalars(RootOf(b), RootOf(a), &again, nullptr);
  EXPECT_EQ(back.evidence, there.evidence);
  EXPECT_EQ(back.equality, there.equality);
  EXPECT_EQ(again.left(), work.left());
}

INSTANTIATE_TEST_SUITE_P(EqualScalars, ScalarRows, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rewards::math
