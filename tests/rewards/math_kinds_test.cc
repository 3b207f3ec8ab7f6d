// The math checker beyond rational numbers, by kind of answer.

#include <gtest/gtest.h>

#include "tests/rewards/math_case.h"

namespace rewards {
namespace {

class MathKinds : public testing::TestWithParam<MathCase> {};

TEST_P(MathKinds, Judges) { ExpectCase(GetParam()); }

// One row or two of each kind, with a near miss. The
// tables of each kind are with the rooms below.
constexpr MathCase kKinds[] = {
    {"Surd", "\\sqrt{8}", "2\\sqrt{2}", "correct", "proved"},
    {"SurdMiss", "\\sqrt{8}", "2\\sqrt{3}", "wrong", "refuted"},
    {"FractionalPower", "2", "4^{1/2}", "correct", "proved"},
    {"Denested", "1+\\sqrt{2}", "\\sqrt{3+2\\sqrt{2}}", "correct", "proved"},
    {"Expression", "\\frac{x+2}{7}", "\\frac{x}{7}+\\frac{2}{7}", "correct",
     "proved"},
    {"ExpressionMiss", "x+2n+1", "x+1", "wrong"},
    {"Trigonometry", "\\tan^2 y + 1", "\\sec^2 y", "correct", "proved"},
    {"PlainText", "e^{16} - 1", "-1 + exp(16)", "correct", "proved"},
    {"Complex", "14 - i", "14.0 + -1.0i", "correct", "proved"},
    {"Tuple", "(1, 1/2)", "\\left(1, 0.5\\right)", "correct", "proved"},
    {"TupleOrder", "(1, 2)", "(2, 1)", "wrong"},
    {"List", "-2, 1", "1, -2", "correct"},
    {"ListMissing", "\\sqrt{67}, -\\sqrt{85}", "\\sqrt{67}", "wrong"},
    {"Set", "\\{1, 2, 3\\}", "\\{3, 2, 1\\}", "correct", "proved"},
    {"SetOfOne", "3", "\\{3\\}", "correct"},
    {"SetMissing", "\\{1, 2, 3\\}", "\\{1, 2\\}", "wrong"},
    {"Interval", "[0, 1)", "[0, 1)", "correct"},
    {"IntervalEnds", "[0, 1)", "[0, 1]", "wrong"},
    {"Union", "(-\\infty, 0) \\cup (0, \\infty)",
     "(0, \\infty) \\cup (-\\infty, 0)", "correct"},
    {"RelationInterval", "-2 \\le x \\le 7", "x \\in [-2, 7]", "correct"},
    {"RelationMiss", "x > 5", "x \\ge 5", "wrong"},
    {"Equation", "2x+4y-3=0", "y=-\\frac{1}{2}x+\\frac{3}{4}", "correct"},
    {"EquationMiss", "2x+4y-3=0", "y=\\frac{1}{2}x+\\frac{3}{4}", "wrong"},
    {"Matrix", "\\begin{pmatrix} 1 & 1/2 \\\\ 3 & 4 \\end{pmatrix}",
     "\\begin{pmatrix} 1 & 0.5 \\\\ 3 & 4 \\end{pmatrix}", "correct"},
    {"MatrixMiss", "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
     "\\begin{pmatrix} 1 & 2 \\\\ 3 & 5 \\end{pmatrix}", "wrong"},
    {"Or", "a=1 \\text{ or } a=-2", "a=-2 \\text{ or } a=1", "correct"},
    {"Base", "12_8", "12_8", "correct"},
    {"BaseMiss", "12_8", "12_9", "wrong"},
    {"Repeating", "1/3", "0.\\overline{3}", "correct", "proved"},
    {"Words", "\\text{Even}", "even", "correct", "text"},
    {"WordsMiss", "\\text{Even}", "odd", "unpaid"},
    {"NumberWord", "forty-two", "42", "correct"},
    {"Choice", "\\text{C}", "(C)", "correct"},
    {"ChoiceWithContent", "\\textbf{(E)}\\ 12", "\\boxed{E}", "correct"},
    {"ContentOfChoice", "\\textbf{(E)}\\ 12", "\\boxed{12}", "correct"},
    {"ChoiceAndAnother", "A", "\\boxed{A. 12, C}", "unpaid"},
    {"TwoChoices", "A", "\\boxed{(A) 12, (B) 13}", "unpaid"},
    {"ContentOfTwoChoices", "12", "\\boxed{(A) 12, (B) 13}", "unpaid"},
    {"BoxList", "{1,2}", "\\boxed{1} and \\boxed{2}", "correct"},
    {"BoxListMiss", "{1,2}", "\\boxed{1} or so, \\boxed{2}", "unpaid"},
};

INSTANTIATE_TEST_SUITE_P(Math, MathKinds, testing::ValuesIn(kKinds), CaseName);

}  // namespace
}  // namespace rewards
