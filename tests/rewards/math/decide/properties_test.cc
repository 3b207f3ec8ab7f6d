// What holds for every pair of answers: the core is symmetric and reflexive.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rewards/math/syntax/read.h"
#include "rows.h"

namespace rewards::math {
namespace {

constexpr const char* kAnswers[] = {
    "5",
    "-5",
    "0.33",
    "\\frac{1}{3}",
    "50\\%",
    "50",
    "90^\\circ",
    "\\frac{\\pi}{2}",
    "\\pi",
    "10 \\text{ cm}",
    "0.1 \\text{ m}",
    "10",
    "x",
    "x = 5",
    "y = 5",
    "5 = x",
    "x = 2 = 3",
    "f(x) = x^2",
    "x^2",
    "y = x^2",
    "m + n = 5",
    "\\pm 5",
    "x = \\pm 5",
    "5, -5",
    "-5, 5",
    "\\{5, -5\\}",
    "\\{5\\}",
    "\\{5, 5\\}",
    "(5, -5)",
    "(-5, 5)",
    "[-5, 5]",
    "[-5, 5)",
    "-5 < x < 5",
    "|x| < 5",
    "x^2 < 25",
    "x > 5",
    "x \\ne 5",
    "\\mathbb{R}",
    "(-\\infty, 5) \\cup (5, \\infty)",
    "\\{x \\mid x \\ne 5\\}",
    "x = 5 \\text{ or } x = -5",
    "x = 5, y = -5",
    "y = -5, x = 5",
    "2x + y = 5",
    "4x + 2y = 10",
    "y = 5 - 2x",
    "2x + y < 5",
    "\\begin{pmatrix} 5 \\\\ -5 \\end{pmatrix}",
    "\\begin{pmatrix} 5 & -5 \\end{pmatrix}",
    "5 : -5",
    "-1",
    "1 : 3",
    "5 k, k \\in \\mathbb{Z}",
    "x = 5 k, k \\in \\mathbb{Z}",
    "10 n, n \\in \\mathbb{Z}",
    "\\text{east}",
    "\\text{B}",
    "B",
    "\\emptyset",
};

Decision DecideTrees(const Tree& a, const Tree& b, const Policy& policy) {
  Work work;
  return Equal(a, b, policy, &work, nullptr);
}

TEST(Core, IsSymmetricAndReflexive) {
  std::vector<Tree> trees;
  for (const char* text : kAnswers) {
    Read<Tree> tree = ReadTree(text, Limits{});
    ASSERT_TRUE(tree.has_value()) << text << ": " << tree.error().what;
    trees.push_back(*std::move(tree));
  }
  for (std::size_t i = 0; i < trees.size(); ++i) {
    const bool chain = std::string(kAnswers[i]) == "x = 2 = 3";
    EXPECT_EQ(DecideTrees(trees[i], trees[i], Strict()).equality,
              chain ? Equality::kUndecided : Equality::kEqual)
        << kAnswers[i];
    for (std::size_t j = 0; j < i; ++j) {
      const Decision there = DecideTrees(trees[i], trees[j], Strict());
      const Decision back = DecideTrees(trees[j], trees[i], Strict());
      EXPECT_EQ(there.equality, back.equality)
          << kAnswers[i] << "  <->  " << kAnswers[j] << "\n"
          << Show(there) << "\n"
          << Show(back);
      EXPECT_TRUE(there.policies.empty());
    }
  }
}

// What conventions make equal, the core does not refute by name only: every
// convention that was used is reported.
TEST(Policies, AreNamedWhereverTheyAreUsed) {
  for (const char* a : kAnswers) {
    for (const char* b : kAnswers) {
      const Decision loose = DecideText(a, b, Policy{});
      if (loose.equality != Equality::kEqual || !loose.policies.empty()) {
        continue;
      }
      EXPECT_EQ(DecideText(a, b, Strict()).equality, Equality::kEqual)
          << a << "  <->  " << b;
    }
  }
}

TEST(Core, AnEmptyTreeEqualsNothing) {
  EXPECT_EQ(DecideTrees(Tree{}, Tree{}, Policy{}).equality,
            Equality::kUndecided);
}

TEST(Core, WithoutWorkNothingIsDecided) {
  const Read<Tree> tree = ReadTree("(1, 2)", Limits{});
  ASSERT_TRUE(tree.has_value());
  Work none(0);
  EXPECT_EQ(Equal(*tree, *tree, Policy{}, &none, nullptr).equality,
            Equality::kUndecided);
}

}  // namespace
}  // namespace rewards::math
