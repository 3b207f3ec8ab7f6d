// Every limit, at it and one past it. Past it an answer pays nothing.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "rewards/math/decide/context.h"
#include "rewards/math/decide/inequalities.h"
#include "rewards/math/decide/integers.h"
#include "rewards/math/decide/labelled.h"
#include "rewards/math/decide/polynomials.h"
#include "rewards/math/decide/progressions.h"
#include "rewards/math/decide/real_set.h"
#include "rewards/math/decide/renaming.h"
#include "rewards/math/decide/vectors.h"
#include "rewards/math/syntax/read.h"
#include "rows.h"

namespace rewards::math {
namespace {

// Work enough that only the limit at hand ends the comparison.
Decision DecideTrees(const Tree& a, const Tree& b, const Policy& policy = {}) {
  Work work(1'000'000);
  return Equal(a, b, policy, &work, nullptr);
}

Decision DecideLarge(const std::string& a, const std::string& b,
                     const Policy& policy) {
  const Read<Tree> x = ReadTree(a, Limits{});
  const Read<Tree> y = ReadTree(b, Limits{});
  EXPECT_TRUE(x.has_value() && y.has_value()) << a << "  <->  " << b;
  if (!x.has_value() || !y.has_value()) return {};
  return DecideTrees(*x, *y, policy);
}

void ExpectLimit(const std::string& gold_at, const std::string& answer_at,
                 const std::string& gold_past, const std::string& answer_past,
                 const Policy& policy = {}) {
  const Decision at = DecideLarge(gold_at, answer_at, policy);
  EXPECT_EQ(at.equality, Equality::kEqual) << Show(at);
  const Decision past = DecideLarge(gold_past, answer_past, policy);
  EXPECT_NE(past.equality, Equality::kEqual) << Show(past);
}

// `count` times `part`, with `between` between them.
std::string Repeat(std::size_t count, const std::string& part,
                   const std::string& between) {
  std::string all = part;
  for (std::size_t i = 1; i < count; ++i) all += between + part;
  return all;
}

// A tuple of a tuple of ... `levels` times.
Tree TupleOfTuples(std::size_t levels) {
  Tree tree;
  TermId inner = tree.AddNumber({Rational(1)});
  const TermId one = inner;
  for (std::size_t i = 0; i < levels; ++i) {
    inner = tree.Add(Kind::kTuple, std::array{inner, one});
  }
  return tree;
}

TEST(Limits, Nesting) {
  const Tree at = TupleOfTuples(kMaxNesting);
  const Tree past = TupleOfTuples(kMaxNesting + 1);
  EXPECT_EQ(DecideTrees(at, at).equality, Equality::kEqual);
  EXPECT_EQ(DecideTrees(past, past).equality, Equality::kUndecided);
}

Tree Elements(Kind kind, std::size_t count) {
  Tree tree;
  std::vector<TermId> elements;
  for (std::size_t i = 0; i < count; ++i) {
    elements.push_back(tree.AddNumber({Rational(static_cast<long>(i))}));
  }
  tree.Add(kind, elements);
  return tree;
}

TEST(Limits, Elements) {
  for (const Kind kind : {Kind::kSet, Kind::kTuple, Kind::kList}) {
    const Tree at = Elements(kind, kMaxElements);
    const Tree past = Elements(kind, kMaxElements + 1);
    EXPECT_EQ(DecideTrees(at, at).equality, Equality::kEqual);
    EXPECT_EQ(DecideTrees(past, past).equality, Equality::kUndecided);
  }
}

// (0, 1) and (2, 3) and ..., as a union of two unions.
Tree Intervals(std::size_t count) {
  Tree tree;
  std::vector<TermId> halves[2];
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = static_cast<long>(2 * i);
    const std::array ends = {tree.AddNumber({Rational(start)}),
                             tree.AddNumber({Rational(start + 1)})};
    halves[i % 2].push_back(tree.Add(Kind::kTuple, ends));
  }
  const std::array both = {tree.Add(Kind::kUnion, halves[0]),
                           tree.Add(Kind::kUnion, halves[1])};
  tree.Add(Kind::kUnion, both);
  return tree;
}

TEST(Limits, Cuts) {
  const Tree at = Intervals(kMaxCuts / 2);
  EXPECT_EQ(DecideTrees(at, at).reason, "the same set of real numbers");
  const Tree past = Intervals(kMaxCuts / 2 + 1);
  EXPECT_NE(DecideTrees(past, past).reason, "the same set of real numbers");
}

TEST(Limits, Absolutes) {
  const auto sum = [](std::size_t count) {
    return Repeat(count, "|x|", " + ") + " < " + std::to_string(count);
  };
  ExpectLimit("(-1, 1)", sum(kMaxAbsolutes), "(-1, 1)", sum(kMaxAbsolutes + 1));
}

TEST(Limits, Degree) {
  const auto power = [](long degree) {
    return "x^{" + std::to_string(degree) + "} < 1";
  };
  ExpectLimit("(-1, 1)", power(kMaxDegree), "(-\\infty, 1)",
              power(kMaxDegree + 1));
}

TEST(Limits, CoefficientBits) {
  // 10^154 has 512 bits, 10^155 more.
  const auto square = [](std::size_t zeros) {
    const std::string ten = "1" + std::string(zeros, '0');
    return ten + "x^2 < " + ten;
  };
  static_assert(kMaxCoefficientBits == 512);
  ExpectLimit("(-1, 1)", square(154), "(-1, 1)", square(155));
}

TEST(Limits, FarthestInteger) {
  const std::string last = std::to_string(kFarthestInteger);
  const std::string past = std::to_string(kFarthestInteger + 1);
  ExpectLimit(
      "\\{" + last + "\\}",
      "\\{x \\in \\mathbb{Z} \\mid " + last + " \\le x \\le " + last + "\\}",
      "\\{" + past + "\\}",
      "\\{x \\in \\mathbb{Z} \\mid " + past + " \\le x \\le " + past + "\\}");
}

TEST(Limits, Residues) {
  const auto step = [](std::size_t parts) {
    return "\\frac{k}{" + std::to_string(parts) + "}";
  };
  const auto families = [&](std::size_t parts) {
    return step(parts) + ", k, k \\in \\mathbb{Z}";
  };
  const auto family = [&](std::size_t parts) {
    return step(parts) + ", k \\in \\mathbb{Z}";
  };
  ExpectLimit(families(kMaxResidues), family(kMaxResidues),
              families(kMaxResidues + 1), family(kMaxResidues + 1));
}

TEST(Limits, Members) {
  const auto families = [](std::size_t count, std::size_t first,
                           const std::string& letter) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
      all +=
          "100" + letter + " + " + std::to_string((first + i) % count) + ", ";
    }
    return all + letter + " \\in \\mathbb{Z}";
  };
  ExpectLimit(families(kMaxMembers, 0, "k"), families(kMaxMembers, 1, "n"),
              families(kMaxMembers + 1, 0, "k"),
              families(kMaxMembers + 1, 1, "n"));
}

TEST(Limits, Renamed) {
  Policy on;
  on.renaming = true;
  static_assert(kMaxRenamed == 4);
  ExpectLimit("a + 2b + 3c + 4d", "w + 2x + 3y + 4z", "a + 2b + 3c + 4d + 5m",
              "w + 2x + 3y + 4z + 5n", on);
}

TEST(Limits, MatrixPower) {
  const std::string matrix = "\\begin{pmatrix} 1 & 1 \\\\ 0 & 1 \\end{pmatrix}";
  const auto power = [&](long n) { return matrix + "^" + std::to_string(n); };
  const auto shear = [](long n) {
    return "\\begin{pmatrix} 1 & " + std::to_string(n) +
           " \\\\ 0 & 1 \\end{pmatrix}";
  };
  ExpectLimit(shear(kMaxMatrixPower), power(kMaxMatrixPower),
              shear(kMaxMatrixPower + 1), power(kMaxMatrixPower + 1));
}

TEST(Limits, Determinant) {
  const auto twos = [](std::size_t rows) {
    std::string cells;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < rows; ++j) {
        cells += (j == 0 ? "" : " & ") + std::to_string(i == j ? 2 : 0);
      }
      cells += " \\\\ ";
    }
    return "\\begin{vmatrix} " + cells + "\\end{vmatrix}";
  };
  const auto power = [](std::size_t n) { return "2^" + std::to_string(n); };
  ExpectLimit(power(kMaxDeterminant), twos(kMaxDeterminant),
              power(kMaxDeterminant + 1), twos(kMaxDeterminant + 1));
}

TEST(Limits, Labels) {
  const auto tuple = [](std::size_t count) {
    return "(" + Repeat(count, "1", ", ") + ")";
  };
  const auto labelled = [](std::size_t count) {
    std::string all = "x_{1} = 1";
    for (std::size_t i = 2; i <= count; ++i) {
      all += ", x_{" + std::to_string(i) + "} = 1";
    }
    return all;
  };
  ExpectLimit(tuple(kMaxLabels), labelled(kMaxLabels), tuple(kMaxLabels + 1),
              labelled(kMaxLabels + 1));
}

}  // namespace
}  // namespace rewards::math
