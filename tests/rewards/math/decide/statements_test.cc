// Assignments, chains, labelled tuples, equations, functions, families.

#include <gtest/gtest.h>

#include "rows.h"

namespace rewards::math {
namespace {

TEST(Assignments, StandForTheirValue) {
  constexpr Row kRows[] = {
      {"5", "x = 5", "assignment"},
      {"x = 5", "5", "assignment"},
      {"x = 5", "x = 5"},
      {"x = 5", "5 = x"},
      {"7", "f(3) = 7", "assignment"},
      {"f(x) = x^2 + 1", "f(t) = t^2 + 1"},
      {"p(x) = x^2 - 1", "(x - 1)(x + 1)", "assignment"},
      {"f(x) = x^2 + 1", "x^2 + 1", "assignment"},
      {"y = 2x + 3", "2x + 3", "assignment"},
      {"y = 2x + 3", "f(x) = 2x + 3", "assignment"},
      {"17", "m + n = 17", "assignment"},
      {"\\frac{2}{3}", "P(A) = \\frac{2}{3}", "assignment"},
      {"(0, 1)", "D = (0, 1)", "assignment"},
      {"1/2", "1/2 = 0.5"},
      {"x = 2", "x = 1 + 1 = 2"},
      {"\\frac{1}{3}", "x = \\frac{1}{3} \\approx 0.333", "assignment"},
      {"\\frac{\\sqrt{3}}{3}", "\\frac{\\sqrt{3}}{3} \\approx 0.577"},
      {"11", "x \\approx 11", "assignment approximate"},
      {"25 \\pi", "S = \\pi r^2 = 25 \\pi", "assignment"},
      {"|AB| = 5", "5", "assignment"},
      {"AB = 5", "\\overline{AB} = 5", "assignment"},
      {"|AB| = 5", "AB = 5", "assignment"},
      {"\\overline{AB} = 5", "|\\overline{AB}| = 5", "assignment"},
      {"5", "|z| = 5", "assignment"},
      {"a_n = 2n - 1", "a_n = 2n - 1, n \\in \\mathbb{N}", "assignment"},
      {"f(x) = x^2, x \\in \\mathbb{R}", "f(x) = x^2", "assignment"},
      {"f(x) = x^2 \\text{ for all } x", "f(x) = x^2", "assignment"},
      {"f(x) = x^2 \\text{ for all } x \\in \\mathbb{R}", "f(x) = x^2",
       "assignment"},
      {"f(x) = ax + b", "f(x) = ax + b \\text{ where } a, b \\in \\mathbb{R}",
       "assignment"},
      {"f(x) = cx", "f(x) = cx \\text{ for any real constant } c",
       "assignment"},
      {"\\pi", "\\text{the area} = \\pi", "assignment"},
      {"\\frac{1}{4}", "P(X = 3) = \\frac{1}{4}", "assignment"},
      {"P(X \\le 2) = \\frac{1}{4}", "0.25", "assignment"},
      {"5", "\\left|\\overrightarrow{AB}\\right| = 5", "assignment"},
      {"5", "|\\vec{a}| = 5", "assignment"},
  };
  ExpectPaid(kRows);
}

TEST(Assignments, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"3", "x = 2 = 3"},
      {"2", "x = 2 = 3"},
      {"5", "x = 4"},
      {"x = 5", "y = 5"},
      {"P(X = 3) = \\frac{1}{4}", "P(X = 2) = \\frac{1}{4}"},
      {"P(X = 3) = \\frac{1}{4}", "P(X = 3) = \\frac{1}{3}"},
      {"AB = 5", "\\overline{AC} = 5"},
      {"AB = 5", "\\overline{AB} = 4"},
      {"f(3) = 7", "f(2) = 7"},
      {"f(x) = x^2 + 1", "f(x) = x^2 - 1"},
      {"f(x) = x^2 \\text{ for all } x", "f(x) = x^3"},
      {"f(x) = cx", "f(x) = cx, c \\in \\mathbb{Z}"},
      {"f(x) = cx", "f(x) = cx, c > 0"},
      {"f(x) = cx", "f(x) = cx \\text{ where } c"},
      {"f(x) = x^2 + 1", "g(x) = x^2 + 1"},
      {"I(0) e^{-t}", "I(0) e^{t}"},
      {"x = 1/3", "x = 5 + 5 + 1 = 1/3 \\approx 11"},
      {"\\frac13", "\\frac13 \\approx 0.34"},
      {"2", "z = 3 + 3 = 2"},
      {"0", "1 = x = 0"},
      {"7 = 11a + c", "11a + c"},
      {"a + 3z = 0", "0"},
      {"a^2 + b = 0", "0"},
      {"x + y = 5", "5 + z"},
      {"3", "x^2 = 3"},
      {"3", "2x = 3"},
      {"0", "x^2 - x = 0"},
      {"5", "|x| = 5"},
      {"x^2 - 2", "x = x^2 - 2"},
      {"f(x) = x^2", "f(x) = x^2, t \\in \\mathbb{R}"},
      {"5", "x + x = 5"},
      {"5", "\\frac{x}{x} = 5"},
      {"f(x) = x", "f(t) = x"},
      {"x = 5", "\\text{radius} = 5"},
      {"x > 1 \\text{ or } y > 2", "x > 1, y > 2"},
      {"x = 1 \\text{ or } y = 2", "x = 1, y = 2"},
      {"|x| = 5", "5"},
      {"a_n = 2n - 1", "a_n = 2n - 1, k \\in \\mathbb{N}"},
      {"y = 2x, x > 0", "y = 2x"},
      {"f(x)", "f(y)"},
  };
  ExpectUnpaid(kRows);
}

TEST(Assignments, AnExpressionNamesTheAnswerNotTheGold) {
  EXPECT_EQ(DecideText("5", "x + y = 5", {}).equality, Equality::kEqual);
  EXPECT_NE(DecideText("x + y = 5", "5", {}).equality, Equality::kEqual);
}

TEST(Assignments, AnApproximationDoesNotMeetAnExactGold) {
  EXPECT_NE(DecideText("\\pi", "x \\approx 3.14", {}).equality,
            Equality::kEqual);
}

TEST(Labelled, MeetsTuplesInOrder) {
  constexpr const char* kPolicy = "labelled_tuples";
  constexpr Row kRows[] = {
      {"(16, 3)", "w = 16, d = 3", kPolicy},
      {"w = 16, d = 3", "(16, 3)", kPolicy},
      {"w = 16, d = 3", "d = 3, w = 16"},
      {"(p, q) = (3, 2)", "(3, 2)", "assignment"},
      {"(p, q, r) = (3, 2, 7)", "(3, 2, 7)", "assignment"},
      {"(p, q) = (3, 2)", "q = 2, p = 3"},
      {"(1, 2)", "x = 1, y = 2", kPolicy},
      {"(1, 2)", "y = 2, x = 1", kPolicy},
      {"(1, 2)", "x = 1 \\text{ and } y = 2", kPolicy},
      {"p=5,q=2;p=7,q=2", "(5,2),(7,2)", kPolicy},
      {"x = -5, p = \\frac{14}{3}", "-5, \\frac{14}{3}", kPolicy},
      {"(1, 2, 3)", "x_1 = 1, x_2 = 2, x_3 = 3", kPolicy},
      {"(1, 1, 1)", "x = y = z = 1", kPolicy},
      {"x = y = z = 1", "(1, 1, 1)", kPolicy},
      {"(x, y, z) = (1, 1, 1)", "x = y = z = 1"},
      {"x = 2, y = 2, z = 3", "x = y = 2, z = 3"},
  };
  ExpectPaid(kRows);
}

TEST(Labelled, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"(16, 3)", "w = 3, d = 16"},
      {"w = 16, d = 3", "w = 3, d = 16"},
      {"(1, 1, 2)", "x = y = z = 1"},
      {"(1, 1)", "x = y = z = 1"},
      {"x = 2, y = 2, z = 3", "x = y = 3, z = 2"},
      {"(2, 2)", "x = y = 1 + 1 = 3"},
      {"w = 16, d = 3", "w = 16, h = 3"},
      {"w = 16, d = 3", "w = 16"},
      {"w = 16, d = 3", "w = 16, d = 3, h = 5"},
      {"(2, 1)", "y = 2, x = 1"},
      {"(1, 2)", "x = 2, y = 1"},
      {"(p, q) = (3, 2)", "(2, 3)"},
      {"(p, q) = (3, 2)", "p = 2, q = 3"},
      {"(p, q) = (3, 2)", "(q, p) = (3, 2)"},
      {"(1, 2)", "x = 1, y = 2, z = 3"},
      {"p=5,q=2;p=7,q=2", "(5,2),(2,7)"},
      {"(1, 2)", "x = 1, x = 2"},
      {"\\{1, 2\\}", "x = 1, y = 2"},
  };
  ExpectUnpaid(kRows);
}

TEST(Equations, AreEqualUpToAFactor) {
  constexpr const char* kFactor = "equation_factor";
  constexpr Row kRows[] = {
      {"2x + z - 5 = 0", "5 = 2x + z"},
      {"34x+45y-20z+100=0", "-34x-45y+20z-100=0"},
      {"2x+4y-3=0", "y=-\\frac{1}{2}x+\\frac{3}{4}", kFactor},
      {"x^2/4 + y^2/3 = 1", "x^2/16 + y^2/12 = 1/4", kFactor},
      {"x - 2y + z - 1 = 0", "-x + 2y - z + 1 = 0"},
      {"y = 2x", "x = \\frac{y}{2}", kFactor},
      {"y = x + 2", "x - y + 2 = 0"},
      {"x(x + 1) = 6", "x^2 + x = 6"},
      {"h(x, y) = x + y", "h(x, y) = y + x"},
      {"y = \\pm \\frac{4}{3} x", "4x \\pm 3y = 0", kFactor},
      {"y = \\pm 2x", "2x - y = 0 \\text{ or } 2x + y = 0"},
      {"x + y = 1, x - y = 3", "x - y = 3, x + y = 1"},
      {"x + y = 5", "y + x = 5"},
      {"y > 2x + 1", "2x - y < -1"},
      {"x + y < 1", "2x + 2y < 2", kFactor},
      {"f(2) < f(1) < f(4)", "f(4) > f(1) > f(2)"},
      {"b > a > c", "c < a < b"},
      {"x \\ne y", "y \\ne x"},
      {"x \\equiv 1 \\pmod 4", "x \\equiv 5 \\pmod 4"},
      {"y = 2x, x > 0", "x > 0, y = 2x"},
      {"f(x) = \\begin{cases} x + 1 & x > 0 \\\\ x & x \\le 0 \\end{cases}",
       "f(x) = \\begin{cases} x & 0 \\ge x \\\\ 1 + x & x > 0 \\end{cases}"},
  };
  ExpectPaid(kRows);
}

TEST(Equations, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"2x + z - 5 = 0", "2x + z + 5 = 0"},
      {"3x - y + 13 = 0", "3x + 4y + 14 = 0"},
      {"y = 2x", "y = -2x"},
      {"y = \\pm 2x", "2x - y = 0"},
      {"y = \\pm 2x", "2x - y = 0 \\text{ or } 2x - y = 0"},
      {"y = \\pm 2x", "y = \\pm 3x"},
      {"y = 2x", "y = 2x + 1"},
      {"x + y = 1, x - y = 3", "x + y = 1"},
      {"x + y = 1, x - y = 3", "x + y = 3, x - y = 1"},
      {"y > 2x + 1", "y < 2x + 1"},
      {"y > 2x + 1", "y \\ge 2x + 1"},
      {"x + y < 1", "-x - y < -1"},
      {"x + y < 1", "-2x - 2y < -2"},
      {"f(2) < f(1) < f(4)", "f(1) < f(2) < f(4)"},
      {"b > a > c", "b > c > a"},
      {"2x + z - 5 = 0", "2x + z - 5"},
      {"x^2 = 4", "x = 2"},
      {"f(x) = \\begin{cases} x + 1 & x > 0 \\\\ x & x \\le 0 \\end{cases}",
       "f(x) = \\begin{cases} x + 1 & x \\ge 0 \\\\ x & x < 0 \\end{cases}"},
      {"x \\equiv 1 \\pmod 4", "x \\equiv 2 \\pmod 4"},
      {"x \\equiv 1 \\pmod 4", "x \\equiv 1 \\pmod 3"},
      {"x \\equiv 1 \\pmod 4", "y \\equiv 1 \\pmod 4"},
  };
  ExpectUnpaid(kRows);
}

TEST(Families, AreEqualUpToTheirParameter) {
  constexpr Row kRows[] = {
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = \\frac{5\\pi}{4} + n \\pi, n \\in \\mathbb{Z}"},
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = \\frac{\\pi}{4} - k \\pi, k \\in \\mathbb{Z}"},
      {"\\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = k \\pi - \\frac{3 \\pi}{4}, k \\in \\mathbb{Z}", "assignment"},
      {"\\frac{k \\pi}{2}, k \\in \\mathbb{Z}",
       "\\{k \\pi \\mid k \\in \\mathbb{Z}\\} \\cup \\{\\frac{\\pi}{2} + k "
       "\\pi "
       "\\mid k \\in \\mathbb{Z}\\}"},
      {"\\pm \\frac{\\pi}{3} + 2 k \\pi, k \\in \\mathbb{Z}",
       "\\frac{\\pi}{3} + 2 k \\pi, \\frac{5 \\pi}{3} + 2 k \\pi, k \\in "
       "\\mathbb{Z}"},
      {"2k + 1, k \\in \\mathbb{Z}", "2n - 1, n \\in \\mathbb{Z}"},
      {"\\{x \\mid x = 2 k \\pi, k \\in \\mathbb{Z}\\}",
       "\\{2 n \\pi \\mid n \\in \\mathbb{Z}\\}"},
      {"(-1)^k \\frac{\\pi}{6} + k \\pi, k \\in \\mathbb{Z}",
       "\\frac{\\pi}{6} + 2 k \\pi, \\frac{5\\pi}{6} + 2 k \\pi, k \\in "
       "\\mathbb{Z}"},
      {"45^\\circ + 180^\\circ k, k \\in \\mathbb{Z}",
       "\\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}"},
      {"x = 4k + 1, k \\in \\mathbb{Z}", "x \\equiv 1 \\pmod 4"},
      {"x \\equiv 1 \\pmod 2",
       "x \\equiv 1 \\pmod 4 \\text{ or } x \\equiv 3 \\pmod 4"},
      {"(k \\pi, 0), k \\in \\mathbb{Z}", "(n \\pi, 0), n \\in \\mathbb{Z}"},
      {"\\left(k \\pi, k \\pi + 1\\right), k \\in \\mathbb{Z}",
       "\\left(n \\pi + \\pi, n \\pi + \\pi + 1\\right), n \\in \\mathbb{Z}"},
  };
  ExpectPaid(kRows);
}

TEST(Families, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = \\frac{\\pi}{3} + k \\pi, k \\in \\mathbb{Z}"},
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = \\frac{\\pi}{4} + 2 k \\pi, k \\in \\mathbb{Z}"},
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = -\\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}"},
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "y = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}"},
      {"x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}",
       "x = \\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{N}"},
      {"\\frac{k \\pi}{2}, k \\in \\mathbb{Z}", "k \\pi, k \\in \\mathbb{Z}"},
      {"\\pm \\frac{\\pi}{3} + 2 k \\pi, k \\in \\mathbb{Z}",
       "\\frac{\\pi}{3} + 2 k \\pi, k \\in \\mathbb{Z}"},
      {"2k + 1, k \\in \\mathbb{Z}", "2k, k \\in \\mathbb{Z}"},
      {"k, k \\in \\mathbb{Z}", "k, k \\in \\mathbb{R}"},
      {"\\frac{\\pi}{4} + k \\pi, k \\in \\mathbb{Z}", "\\frac{\\pi}{4}"},
      {"(k \\pi, 0), k \\in \\mathbb{Z}", "(0, k \\pi), k \\in \\mathbb{Z}"},
      {"2k + 1, k \\in \\mathbb{N}", "2k - 1, k \\in \\mathbb{N}"},
  };
  ExpectUnpaid(kRows);
}

TEST(Renaming, IsOffByDefault) {
  Policy on;
  on.renaming = true;
  constexpr Row kPaid[] = {
      {"x + 2y", "a + 2b", "renaming"},
      {"f(x)", "f(y)", "renaming"},
      {"x > 5", "y > 5", "renaming"},
      {"x = 5", "y = 5", "renaming"},
  };
  constexpr Row kUnpaid[] = {
      {"x + 2y", "a + 3b"},
      {"x + 2y", "a + 2a"},
      {"x + 2y + z", "a + 2b"},
      {"x > 5", "y < 5"},
  };
  ExpectPaid(kPaid, on);
  ExpectUnpaid(kUnpaid, on);
  ExpectUnpaid(kPaid);
}

}  // namespace
}  // namespace rewards::math
