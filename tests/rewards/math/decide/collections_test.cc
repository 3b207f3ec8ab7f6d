// Sets, lists, alternatives, tuples, matrices, ratios.

#include <gtest/gtest.h>

#include "rows.h"

namespace rewards::math {
namespace {

TEST(Collections, HaveNoOrder) {
  constexpr Row kRows[] = {
      {"\\{1, 2, 3\\}", "\\{3, 1, 2\\}"},
      {"-2, 1", "1, -2"},
      {"1, 2, 3", "1, 3, 2"},
      {"-12; -11; -10", "\\{-10, -11, -12\\}"},
      {"\\{x, x - 1\\}", "\\{x - 1, x\\}"},
      {"6 \\text{ and } 8", "8, 6"},
      {"-12 \\text{ or } -30", "-30, -12"},
      {"21, 16 \\text{ or } 11", "21, 16, 11"},
      {"\\{\\sqrt{2}, \\frac{1}{2}\\}", "\\{0.5, \\frac{2}{\\sqrt{2}}\\}"},
      {"(11, 7) or (7, 11)", "(7, 11), (11, 7)"},
      {"(1, 2), (3, 4)", "\\{(3, 4), (1, 2)\\}"},
      {"\\{1, \\{2, 3\\}\\}", "\\{\\{3, 2\\}, 1\\}"},
      {"\\emptyset", "\\{\\}"},
      {"i, -i", "-i, i"},
      {"(1, 2), (3, 4)", "(1, 2), (3, 4), (1, 2)"},
      {"y = x, (1, 2)", "(1, 2), y = x"},
  };
  ExpectPaid(kRows);
}

TEST(Collections, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"\\{1, 2, 3\\}", "\\{1, 2\\}"},
      {"\\{1, 2\\}", "\\{1, 2, 3\\}"},
      {"\\{1, 1, 2\\}", "\\{1, 2, 2\\}"},
      {"1, 1, 2", "1, 2"},
      {"-2, 1", "2, -1"},
      {"-2, 1", "-2, -1"},
      {"\\sqrt{67}, -\\sqrt{85}", "\\sqrt{67}"},
      {"(11, 7) or (7, 11)", "(7, 11), (7, 11)"},
      {"(1, 2), (3, 4)", "(1, 3), (2, 4)"},
      {"(1, 2), (3, 4)", "(1, 2), (1, 2), (1, 2)"},
      {"\\{1, 2\\}", "(1, 2)"},
      {"\\{1, 2\\}", "[1, 2]"},
      {"1, 2", "1"},
      {"1, 2", "12"},
      {"\\{0\\}", "\\{\\}"},
      {"\\{1, \\{2, 3\\}\\}", "\\{1, 2, 3\\}"},
      {"(37,3,3),(17,3,3,7)", "(37,3,3,13),(17,3,3,7)"},
  };
  ExpectUnpaid(kRows);
}

TEST(Collections, OfOneVariable) {
  constexpr Row kRows[] = {
      {"x = 1 \\text{ or } x = 2", "x = 2 \\text{ or } x = 1"},
      {"a=1 \\text{ or } a=-2", "a = -2, a = 1"},
      {"\\{1, 2\\}", "x = 1 \\text{ or } x = 2", "relation_interval"},
      {"x = 1, x = 2", "1, 2", "assignment"},
      {"p = -1 \\text{ and } p = \\frac{15}{8}", "p = \\frac{15}{8}, p = -1"},
      {"n = 1, 2, 3", "n = 3, 2, 1"},
      {"x \\in \\{1, 2\\}", "x = 2, x = 1"},
      {"\\pm 3", "3, -3"},
      {"x = \\pm 3", "x = 3 \\text{ or } x = -3"},
      {"1 \\pm \\sqrt{19}", "1 - \\sqrt{19}, 1 + \\sqrt{19}"},
      {"\\{1 \\pm \\sqrt{5}, -2\\}", "\\{-2, 1 + \\sqrt5, 1 - \\sqrt5\\}"},
      {"3 \\pm 2\\sqrt{2}", "3 \\mp 2\\sqrt{2}"},
      {"\\{2\\}", "x = 2", "relation_interval assignment"},
      {"\\{2, 3\\}", "x_1 = 3, x_2 = 2", "relation_interval"},
      {"x = 2 \\text{ or } x = 3", "x_1 = 2, x_2 = 3"},
      {"(\\pm 3, 4)", "(3, 4), (-3, 4)"},
      {"(x, y) = (1, 2), (3, 4)", "(3, 4), (1, 2)", "assignment"},
      {"(x, y) \\in \\{(1, 2), (3, 4)\\}", "(1, 2), (3, 4)", "assignment"},
      {"y = \\pm \\sqrt{3} x", "y = \\sqrt{3} x, y = -\\sqrt{3} x"},
  };
  ExpectPaid(kRows);
}

TEST(Collections, OfOneVariableNearMisses) {
  constexpr Row kRows[] = {
      {"x = 1 \\text{ or } x = 2", "x = 1"},
      {"x = 1 \\text{ or } x = 2", "y = 1 \\text{ or } y = 2"},
      {"x = 1 \\text{ or } x = 2", "x = 1 \\text{ or } y = 2"},
      {"\\pm 3", "3"},
      {"\\pm 3", "-3"},
      {"1 \\pm \\sqrt{19}", "1 + \\sqrt{19}"},
      {"1 \\pm \\sqrt{19}", "-1 \\pm \\sqrt{19}"},
      {"x = \\pm 3", "x = 3"},
      {"\\{1, 2\\}", "x = 1 \\text{ or } x = 3"},
      {"n = 1, 2, 3", "n = 1, 2"},
      {"(1, \\pm 2)", "(1, 2)"},
      {"x_1 = 2, x_2 = 3", "x_1 = 3, x_2 = 2"},
      {"\\{2, 3\\}", "x_1 = 2, y_2 = 3"},
      {"(\\pm 3, \\pm 4)", "(3, 4), (-3, -4)"},
      {"w = 16, 3", "16, w = 3"},
  };
  ExpectUnpaid(kRows);
}

TEST(Tuples, HaveAnOrder) {
  constexpr Row kRows[] = {
      {"(1, 2)", "(1, \\frac{4}{2})"},
      {"\\left(3, \\frac{\\pi}{2}\\right)", "(3, \\pi/2)"},
      {"(6, 31, -1)", "(6, 31, -1)"},
      {"(0;0;0)", "(0, 0, 0)"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
       "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}"},
      {"\\begin{pmatrix} 1 & 1/2 \\\\ 1/3 & 4 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 0.5 \\\\ 1/3 & 4 \\end{pmatrix}"},
      {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "(1, 2)"},
      {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "\\langle 1, 2 \\rangle"},
      {"[x, x + 1]", "[x, 1 + x]"},
      {"(1, 2, 3)", "1, 2, 3"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "((1, 2), (3, 4))"},
      {"(1, 2)", "P(1, 2)", "assignment"},
      {"Q(1, 2)", "Q(1, 2)"},
      {"(5, 135^\\circ)", "\\left(5, \\frac{3 \\pi}{4}\\right)"},
      {"((1, 2), (3, 4))", "((1, 2), (3, 4))"},
  };
  ExpectPaid(kRows);
}

TEST(Tuples, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"(1, 2)", "(2, 1)"},
      {"(1, 2)", "(1, 2, 3)"},
      {"(1, 2)", "[1, 2]"},
      {"(1, 2)", "1, 2"},
      {"(1, 2)", "12"},
      {"(1, 2)", "(1, -2)"},
      {"(1, 2, 3)", "3, 2, 1"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\\\ 3 & 5 \\end{pmatrix}"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 3 \\\\ 2 & 4 \\end{pmatrix}"},
      {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\end{pmatrix}"},
      {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "(2, 1)"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "(1, 2, 3, 4)"},
      {"D = (0, 1)", "D = (0, 1.5)"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "((1, 3), (2, 4))"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "((1, 2, 3), 4)"},
      {"\\begin{pmatrix} 1 & 2 & 3 \\\\ 4 & 5 & 6 \\end{pmatrix}",
       "((1, 2), (3, 4, 5, 6))"},
      {"Q(1, 2)", "P(1, 2)"},
      {"(1, 2)", "P(2, 1)"},
      {"((1, 2), (3, 4))", "((1, 3), (2, 4))"},
  };
  ExpectUnpaid(kRows);
}

TEST(Vectors, AreCalculated) {
  constexpr Row kRows[] = {
      {"\\begin{pmatrix} 1/2 & 0 \\\\ 0 & 1/2 \\end{pmatrix}",
       "\\frac12 \\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}"},
      {"\\begin{pmatrix} -1 \\\\ 2 \\end{pmatrix}",
       "-\\begin{pmatrix} 1 \\\\ -2 \\end{pmatrix}"},
      {"\\begin{pmatrix} 3/5 \\\\ 4/5 \\end{pmatrix}", "\\frac{1}{5} (3, 4)"},
      {"(3, 6)", "3(1, 2)"},
      {"(1 + 2t, 3t)", "(1, 0) + t(2, 3)"},
      {"\\begin{pmatrix} 1 \\\\ 0 \\end{pmatrix} + t \\begin{pmatrix} 2 \\\\ 3 "
       "\\end{pmatrix}",
       "\\begin{pmatrix} 1 + 2t \\\\ 3t \\end{pmatrix}"},
      {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "(1, 2)^T"},
      {"\\begin{pmatrix} 1 & 3 \\\\ 2 & 4 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}^{\\top}"},
      {"\\begin{pmatrix} 7 & 10 \\\\ 15 & 22 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}^2"},
      {"\\begin{pmatrix} 5 \\\\ 11 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\begin{pmatrix} 1 "
       "\\\\ "
       "2 \\end{pmatrix}"},
      {"(1, -2, 3)", "\\mathbf{i} - 2 \\mathbf{j} + 3 \\mathbf{k}"},
      {"\\begin{pmatrix} 3 \\\\ 4 \\end{pmatrix}", "3\\hat{i} + 4\\hat{j}"},
      {"(3, 4, 0)", "3\\vec{i} + 4\\vec{j}"},
      {"3\\mathbf{i} + 4\\mathbf{j}", "4\\hat{\\jmath} + 3\\hat{\\imath}"},
      {"2(\\mathbf{i} + \\mathbf{j})", "2\\mathbf{i} + 2\\mathbf{j}"},
      {"-2", "\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}"},
      {"-3",
       "\\det \\begin{pmatrix} 1 & 2 & 3 \\\\ 4 & 5 & 6 \\\\ 7 & 8 & 10 "
       "\\end{pmatrix}"},
      {"1", "\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix} + 3"},
      {"A = \\begin{pmatrix} 2 & 4 \\\\ 6 & 8 \\end{pmatrix}",
       "A = 2 \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}"},
  };
  ExpectPaid(kRows);
}

TEST(Vectors, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"\\begin{pmatrix} 1/2 & 0 \\\\ 0 & 1/2 \\end{pmatrix}",
       "\\frac13 \\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}"},
      {"(1 + 2t, 2t)", "(1, 0) + t(2, 3)"},
      {"(3, 6)", "3(2, 1)"},
      {"(3, 6)", "A(3, 6) + 0"},
      {"\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}^T"},
      {"\\begin{pmatrix} 1 & 2 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\end{pmatrix}^T"},
      {"\\begin{pmatrix} 1 & 4 \\\\ 9 & 16 \\end{pmatrix}",
       "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}^2"},
      {"2", "\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}"},
      {"(1, 2)", "(1, 2) + 0"},
      {"(1, 3)", "(1, 2) + (0, 1, 0)"},
      {"(1, 4)", "(1, 2)(1, 2)"},
      {"(1, -2, 3)", "\\mathbf{i} + 2 \\mathbf{j} + 3 \\mathbf{k}"},
      {"(3, 4)", "\\mathbf{k}"},
      {"(3, 4)", "3\\mathbf{i} + 4\\mathbf{j} + 5\\mathbf{k}"},
      {"(3, 4)", "3i + 4j"},
      {"(3, 4)", "3\\mathbf{i} + 4"},
      {"3\\mathbf{i} + 4\\mathbf{j}", "4\\hat{i} + 3\\hat{j}"},
  };
  ExpectUnpaid(kRows);
}

TEST(Ratios, AreEqualUpToAFactor) {
  constexpr Row kRows[] = {
      {"1:2", "2:4"},
      {"3:4:5", "6:8:10"},
      {"1:9", "\\frac19"},
      {"2:3", "\\frac{2}{3}:1"},
      {"V_1:V_2 = 11:21", "11:21", "assignment"},
      {"A:B = 1", "1", "assignment"},
      {"S_{MBCN}:S=7:32", "7:32", "assignment"},
      {"0.5:1", "1:2"},
      {"\\sqrt{2}:2", "1:\\sqrt{2}"},
      {"1:2", "-1:-2"},
  };
  ExpectPaid(kRows);
}

TEST(Ratios, NearMissesDoNotPay) {
  constexpr Row kRows[] = {
      {"3:4", "4 \\text{ to } 3"},
      {"[3, 4]", "3 \\text{ to } 4"},
      {"1:2", "2:1"},
      {"3:4:5", "3:5:4"},
      {"1:2", "1:2:3"},
      {"1:2", "(1, 2)"},
      {"1:2", "2"},
      {"1:2", "1, 2"},
      {"1:2", "-1:2"},
      {"0:1:2", "0:2:1"},
      {"3:4:5", "\\frac34"},
      {"A:B = 1", "2"},
      {"1:1", "2:3"},
  };
  ExpectUnpaid(kRows);
}

TEST(SetTuple, IsOffByDefault) {
  Policy on;
  on.set_tuple = true;
  constexpr Row kPaid[] = {
      {"(1, 3)", "\\{1, 3\\}", "set_tuple"},
      {"\\{1, 3\\}", "(3, 1)", "set_tuple"},
      {"(1, 3)", "1, 3", "set_tuple"},
  };
  constexpr Row kUnpaid[] = {
      {"(1, 3)", "\\{1, 2\\}"},
      {"(1, 3)", "\\{1, 3, 5\\}"},
      {"(1, 3)", "\\{1\\}"},
  };
  ExpectPaid(kPaid, on);
  ExpectUnpaid(kUnpaid, on);
  ExpectUnpaid(kPaid);
}

}  // namespace
}  // namespace rewards::math
