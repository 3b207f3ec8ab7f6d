// Numbers with signs and units around them, rounding, times, words.

#include <gtest/gtest.h>

#include "rows.h"

namespace rewards::math {
namespace {

TEST(Quantities, Meet) {
  constexpr Row kRows[] = {
      {"120^\\circ", "\\frac{2\\pi}{3} \\text{ radians}"},
      {"3 \\text{ ohms}", "3 \\Omega", "units"},
      {"10 \\text{ cm}", "10", "units"},
      {"10", "10 \\text{ cm}", "units"},
      {"15\\mbox{ cm}^2", "15\\text{ cm}^2"},
      {"1 \\text{ m}", "100 \\text{ cm}"},
      {"2 \\text{ hours}", "120 \\text{ minutes}"},
      {"1 \\text{ m}^2", "10000 \\text{ cm}^2"},
      {"\\$10", "10", "units"},
      {"\\$10", "10 \\text{ dollars}"},
      {"\\pounds 10", "10 \\text{ pounds}"},
      {"10 \\text{ pounds sterling}", "10 \\text{ gbp}"},
      {"12\\sqrt{13}\\text{ feet}", "12\\sqrt{13}", "units"},
      {"50\\%", "\\frac{1}{2}"},
      {"50\\%", "0.5"},
      {"50", "50\\%", "percent"},
      {"90^\\circ", "\\frac{\\pi}{2}"},
      {"90^\\circ", "90", "degrees"},
      {"90", "90^\\circ", "degrees"},
      {"20 \\text{ degrees}", "20^\\circ"},
      {"10 square units", "10"},
      {"10 \\text{ cm}^2", "10 square units", "units"},
      {"9 \\text{ cm}", "\\frac{3}{2} \\cdot 6 \\text{ cm}"},
      {"9", "x = \\frac{3}{2} \\cdot 6 \\text{ cm} = 9", "assignment"},
      {"3.5 \\text{ hours}", "3 \\text{ hours } 30 \\text{ minutes}"},
      {"66 \\text{ inches}", "5 \\text{ feet } 6 \\text{ inches}"},
      {"1/3", "\\frac{1}{3} \\text{meters}", "units"},
      {"-5", "-5 \\text{ cm}", "units"},
      {"60 \\text{ per minute}", "1 \\text{ per second}"},
      {"5 \\text{ s}^{-1}", "5 \\text{ Hz}"},
      {"6 cm^{-3}", "6000000 \\text{ m}^{-3}"},
      {"\\dfrac{7}{12}\\text{ cups}", "7/12 cup"},
      {"\\text{one half}", "0.5"},
      {"30\\%", "百分之三十"},
      {"60千米/时", "60 km/h"},
      {"12平方米", "12 m²", "units"},
      {"10 \\text{ m}", "10 m", "units"},
      {"10m", "1000 \\text{ cm}", "units"},
      {"-3 \\text{ m}^2", "-3m^2", "units"},
      {"5\\sqrt{2} \\text{ m}", "5\\sqrt{2} m", "units"},
      {"20 \\text{ N}", "20\\,N", "units"},
      {"1 \\text{ hour}", "1h", "units"},
      {"2.5 \\text{ hours}", "two and a half hours"},
  };
  ExpectPaid(kRows);
}

TEST(Quantities, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"120^\\circ", "\\frac{\\pi}{3} \\text{ radians}"},
      {"120^\\circ", "120 \\text{ radians}"},
      {"\\pi", "\\pi^\\circ"},
      {"120^\\circ", "\\frac{2\\pi}{3} \\text{ cm}"},
      {"2 \\text{ cm}", "2 \\text{ radians}"},
      {"10 \\text{ cm}", "10 \\text{ m}"},
      {"10 \\text{ cm}", "10 \\text{ kg}"},
      {"1 \\text{ m}", "10 \\text{ cm}"},
      {"1 \\text{ m}", "100"},
      {"1 \\text{ m}^2", "100 \\text{ cm}^2"},
      {"10 \\text{ cm}", "10 \\text{ cm}^2"},
      {"\\$10", "10 \\text{ cents}"},
      {"50\\%", "5"},
      {"50", "500\\%"},
      {"50", "0.5\\%"},
      {"90^\\circ", "\\pi"},
      {"90^\\circ", "45"},
      {"90^\\circ", "\\frac{\\pi}{4}"},
      {"\\frac{\\pi}{2}", "90"},
      {"10 \\text{ cm}", "11"},
      {"50\\%", "50 \\text{ cm}"},
      {"3.3 \\text{ hours}", "3 \\text{ hours } 30 \\text{ minutes}"},
      {"5 \\text{ m}", "5 \\text{ kg}"},
      {"\\frac{5}{2} \\text{ cm}", "\\frac{5}{2 \\text{ cm}}"},
      {"\\frac{5}{2}", "\\frac{5}{2 \\text{ cm}}"},
      {"9 \\text{ m}", "\\frac{3}{2} \\cdot 6 \\text{ cm}"},
      {"12 \\text{ cm}", "4 \\text{ cm} \\cdot 3 \\text{ cm}"},
      {"5 \\text{ m}", "5 \\text{ s}"},
      {"90^\\circ", "90\\%"},
      {"25\\%", "0.25 \\text{ cm}"},
      {"90^\\circ", "90 \\text{ cm}"},
      {"60 \\text{ per minute}", "60 \\text{ per second}"},
      {"5 \\text{ s}^{-1}", "5 \\text{ s}"},
      {"6 cm^{-3}", "6 cm^{-2}"},
      {"3", "one third"},
      {"10", "10 m"},
      {"5 m", "5 s"},
      {"10 \\text{ m}", "10 s"},
      {"10 \\text{ m}", "10 x"},
      {"10 \\text{ m}", "10 m^2"},
      {"10 \\text{ m}", "10 m^4"},
      {"10 \\text{ m}", "x m"},
      {"10 \\text{ m}", "10 m m"},
      {"10 \\text{ m}", "10 + m"},
      {"25", "twenty-fifth"},
      {"1 \\text{ per dog}", "1 \\text{ per cat}"},
  };
  ExpectUnpaid(kRows);
}

TEST(Percent, TheGoldMustHaveNoSign) {
  EXPECT_NE(DecideText("50\\%", "50", {}).equality, Equality::kEqual);
  Policy off;
  off.percent = false;
  EXPECT_NE(DecideText("50", "50\\%", off).equality, Equality::kEqual);
}

TEST(Rounding, ADecimalGoldIsMetByWhatRoundsToIt) {
  constexpr Row kRows[] = {
      {"0.33", "\\frac{1}{3}", "rounding"},
      {"3.14", "\\pi", "rounding"},
      {"1.41", "\\sqrt{2}", "rounding"},
      {"-0.33", "-\\frac{1}{3}", "rounding"},
      {"33.3\\%", "\\frac{1}{3}", "rounding"},
      {"x = 0.67", "x = \\frac{2}{3}", "rounding"},
      {"(0.33, 2)", "(\\frac13, 2)", "rounding"},
      {"0.33 \\text{ m}", "\\frac13", "rounding units"},
      {"2.718", "e", "rounding"},
      {"0.50", "\\frac12"},
  };
  ExpectPaid(kRows);
}

TEST(Rounding, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"\\frac{1}{3}", "0.3"},   {"\\frac{1}{12}", "0.0833333333333333"},
      {"\\pi", "3.1416"},        {"0.3", "\\frac{2}{7}"},
      {"0.33", "\\frac{3}{10}"}, {"0.33", "0.333"},
      {"4.50", "4.504"},         {"0.34", "\\frac13"},
      {"3.15", "\\pi"},          {"3.14159", "\\frac{22}{7}"},
      {"0.33", "-\\frac13"},     {"3", "\\pi"},
      {"2.0", "2 + 10^{-5}"},
  };
  // Only in this direction: the other is a rounding.
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.gold);
    EXPECT_NE(DecideText(row.gold, row.answer, {}).equality, Equality::kEqual);
  }
}

TEST(Rounding, NeedsThePolicy) {
  Policy off;
  off.rounding = false;
  EXPECT_NE(DecideText("0.33", "\\frac13", off).equality, Equality::kEqual);
}

TEST(Times, AreTimesOfDay) {
  constexpr Row kPaid[] = {
      {"1:03 \\text{ PM}", "13:03"},
      {"20:34", "20:34:00"},
      {"8\\!:\\!34 \\text{ p.m.}", "8:34 \\text{ PM}"},
      {"20:34", "08:34 \\text{P.M.}"},
  };
  constexpr Row kUnpaid[] = {
      {"1:03 \\text{ PM}", "1:03 \\text{ AM}"},
      {"1:03 \\text{ PM}", "1:30 \\text{ PM}"},
      {"12:00", "1:00"},
  };
  ExpectPaid(kPaid);
  ExpectUnpaid(kUnpaid);
}

TEST(Words, AreEqualWithCaseAndSpaceFolded) {
  constexpr Row kRows[] = {
      {"\\text{Even}", "even"},
      {"\\text{parabola}", "Parabola"},
      {"\\text{(B)}", "B"},
      {"\\text{C}", "(C)"},
      {"\\mbox{Saturday}", "\\text{saturday}"},
      {"(D) Alina", "D"},
      {"x = \\text{odd}", "\\text{odd}", "assignment"},
      {"\\text{C}", "C Cecile"},
      {"\\text{ABD}", "A, B, D"},
      {"\\emptyset", "\\text{no solution}"},
      {"无解", "no solution"},
      {"\\text{ellipse}", "\\text{an ellipse}"},
      {"\\text{DNE}", "\\text{does not exist}"},
      {"\\overline{AB}", "AB"},
      {"CD", "\\overline{CD}"},
  };
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.gold);
    const Decision decision = DecideText(row.gold, row.answer, {});
    EXPECT_EQ(decision.equality, Equality::kEqual) << Show(decision);
    EXPECT_EQ(decision.evidence, "text");
  }
}

TEST(Choices, MeetTheirLetterAndTheirContent) {
  constexpr Row kRows[] = {
      {"C", "(C) 12"},
      {"\\textbf{(E)}\\ 12", "E"},
      {"\\textbf{(E)}\\ 12", "12", "assignment"},
      {"12", "\\textbf{(E) }12", "assignment"},
      {"(E) -12", "\\textbf{(E)}\\ -12"},
      {"C. 1-i", "C"},
      {"C. 1-i", "1-i", "assignment"},
      {"C. \\{x \\mid -3<x<4\\}", "(-3, 4)", "assignment"},
      {"\\text{(A) } \\frac12", "(A)"},
      {"B", "\\text{B) } \\frac12"},
      {"B", "B: 12"},
  };
  ExpectPaid(kRows);
}

TEST(Choices, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"(C) 12", "D"},   {"(C) 12", "(D) 12"}, {"(C) 12", "(C) 13"},
      {"(C) 12", "13"},  {"C. 1-i", "1+i"},    {"C. 1-i", "C. 1+i"},
      {"C", "(C) - 12"}, {"A", "(A)(B)"},      {"A", "(A) B"},
      {"A", "(A) (B)"},  {"A", "A: B"},
  };
  ExpectUnpaid(kRows);
}

TEST(Words, WithADigitOrAnOperatorAreUndecided) {
  for (const char* words : {"june 20", "a+b", "a=b", "x²", "−", "½", "３",
                            "a/b", "c<d", "a^b", "50%", "√", "∞", ""}) {
    Tree tree;
    tree.Add(Kind::kText, {}, words);
    Work work;
    EXPECT_EQ(Equal(tree, tree, Policy{}, &work, nullptr).equality,
              Equality::kUndecided)
        << words;
  }
}

TEST(Words, NeverPayForWhatMayBeMathematics) {
  constexpr Row kRows[] = {
      {"\\text{Even}", "odd"},
      {"(D) Alina", "C"},
      {"(D) Alina", "\\text{alina}"},
      {"\\text{a dog}", "\\text{A}"},
      {"\\text{b. east}", "\\text{C}"},
      {"d", "\\text{E}"},
      {"\\text{(B)}", "\\text{(C)}"},
      {"\\text{parabola}", "\\text{hyperbola}"},
      {"\\text{A,C}", "\\text{A,B}"},
      {"\\text{east}", "\\text{west}"},
      {"\\text{none}", "0"},
      {"\\text{ABD}", "A, B"},
      {"\\text{ABD}", "A, B, C"},
      {"\\text{no solution}", "\\{0\\}"},
      {"无解", "\\text{none of them}"},
      {"\\text{yes}", "1"},
      {"\\text{DNE}", "\\text{no solution}"},
      {"\\text{an ellipse}", "\\text{a circle}"},
      {"\\overline{AB}", "BA"},
      {"\\overline{AB}", "CD"},
      {"\\overline{AB}", "\\overline{BA}"},  // may be a number by its digits
      {"\\overline{ABC}", "ABC"},
  };
  ExpectUnpaid(kRows);
}

}  // namespace
}  // namespace rewards::math
