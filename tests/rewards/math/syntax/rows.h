// Rows: tables of texts and the shapes they read as.

#ifndef TESTS_REWARDS_MATH_SYNTAX_ROWS_H_
#define TESTS_REWARDS_MATH_SYNTAX_ROWS_H_

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>

#include "rewards/math/syntax/read.h"
#include "shape.h"

namespace rewards::math {

struct Row {
  std::string_view text;
  std::string_view shape;
};

// Expects that each text reads as its shape, and that its tree prints to text
// that reads as the same shape.
inline void ExpectRows(std::span<const Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(ShapeOf(row.text), row.shape) << row.text;
    const Read<Tree> tree = ReadTree(row.text, Limits());
    if (!tree) continue;
    const std::string printed = Print(*tree, tree->root());
    EXPECT_EQ(ShapeOf(printed), row.shape) << row.text << " -> " << printed;
  }
}

}  // namespace rewards::math

#endif  // TESTS_REWARDS_MATH_SYNTAX_ROWS_H_
