// Sets of real numbers: intervals, unions, set-builder notation, conditions.

#include <gtest/gtest.h>

#include "rows.h"

namespace rewards::math {
namespace {

constexpr const char* kInterval = "relation_interval";

TEST(Intervals, AreTheSameSets) {
  constexpr Row kRows[] = {
      {"[0, \\infty)", "\\mathbb{R}_{\\ge 0}"},
      {"(0, \\infty)", "\\mathbb{R}_{>0}"},
      {"(-\\infty, 0]", "\\mathbb{R}_{\\leq 0}"},
      {"[0, 1)", "[0, \\frac{2}{2})"},
      {"(-\\infty, 3]", "(-\\infty, 3]"},
      {"[0, \\infty)", "[0, +\\infty)"},
      {"(1, 2) \\cup (2, 3)", "(2, 3) \\cup (1, 2)"},
      {"(1, 2) \\cup (2, 3)", "(1, 3) \\setminus \\{2\\}"},
      {"(-\\infty, 3) \\cup (3, \\infty)", "\\mathbb{R} \\setminus \\{3\\}"},
      {"[1, 2] \\cup [2, 3]", "[1, 3]"},
      {"\\{-1\\} \\cup [0, 7)", "[0, 7) \\cup \\{-1\\}"},
      {"(0, \\sqrt{8})", "\\left(0, 2\\sqrt{2}\\right)"},
      {"[1, 5] \\cap [3, 9]", "[3, 5]"},
      {"(-\\infty, \\infty)", "\\mathbb{R}"},
      {"\\{x \\mid x > 5\\}", "(5, \\infty)"},
      {"\\{x \\mid -3 < x < 4\\}", "\\{t : -3 < t < 4\\}"},
      {"(-\\infty,-4)\\cup(-4,6)\\cup(6,\\infty)",
       "\\mathbb{R} \\setminus \\{6, -4\\}"},
  };
  ExpectPaid(kRows);
}

TEST(Intervals, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"[0, \\infty)", "\\mathbb{R}_{>0}"},
      {"(0, \\infty)", "\\mathbb{R}_{\\ge 0}"},
      {"[0, \\infty)", "\\mathbb{R}_{\\le 0}"},
      {"[0, 1)", "(0, 1)"},
      {"[0, 1)", "[0, 1]"},
      {"(0, 9)", "[0, 9)"},
      {"(-\\infty, 3]", "(-\\infty, 3)"},
      {"(1, 2) \\cup (2, 3)", "(1, 3)"},
      {"(1, 2) \\cup (3, 4)", "(1, 4)"},
      {"(-\\infty, 3) \\cup (3, \\infty)", "\\mathbb{R}"},
      {"(-3, 2)", "(-2, 3)"},
      {"[-3, 2]", "(-\\infty, -3] \\cup [2, \\infty)"},
      {"(0, \\sqrt{8})", "(0, \\sqrt{7})"},
      {"[0, 1)", "\\{0, 1\\}"},
      {"(5, \\infty)", "(-\\infty, 5)"},
      {"\\{-1\\} \\cup [0, 7)", "[0, 7)"},
      {"[1, 2)", "[x, y)"},
      {"(-\\infty, 3]", "[-\\infty, 3]"},
      {"[0, \\infty)", "[0, \\infty]"},
      {"(5, \\infty)", "(5, 10)"},
  };
  ExpectUnpaid(kRows);
}

TEST(Conditions, MeetTheirSets) {
  constexpr Row kRows[] = {
      {"[-2, 7]", "-2 \\le x \\le 7", kInterval},
      {"-2 \\le x \\le 7", "x \\in [-2, 7]"},
      {"x \\in [-2, 7]", "-2 \\le x \\le 7"},
      {"x > 5", "5 < x"},
      {"x < 1", "-x > -1"},
      {"x \\le 1", "-x >= -1"},
      {"x \\ne 5", "x != 5"},
      {"(-\\infty, 5) \\cup (5, \\infty)", "x \\neq 5", kInterval},
      {"-793 < a < 10", "(-793, 10)", kInterval},
      {"x < -1 \\text{ or } x > 3", "(-\\infty, -1) \\cup (3, \\infty)",
       kInterval},
      {"x > 1", "2x - 1 > 1"},
      {"x^2 < 4", "-2 < x < 2"},
      {"x^2 - x - 6 \\ge 0", "(-\\infty, -2] \\cup [3, \\infty)", kInterval},
      {"|x - 1| < 3", "(-2, 4)", kInterval},
      {"\\frac{1}{x} > 0", "(0, \\infty)", kInterval},
      {"\\frac{x - 1}{x + 2} \\le 0", "(-2, 1]", kInterval},
      {"x^2 \\le 2", "[-\\sqrt{2}, \\sqrt{2}]", kInterval},
      {"x < \\frac{\\sqrt{3}}{2}", "2x < \\sqrt{3}"},
      {"1 \\leq |z| \\leq \\frac{3}{2}",
       "z \\in \\left[-\\frac{3}{2}, -1\\right] \\cup \\left[1, "
       "\\frac{3}{2}\\right]"},
      {"x \\in \\mathbb{R}", "(-\\infty, \\infty)", kInterval},
      {"1/3 < x < 7", "(\\frac13, 7)", kInterval},
      {"\\{x \\mid x > 5\\}", "x > 5", kInterval},
      {"x \\ne 1, 2", "(-\\infty, 1) \\cup (1, 2) \\cup (2, \\infty)",
       kInterval},
      {"x \\ne 1, x \\ne 2", "\\mathbb{R} \\setminus \\{1, 2\\}", kInterval},
      {"\\{1, 2, 3, 4\\}", "\\{x \\in \\mathbb{Z} \\mid 1 \\le x \\le 4\\}"},
      {"\\{0, 1\\}", "\\{x \\mid x^2 < 2, x \\ge 0, x \\in \\mathbb{Z}\\}"},
      {"\\{1, 2\\}", "\\{x \\in \\mathbb{N}^* \\mid x < 3\\}"},
      {"\\{-1, 0, 1\\}", "\\{n \\in \\mathbb{Z} : |n| < \\sqrt{3}\\}"},
      {"|x - 1| \\ge \\sqrt{2}",
       "(-\\infty, 1 - \\sqrt{2}] \\cup [1 + \\sqrt{2}, \\infty)", kInterval},
      {"\\pi > |x|", "(-\\pi, \\pi)", kInterval},
      {"-\\sqrt{2} x < 2", "x > -\\sqrt{2}"},
      {"x > 1 \\text{ and } x < 2", "(1, 2)", kInterval},
  };
  ExpectPaid(kRows);
}

TEST(Conditions, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"[-2, 7]", "-2 < x \\le 7"},
      {"x > 5", "x < 5"},
      {"x > 5", "y > 5"},
      {"x \\geq 5", "x \\leq 5"},
      {"x < 1", "x > -1"},
      {"x < 1", "-x < -1"},
      {"x \\ne 5", "x = 5"},
      {"x^2 < 4", "x < 2"},
      {"x^2 - x - 6 \\ge 0", "[-2, 3]"},
      {"|x - 1| < 3", "(-4, 2)"},
      {"\\frac{x - 1}{x + 2} \\le 0", "[-2, 1]"},
      {"\\frac{1}{x} > 0", "[0, \\infty)"},
      {"x^2 \\le 2", "[-\\sqrt{2}, 1.4142135623]"},
      {"x < -1 \\text{ or } x > 3", "(-1, 3)"},
      {"5", "x > 5"},
      {"x = 5", "x \\ge 5"},
      {"3 < m < 4", "(3, 5)"},
      {"-\\sqrt{2} x < 2", "x < -\\sqrt{2}"},
      {"|x| > \\sqrt{2}", "(-\\sqrt{2}, \\sqrt{2})"},
      {"|x| \\ne -\\sqrt{2}", "x \\ne \\sqrt{2}"},
      {"\\{1, 2, 3\\}", "\\{x \\in \\mathbb{Z} \\mid 1 \\le x \\le 4\\}"},
      {"\\{1, 2, 3, 4\\}", "\\{x \\mid 1 \\le x \\le 4\\}"},
      {"\\{0, 1\\}", "\\{x \\in \\mathbb{N} \\mid x < 2\\}"},
      {"\\{1\\}", "\\{x \\in \\mathbb{N} \\mid x < 2\\}"},
      {"[1, 4]", "\\{x \\in \\mathbb{Z} \\mid 1 \\le x \\le 4\\}"},
      {"\\mathbb{R}", "x \\in \\mathbb{Z}"},
      {"x \\ge 0", "\\frac{x^2}{x} \\ge 0"},
      {"x \\ne 1, 2", "(-\\infty, 1) \\cup (1, \\infty)"},
      {"x \\ne 1, 2", "\\{1, 2\\}"},
  };
  ExpectUnpaid(kRows);
}

TEST(Conditions, AgainstASetNeedThePolicy) {
  Policy off;
  off.relation_interval = false;
  constexpr Row kRows[] = {
      {"x \\in [-2, 7]", "[-2, 7]"},
      {"(5, \\infty)", "x > 5"},
      {"\\{1, 2\\}", "x = 1 \\text{ or } x = 2"},
  };
  ExpectUnpaid(kRows, off);
}

TEST(OpenClosed, IsOffByDefaultAndForgivesEndsOnly) {
  Policy on;
  on.open_closed = true;
  constexpr Row kPaid[] = {
      {"[0, 1)", "(0, 1)", "open_closed"},
      {"(1, 2)", "[1, 2]", "open_closed"},
      {"x \\ge 5", "x > 5", "open_closed"},
  };
  constexpr Row kUnpaid[] = {
      {"[0, 1)", "(0, 2)"},
      {"(1, 2)", "[1, 3]"},
      {"x > 5", "x < 5"},
  };
  ExpectPaid(kPaid, on);
  ExpectUnpaid(kUnpaid, on);
  ExpectUnpaid(kPaid);
}

}  // namespace
}  // namespace rewards::math
