// What the math checker says of one response to one gold, by name.

#include <gtest/gtest.h>

#include <string_view>

#include "tests/rewards/math_case.h"

namespace rewards {
namespace {

using namespace std::string_view_literals;

class MathCases : public testing::TestWithParam<MathCase> {};

TEST_P(MathCases, Judges) { ExpectCase(GetParam()); }

constexpr MathCase kSame[] = {
    {"Integer", "42", "42", "correct", "proved"},
    {"TrailingZero", "42", "42.0", "correct", "proved"},
    {"LeadingZeros", "42", "0042", "correct"},
    {"LeadingPoint", "0.5", ".5", "correct"},
    {"UnreducedFraction", "1/2", "2/4", "correct", "proved"},
    {"SignInDenominator", "-1/2", "1/-2", "correct"},
    {"LatexFraction", "1/2", "\\frac{21}{42}", "correct"},
    {"DisplayFraction", "1/2", "$\\dfrac{1}{2}$", "correct"},
    {"TextFraction", "1/2", "\\tfrac12", "correct"},
    {"ContinuedFraction", "1/2", "\\cfrac{1}{2}", "correct"},
    {"HalfBraced", "5/9", "\\frac5{9}", "correct"},
    {"OtherHalfBraced", "5/9", "\\frac{5}9", "correct"},
    {"SpacedDigits", "5/9", "\\frac 59", "correct"},
    {"NestedFraction", "3/4", "\\frac{\\frac{3}{2}}{2}", "correct"},
    {"NegativeFraction", "-35/9", "-\\frac{35}{9}", "correct"},
    {"DecimalOfFraction", "1/4", "0.25", "correct", "proved"},
    {"MixedText", "31/4", "7 3/4", "correct"},
    {"MixedLatex", "9/5", "1\\frac{4}{5}", "correct"},
    {"MixedNegative", "-9/5", "-1\\frac{4}{5}", "correct"},
    {"Power", "1024", "2^{10}", "correct"},
    {"PowerPlain", "1024", "2^10", "correct"},
    {"PowerStars", "1024", "2**10", "correct"},
    {"PowerNegative", "0.001", "10^{-3}", "correct"},
    {"PowerBindsTighterThanSign", "-4", "-2^2", "correct"},
    {"PowerOfBracket", "4", "(-2)^2", "correct"},
    {"PowerIsRightAssociative", "512", "2^{3^2}", "correct"},
    {"PowersSideBySide", "72", "2^3 3^2", "correct"},
    {"Scientific", "1200", "1.2e3", "correct"},
    {"ScientificLatex", "1200", "1.2\\times 10^3", "correct"},
    {"ScientificSmall", ".0000672", "6.72 \\cdot 10^{-5}", "correct"},
    {"Arithmetic", "7", "1 + 2*3", "correct"},
    {"LeftAssociative", "1", "8/4/2", "correct"},
    {"DivisionSign", "4", "8 \\div 2", "correct"},
    {"Brackets", "9", "\\left(1+2\\right)*3", "correct"},
    {"ImpliedProduct", "6", "2(3)", "correct"},
    {"UnicodeMinus", "-5", "\u22125", "correct"},
    {"DashAsSign", "-5", "\u20135", "correct"},
    {"UnicodeTimes", "6", "2\u00d73", "correct"},
    {"VulgarFraction", "3/4", "\u00be", "correct"},
    {"VulgarMixed", "5/2", "2\u00bd", "correct"},
    {"Superscript", "1000", "10\u00b3", "correct"},
    {"FullWidth", "42", "\uff14\uff12", "correct"},
    {"ArabicDigits", "42", "\u0664\u0662", "correct"},
    {"DevanagariDigits", "42", "\u096a\u0968", "correct"},
    {"RootOfSquare", "7", "\\sqrt{49}", "correct"},
    {"RootSign", "4", "\u221a16", "correct"},
    {"RootWord", "4", "sqrt(16)", "correct"},
    {"RootOfFraction", "2/3", "\\sqrt{\\frac{4}{9}}", "correct"},
    {"PlusSign", "5", "+5", "correct"},
    {"Absolute", "5", "|-5|", "correct"},
    {"LongInteger", "123456789012345678901234567890",
     "123456789012345678901234567890", "correct"},
};

constexpr MathCase kSpellings[] = {
    {"Thousands", "1319", "1,319", "correct"},
    {"ThousandsBraced", "1319", "1{,}319", "correct"},
    {"ThousandsThin", "1319", "1\\,319", "correct"},
    {"ThousandsNoSpace", "10080", "10,\\!080", "correct"},
    {"ThousandsNoSpaceThenSpace", "32348", "\\$32,\\!348", "correct"},
    {"Millions", "1234567.5", "1,234,567.5", "correct"},
    {"ThinSpaceSign", "1319", "1\u2009319", "correct"},
    {"Assignment", "42", "x=42", "correct"},
    {"AssignmentIndexed", "42", "$x_1 = 42$", "correct"},
    {"AssignmentWord", "42", "Area = 42", "correct"},
    {"AssignmentText", "42", "\\text{Area} = 42", "correct"},
    {"AssignmentCall", "42", "f(3) = 42", "correct"},
    {"AssignmentInGold", "x=5", "5", "correct"},
    {"AssignmentBoth", "x=5", "x=5", "correct"},
    {"TrueChain", "10", "x = 4+6 = 10", "correct"},
    {"Dollar", "18", "$18", "correct"},
    {"DollarEscaped", "18", "\\$18", "correct"},
    {"DollarNegative", "-18", "-$18", "correct"},
    {"DollarAfter", "1000.99", "1,000.99$", "correct"},
    {"Euro", "18", "\u20ac18", "correct"},
    {"EuroAfter", "18", "18 \u20ac", "correct"},
    {"Pound", "18", "\u00a318.00", "correct"},
    {"UnitWord", "42", "42 dollars", "correct"},
    {"UnitText", "42", "42\\ \\text{dollars}", "correct"},
    {"UnitMbox", "15\\mbox{ cm}^2", "15", "correct"},
    {"UnitBothSides", "15\\mbox{ cm}^2", "15 \\text{ square cm}", "correct"},
    {"UnitSpelledOut", "5 \\text{ km}", "5 kilometers", "correct"},
    {"UnitGlued", "10", "10weeks", "correct"},
    {"UnitPerUnit", "60", "60 miles per hour", "correct"},
    {"UnitSlashed", "60 \\text{ mph}", "60 \\text{ miles/hour}", "correct"},
    {"UnitOfNothing", "10 cm^2", "10 square units", "correct"},
    {"UnitChinese", "3", "3\u9875", "correct"},
    {"Degrees", "90", "90^\\circ", "correct"},
    {"DegreesBraced", "90^\\circ", "90^{\\circ}", "correct"},
    {"DegreesSign", "90^\\circ", "90\u00b0", "correct"},
    {"DegreesWord", "\\frac{270}7\\text{ degrees}", "270/7", "correct"},
    {"Bold", "42", "**42**", "correct"},
    {"BoldAfterAnchor", "18", "The answer is **18**.", "correct"},
    {"BoldUnitAfterAnchor", "18", "The answer is **18 eggs**.", "correct"},
    {"BoldThenUnit", "18", "The answer is **18** eggs.", "correct"},
    {"BoldAnchor", "18", "**Answer:** 18.", "correct"},
    {"BoldAnchorAndAnswer", "18", "**Answer: 18**.", "correct"},
    {"BoldBoth", "18", "**Answer:** **18**", "correct"},
    {"ItalicAnchor", "18", "*Answer:* 18", "correct"},
    {"BoldHeading", "18", "**Final Answer**\n\n18", "correct"},
    {"BoldMathematics", "18", "The answer is **$18$**.", "correct"},
    {"BoldLatex", "42", "\\textbf{42}", "correct"},
    {"BoldMath", "42", "$\\mathbf{42}$", "correct"},
    {"BoldWithUnit", "42", "**42** dollars", "correct"},
    {"TextOfDigits", "13", "\\text{13}", "correct"},
    {"FullStop", "42", "42.", "correct"},
    {"ChineseStop", "42", "42\u3002", "correct"},
    {"Inline", "42", "\\(42\\)", "correct"},
    {"Display", "42", "\\[ 42 \\]", "correct"},
    {"DollarDollar", "42", "$$ 42 $$", "correct"},
    {"SpacedDollars", "42", "$ 42 $", "correct"},
    {"Quoted", "42", "\"42\"", "correct"},
    {"StrayBackslash", "185", "185\\", "correct"},
    {"Framed", "42", "\\fbox{42}", "correct"},
    {"BoxInBox", "42", "\\boxed{\\boxed{42}}", "correct"},
    {"BoxOfText", "42", "\\boxed{\\text{42}}", "correct"},
};

constexpr MathCase kPercent[] = {
    {"OfOneHalf", "1/2", "50%", "correct", "proved"},
    {"OfDecimal", "0.5", "50\\%", "correct"},
    {"GoldHasSign", "50%", "50%", "correct"},
    {"GoldHasSignAnswerIsFraction", "50\\%", "1/2", "correct"},
    {"GoldHasNoSign", "50", "50%", "correct", "proved"},
    {"GoldHasSignAnswerHasNot", "50%", "50", "wrong", "refuted"},
    {"Word", "1/2", "50 percent", "correct"},
    {"WordAfterBox", "28\\%", "$\\boxed{28}$ pct", "correct"},
    {"SignAfterBox", "28\\%", "$\\boxed{28}\\%$", "correct"},
    {"HundredTimesTooMuch", "1/2", "5000%", "wrong"},
    {"HundredTimesTooLittle", "50", "0.5%", "wrong"},
    {"NotOtherWay", "0.5", "50", "wrong"},
};

constexpr MathCase kRounding[] = {
    {"GoldIsRounded", "0.33", "1/3", "correct", "rounded"},
    {"GoldIsRoundedUp", "66.67", "200/3", "correct", "rounded"},
    {"GoldPercentIsRounded", "33.3%", "1/3", "correct", "rounded"},
    {"GoldIsWronglyRounded", "0.34", "1/3", "wrong", "refuted"},
    {"GoldTruncated", "0.66", "2/3", "wrong"},
    {"AnswerIsRounded", "1/3", "0.33", "wrong", "refuted"},
    {"AnswerHasManyDigits", "1/12", "0.0833333333333333", "wrong"},
    {"ExactDecimals", "0.5", "0.5000", "correct", "proved"},
    {"TwoDecimals", "4.50", "4.504", "wrong", "refuted"},
    {"FiniteFraction", "0.33", "331/1000", "wrong", "refuted"},
    {"OneDigitSaysTooLittle", "0.3", "1/3", "wrong"},
    {"IntegerIsNoRounding", "42", "125/3", "wrong"},
};

constexpr MathCase kNearMisses[] = {
    {"OffByOne", "42", "41", "wrong", "refuted"},
    {"Sign", "42", "-42", "wrong"},
    {"DigitDropped", "42", "4", "wrong"},
    {"TimesTen", "42", "420", "wrong"},
    {"DividedByTen", "42", "4.2", "wrong"},
    {"Reciprocal", "1/2", "2", "wrong"},
    {"OnlyDenominatorDiffers", "1/2", "1/3", "wrong"},
    {"OnlyNumeratorDiffers", "2/3", "1/3", "wrong"},
    {"LongPrefix", "1319", "131", "wrong"},
    {"CommaMoved", "1319", "1,3190", "unpaid"},
    {"TinyPowers", "2^{-99}", "2^{-98}", "wrong", "refuted"},
    {"TinyDecimals", "1e-20", "2e-20", "wrong"},
    {"AlmostOne", "1", "1.00000000000000000001", "wrong"},
    {"LastDigitOfMany", "123456789012345678901234567890",
     "123456789012345678901234567891", "wrong"},
    {"MixedIsNoProduct", "21/4", "7 3/4", "wrong"},
    {"FractionIsNoMixed", "11/2", "\\frac{1}{2}", "wrong"},
    {"WrongUnit", "42 dollars", "42 cents", "wrong", "refuted"},
    {"WrongPower", "15 cm^2", "15 cm^3", "wrong", "undecided"},
    {"WrongCurrency", "$18", "\u20ac18", "wrong", "undecided"},
    {"DegreesAreNoPercent", "50^\\circ", "50%", "wrong"},
    {"OtherVariable", "x=5", "y=5", "wrong", "undecided"},
};

constexpr MathCase kNotThisNumber[] = {
    {"PercentOfPercent", "50\\%", "0.5\\%", "unpaid"},
    {"CutOffInASentence", "42",
     "There are 40 apples. She adds 2 and gets 42 before", "unpaid"},
    {"CutOffInTheLastBox", "42", "\\boxed{42} or rather \\boxed{4", "unpaid"},
    {"BoldTwoAnswers", "18", "The answer is **17** or **18**.", "unpaid"},
    {"BoldOther", "18", "The answer is **17**.", "unpaid"},
    // What stands beside a number may change it: never a fragment.
    {"Variable", "5", "5x", "unpaid"},
    {"VariableSpaced", "5", "5 x", "unpaid"},
    {"VariableBoxed", "5", "\\boxed{5m}", "unpaid"},
    {"VariableUpright", "5", "5\\mathrm{e}", "unpaid"},
    {"ProductOfLetters", "5", "5 xyz", "unpaid"},
    {"ProductGlued", "5", "5abcd", "unpaid"},
    {"Pi", "42", "42\\pi", "unpaid"},
    {"PiSign", "42", "42\u03c0", "unpaid"},
    {"PiInSentence", "42", "The answer is 42\u03c0.", "unpaid"},
    {"Surd", "4", "4\\sqrt{2}", "unpaid"},
    {"Million", "5", "5 million", "unpaid"},
    {"MillionInSentence", "5", "The answer is 5 million.", "unpaid"},
    {"Dozen", "5", "\\boxed{5\\text{ dozen}}", "unpaid"},
    {"ChineseTenThousand", "5", "5\u4e07", "unpaid"},
    {"Negative", "5", "The answer is negative 5.", "unpaid"},
    {"Not", "5", "The answer is not 5.", "unpaid"},
    {"Half", "5", "The answer is 5 and a half.", "unpaid"},
    {"Factorial", "5", "5!", "unpaid"},
    {"FactorialInSentence", "5", "So we get 5!", "unpaid"},
    {"Base", "12", "12_8", "unpaid"},
    {"Overline", "0", "0.\\overline{3}", "unpaid"},
    {"Dots", "0.333", "0.333\\dots", "unpaid"},
    {"DotsPlain", "0.333", "0.333...", "unpaid"},
    {"PlusMinus", "5", "\\pm 5", "unpaid"},
    {"Inequality", "5", "x > 5", "unpaid"},
    {"Ratio", "7", "7:32", "unpaid"},
    {"ClockTime", "12", "12:00", "unpaid"},
    {"Tuple", "13", "(1,3)", "unpaid"},
    {"TupleOrThousands", "1319", "(1,319)", "unpaid"},
    {"Interval", "3", "[3, 4)", "unpaid"},
    {"Set", "3", "\\{3, 4\\}", "unpaid"},
    {"WordWithDigits", "2", "AZYUK2A", "unpaid"},
    {"DecimalComma", "0.5", "0,5", "unpaid"},
    {"TwoNumbers", "42", "4 2", "unpaid"},
    {"HiddenSpace", "42", "4\u200b2", "unpaid"},
    {"AmbiguousDivision", "6", "12/2(1)", "unpaid"},
    {"AmbiguousMixed", "7", "2\\frac{3}{1}", "unpaid"},
    {"MixedUnderFraction", "3", "1/7 3/4", "unpaid"},
    {"TwoSigns", "5", "--5", "unpaid"},
    {"EquationIsNoNumber", "0", "$a + 3z = 0$", "unpaid"},
    {"ExpressionIsNoNumber", "6859", "\\boxed{x^9+6859}", "unpaid"},
    {"FalseChain", "3", "x=2=3", "unpaid"},
    {"FalseChainBoxed", "3", "\\boxed{x=2=3}", "unpaid"},
    {"FalseChainInSentence", "3", "So we have 1 + 1 = 3.", "unpaid"},
    {"FalseApproximation", "3", "x = 2 \\approx 3", "unpaid"},
};

constexpr MathCase kNoAnswer[] = {
    {"Empty", "42", "", "unpaid"},
    {"Space", "42", " \n\t ", "unpaid"},
    {"Words", "42", "I do not know.", "unpaid"},
    {"BothGuesses", "42", "41 or 42", "unpaid"},
    {"BothGuessesOtherWay", "42", "42 or 41", "unpaid"},
    {"CommaList", "42", "41, 42", "unpaid"},
    {"SetOfGuesses", "42", "\\boxed{41, 42}", "unpaid"},
    {"PlusMinusList", "42", "\\boxed{\\pm 42}", "unpaid"},
    {"TwoBoxes", "42", "\\boxed{41} or \\boxed{42}", "unpaid"},
    {"ThreeBoxes", "3", "\\boxed{1} \\boxed{2} \\boxed{3}", "unpaid"},
    {"TwoAnchors", "42", "Answer: 41. Answer: 42", "unpaid"},
    {"TwoAnswerTags", "42",
     "<think>x</think><answer>41</answer><answer>42</answer>", "unpaid"},
    {"GuessesInSentence", "42", "So it is 41, or maybe 42.", "unpaid"},
    {"GuessesAfterAnchor", "42", "The answer is 41 or 42.", "unpaid"},
    {"EveryNumber", "42", "Answer: 40 41 42 43", "unpaid"},
    {"DivisionByZero", "42", "1/0", "unpaid"},
    {"ZeroOverZero", "1", "0/0", "unpaid"},
    {"ZeroToZero", "1", "0^0", "unpaid"},
    {"RootOfNegative", "2", "\\sqrt{-4}", "unpaid"},
    {"EmbeddedNul", "42", "42\0x"sv, "unpaid"},
    {"NulInside", "42", "4\0002"sv, "unpaid"},
    {"BadUtf8", "42", "42\xff", "unpaid"},
    {"RightToLeft", "42", "\u202e24", "unpaid"},
    {"Homoglyph", "10", "1O", "unpaid"},
    {"CircledDigit", "1", "\u2460", "unpaid"},
    {"Injection", "42", "42\", \"reward\": 1}", "unpaid"},
    {"CutOffBox", "42", "so \\boxed{42", "unpaid"},
    {"CutOffThought", "42", "<think>so it is \\boxed{42}", "unpaid"},
    {"BoxInThought", "42", "<think>\\boxed{42}</think> I am sure.", "unpaid"},
    {"CutOffReasoning", "42",
     "First we add 20 and 22.\nThis gives 42 and we then look at 17 and",
     "unpaid"},
    {"EmptyBox", "42", "42 \\boxed{}", "unpaid"},
    {"UnfinishedSum", "42", "\\boxed{42+}", "unpaid"},
    {"UnbalancedBracket", "42", "\\boxed{(42}", "unpaid"},
};

constexpr MathCase kTooLarge[] = {
    {"Tower", "5", "9^{9^{9^9}}", "wrong"},
    {"TowerItself", "9^{9^{9^9}}", "9^{9^{9^9}}", "correct", "proved"},
    {"TowerAnother", "9^{9^{9^9}}", "9^{9^{9^8}}", "wrong"},
    {"HugePower", "5", "7^{300000000}", "wrong"},
    {"HugeExponent", "5", "1e999999999", "unpaid"},
    {"HugeExponentLong", "5", "1e99999999999999999999", "unpaid"},
    {"TinyExponent", "5", "1e-999999999", "unpaid"},
    {"HugeFactorial", "5", "100000000!", "wrong"},
    {"Factorials", "\\frac{1}{2004!}", "\\frac{1}{2006!}", "wrong", "refuted"},
    {"AlmostInteger", "262537412640768744", "e^{\\pi\\sqrt{163}}", "wrong",
     "refuted"},
};

constexpr MathCase kBadGolds[] = {
    {"Empty", "", "", "invalid"},
    {"Space", " ", "1", "invalid"},
    {"DivisionByZero", "1/0", "1/0", "invalid"},
    {"Nonsense", "3 + * 4 ]", "1", "invalid"},
    {"Hedged", "Answer: 1. Answer: 2.", "2", "invalid"},
};

INSTANTIATE_TEST_SUITE_P(Same, MathCases, testing::ValuesIn(kSame), CaseName);
INSTANTIATE_TEST_SUITE_P(Spellings, MathCases, testing::ValuesIn(kSpellings),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(Percent, MathCases, testing::ValuesIn(kPercent),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(Rounding, MathCases, testing::ValuesIn(kRounding),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(NearMisses, MathCases, testing::ValuesIn(kNearMisses),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(NotThisNumber, MathCases,
                         testing::ValuesIn(kNotThisNumber), CaseName);
INSTANTIATE_TEST_SUITE_P(NoAnswer, MathCases, testing::ValuesIn(kNoAnswer),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(TooLarge, MathCases, testing::ValuesIn(kTooLarge),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(BadGolds, MathCases, testing::ValuesIn(kBadGolds),
                         CaseName);

// Between exact values, swapping the two sides changes nothing.
class MathSymmetry : public testing::TestWithParam<MathCase> {};

TEST_P(MathSymmetry, SwappedSidesSayTheSame) {
  const MathCase& c = GetParam();
  const Judged there = Judge(c.gold, c.response);
  const Judged back = Judge(c.response, c.gold);
  EXPECT_EQ(there.outcome, back.outcome) << back.detail;
  EXPECT_EQ(there.evidence, back.evidence);
}

INSTANTIATE_TEST_SUITE_P(Same, MathSymmetry, testing::ValuesIn(kSame),
                         CaseName);
INSTANTIATE_TEST_SUITE_P(Spellings, MathSymmetry, testing::ValuesIn(kSpellings),
                         CaseName);

}  // namespace
}  // namespace rewards
