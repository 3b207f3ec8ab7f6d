#include "rewards/math/syntax/read.h"

#include <gtest/gtest.h>

#include "shape.h"

namespace rewards::math {
namespace {

struct Row {
  std::string_view text;
  std::string_view shape;
};

constexpr Row kRows[] = {
    {"pi/2", "(/ PI 2)"},
    {"-1 + exp(16)", "(+ (neg 1) (call:exp 16))"},
    {"sqrt(2)/2", "(/ (root 2 2) 2)"},
    {"x^2+1", "(+ (^ x 2) 1)"},
    {"2*x", "(* 2 x)"},
    {"14.0 + -1.0i", "(+ 14@-1 (neg (* 1@-1 I)))"},
    {"\\frac12", "(/ 1 2)"},
    {"11 5/6", "71/6"},
    {"2\\frac58", "21/8"},
    {"12_8", "10"},
    {"1,000", "1000"},
    {"(1,319)", "(tuple 1 319)"},
    {"\\log_2 8", "(call:log 8 2)"},
    {"[0,1)", "([) 0 1)"},
};

TEST(ReadTree, ReadsAsTheTableSays) {
  for (const Row& row : kRows) EXPECT_EQ(ShapeOf(row.text), row.shape);
}

TEST(Print, ReadsBackToAnEqualTree) {
  for (const Row& row : kRows) {
    const Read<Tree> tree = ReadTree(row.text, Limits());
    ASSERT_TRUE(tree) << row.text;
    const std::string printed = Print(*tree, tree->root());
    EXPECT_EQ(ShapeOf(printed), row.shape) << row.text << " -> " << printed;
  }
}

}  // namespace
}  // namespace rewards::math
