#include "rows.h"

namespace rewards::math {
namespace {

constexpr Row kRows[] = {
    {"x = 5", "(rel x = 5)"},
    {"x > 5", "(rel x > 5)"},
    {"5 \\geq x", "(rel 5 >= x)"},
    {"-2 \\le x \\le 7", "(rel (neg 2) <= x <= 7)"},
    {"x != 5", "(rel x != 5)"},
    {"x <= 1", "(rel x <= 1)"},
    {"x \\not= 3", "(rel x != 3)"},
    {"x \\in [-2,7]", "(rel x in (bracket (neg 2) 7))"},
    {"x ∈ ℝ", "(rel x in (named:R))"},
    {"x \\in R", "(rel x in (named:R))"},
    {"x\\notin\\{1\\}", "(rel x notin (set 1))"},
    {"x=1=2", "(rel x = 1 = 2)"},
    {"\\frac{\\sqrt{3}}{3} \\approx 0.577",
     "(rel (/ (root 3 2) 3) ~~ 577/1000@-3)"},
    {"\\approx 8.24 \\text{ mph}", "(unit:mile/hour 206/25@-2)"},
    {"= 5", "5"},
    {"e=\\frac12", "(rel e = (/ 1 2))"},
    {"AB = 9", "(rel AB = 9)"},
    {"P(x) = x^2+1", "(rel (call:P x) = (+ (^ x 2) 1))"},
    {"f(x) = x^2", "(rel (call:f x) = (^ x 2))"},
    {"(x,y)=(1,2)", "(rel (tuple x y) = (tuple 1 2))"},
    {"x>1 and x<2", "(and (rel x > 1) (rel x < 2))"},
    {"\\begin{cases} x=1 \\\\ y=2 \\end{cases}",
     "(and (rel x = 1) (rel y = 2))"},
    {"\\left\\{\\begin{array}{l} x=1 \\\\ y=2 \\end{array}\\right.",
     "(and (rel x = 1) (rel y = 2))"},
    {"\\begin{aligned} x&=1\\\\ y&=2\\end{aligned}",
     "(and (rel x = 1) (rel y = 2))"},
    {"f(x)=\\begin{cases} x & x>0 \\\\ -x & \\text{if } x\\le 0 \\end{cases}",
     "(rel (call:f x) = (and (where x (rel x > 0)) (where (neg x) (rel x <= "
     "0))))"},
    {"a \\equiv 3 \\pmod{7}", "(rel a == 3 mod 7)"},
    {"3 \\mid n", "(rel 3 | n)"},
    {"a \\perp b", "(rel a perp b)"},
    {"x \\to \\infty", "(rel x -> INF)"},
    {"x = \\frac{\\pi}{4} + k\\pi, k \\in \\mathbb{Z}",
     "(where (rel x = (+ (/ PI 4) (* k PI))) (rel k in (named:Z)))"},
    {"x=2k\\pi (k \\in Z)",
     "(where (rel x = (* 2 k PI)) (rel k in (named:Z)))"},
    {"x = k\\pi \\text{ where } k \\text{ is an integer}",
     "(where (rel x = (* k PI)) (rel k in (named:Z)))"},
    {"x=k\\pi, for any integer k",
     "(where (rel x = (* k PI)) (rel k in (named:Z)))"},
    {"y = x^2 (x > 0)", "(where (rel y = (^ x 2)) (rel x > 0))"},
    {"f(2) < f(1) < f(4)", "(rel (call:f 2) < (call:f 1) < (call:f 4))"},
    {"n=1, 2, 3", "(list (rel n = 1) 2 3)"},
    {"\\frac{x^{2}}{16}+\\frac{y^{2}}{4}=1 (y>0)",
     "(where (rel (+ (/ (^ x 2) 16) (/ (^ y 2) 4)) = 1) (rel y > 0))"},
};

TEST(ReadTree, Relations) { ExpectRows(kRows); }

}  // namespace
}  // namespace rewards::math
