#include "rewards/math/syntax/read.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "rows.h"

namespace rewards::math {
namespace {

// What cannot be told apart, is not whole, or is prose with mathematics in it.
constexpr std::string_view kUnreadable[] = {
    "k_{a$b}",
    "k_{5 2_{3}}",
    "k_0_6",
    "",
    "$$",
    "1/2x",
    "1/2(3)",
    "2\\frac{3}{1}",
    "a/3\\frac12",
    "0.5(3)",
    "sin2(x)",
    "2^3!",
    "x^{2}^{3}",
    "x^{2}_{3}",
    "2 3",
    "2x3",
    "\\cancel{25}",
    "a1^2",
    "a1^{2}+b",
    "(x)_1",
    "(12)_1",
    "(3)_4",
    "101_{(2}",
    "x2",
    "1.2.3",
    "12_2",
    "12_{1}",
    "--5",
    "2+",
    "+",
    "*3",
    "(2,3",
    "2)",
    ")(",
    "(1,2,3]",
    "()",
    "{",
    "x^",
    "\\frac{1}{",
    "\\frac{1}",
    "\\sqrt{}",
    "\\begin{pmatrix} 1 & 2 \\\\ 3 \\end{pmatrix}",
    "\\begin{pmatrix} 1 \\end{bmatrix}",
    "\\unknown{3}",
    "Only 3 of them",
    "between 12 and 13",
    "3 of 5",
    "the answer is 5",
    "0.333\\dots",
    "10--12",
    "1–2",
    "5..",
    "\xff",
    "A\xff\xff",
    "\\text{June 40}",
    "1,2,x=,3",
    "|x+1",
    "5 3 apples",
};

TEST(ReadTree, RefusesWithAPosition) {
  for (const std::string_view text : kUnreadable) {
    const Read<Tree> tree = ReadTree(text, Limits());
    EXPECT_FALSE(tree) << text << " reads as " << ShapeOf(text);
    if (tree) continue;
    EXPECT_FALSE(tree.error().what.empty()) << text;
    EXPECT_LE(tree.error().offset, text.size() + 16) << text;
  }
}

struct Mended {
  std::string_view text;
  std::string_view shape;
  std::string_view repair;
};
constexpr Mended kMended[] = {
    {"\\frac12", "(/ 1 2)", "\\frac without braces"},
    {"\\frac{a}c", "(/ a c)", "\\frac without braces"},
    {"\\sqrt3", "(root 3 2)", "\\sqrt without braces"},
    {"4\\sqrt(2)", "(* 4 (root 2 2))", "\\sqrt without braces"},
    {"\\frac{1}{2", "(/ 1 2)", "missing closing brace"},
    {"185}", "185", "extra closing brace"},
    {"x^10", "(^ x 10)", "exponent without braces"},
    {"\\\\frac{1}{2}", "(/ 1 2)", "doubled backslash read as one"},
    {"\frac{1}{2}", "(/ 1 2)", "control character read as a command"},
    {"x \neq 0", "(rel x != 0)", "control character read as a command"},
    {"{1,2}", "(set 1 2)", "braces read as a set"},
    {"–3", "(neg 3)", "dash read as minus"},
    {"= 5", "5", "an equals sign in front"},
};

TEST(ReadTree, ListsWhatItMended) {
  for (const Mended& row : kMended) {
    const Read<Tree> tree = ReadTree(row.text, Limits());
    ASSERT_TRUE(tree) << row.text;
    EXPECT_EQ(Shape(*tree), row.shape) << row.text;
    ASSERT_EQ(tree->repairs.size(), 1U) << row.text;
    EXPECT_EQ(tree->repairs[0], row.repair) << row.text;
  }
  EXPECT_TRUE(ReadTree("\\frac{1}{2}", Limits())->repairs.empty());
}

TEST(ReadTree, NotesAnApproximation) {
  EXPECT_TRUE(ReadTree("\\approx 3.14", Limits())->approximate);
  EXPECT_FALSE(ReadTree("3.14", Limits())->approximate);
}

std::string Repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Limits, HoldAtTheLimitAndFailOnePast) {
  Limits limits;
  limits.answer_bytes = 40;
  limits.digits = 12;
  limits.depth = 5;
  limits.nodes = 9;
  limits.decimal_exponent = 9;
  const struct {
    std::string_view limit;
    std::string held;
    std::string past;
  } rows[] = {
      {"answer_bytes", Repeated(" ", 39) + "1", Repeated(" ", 40) + "1"},
      {"digits", Repeated("7", 12), Repeated("7", 13)},
      {"digits of a decimal", "1234567.12345", "1234567.123456"},
      {"digits in all", "123456,123456", "123456,1234567"},
      {"digits that repeat", "0.(12345678901)", "0.(123456789012)"},
      {"digits in a base", Repeated("1", 12) + "_2", Repeated("1", 13) + "_2"},
      {"depth", Repeated("(", 5) + "1" + Repeated(")", 5),
       Repeated("(", 6) + "1" + Repeated(")", 6)},
      {"nodes", "1+2+3+4+5+6+7+8", "1+2+3+4+5+6+7+8+9"},
      {"decimal_exponent", "1e9", "1e10"},
      {"decimal_exponent below", "1e-9", "1e-10"},
  };
  for (const auto& row : rows) {
    EXPECT_TRUE(ReadTree(row.held, limits)) << row.limit << ShapeOf(row.held);
    EXPECT_FALSE(ReadTree(row.past, limits)) << row.limit;
  }
  // Past its limit a power of ten stays a power, which is bounded elsewhere.
  EXPECT_EQ(Shape(*ReadTree("1.5\\times 10^{9}", limits)), "1500000000@8");
  EXPECT_EQ(Shape(*ReadTree("1.5\\times 10^{10}", limits)),
            "(* 3/2@-1 (^ 10 10))");
}

// Long inputs of every kind end at once, by an error or a tree.
TEST(ReadTree, EndsOnHostileInput) {
  Limits limits;
  for (const std::string_view part :
       {"(",       "{",       "[",           "|",        "\\{",
        "\\frac{", "\\frac",  "\\sqrt",      "\\sqrt{",  "^",
        "x^",      "-",       "+-",          "1-",       "a",
        "A",       "1A",      "$",           "$1 ",      "\\$",
        "\\",      "\\text{", "\\boxed{",    "\\left(",  "\\begin{pmatrix}",
        "&",       "1&",      "\\\\",        "_",        "a_{",
        "\\sin ",  "\\sin^{", "\\log_",      "\\sum_{",  "1,",
        "1;",      "1:",      "1 or ",       "x=",       "1e9",
        ".1",      "0.(3)",   "一",          "twenty ",  "cm ",
        "5 cm ",   "!",       "3!",          "%",        "^\\circ",
        "'",       "x'",      "\\overline{", "\\dot1",   "\xf0",
        "}",       ")",       "\\}",         "\\right.", "\\mid ",
        "1|",      "f(",      "\\vec",       "1 1/2 "}) {
    const std::string text = Repeated(part, limits.answer_bytes / part.size());
    const Read<Tree> tree = ReadTree(text, limits);
    EXPECT_TRUE(!tree || tree->terms.size() <= limits.nodes + 1) << part;
  }
}

// Rows that are cut, joined and changed at random read as something that prints
// to the same, or do not read.
TEST(Print, ReadsBackToAnEqualTree) {
  const std::vector<std::string> parts = {"\\frac{1}{2}",
                                          "x",
                                          "2",
                                          "+",
                                          "-",
                                          "(",
                                          ")",
                                          "\\sqrt{3}",
                                          "^{2}",
                                          "\\pi ",
                                          ", ",
                                          " or ",
                                          " and ",
                                          "=",
                                          "<",
                                          "\\sin ",
                                          "y",
                                          "\\{",
                                          "\\}",
                                          "|",
                                          "[",
                                          "]",
                                          "\\cup ",
                                          "1.50",
                                          "\\%",
                                          "^\\circ",
                                          "\\text{ cm}",
                                          "\\$",
                                          "!",
                                          "e",
                                          "i",
                                          "f(",
                                          "\\pm ",
                                          "\\cdot ",
                                          "/",
                                          ":",
                                          "\\mathbb{R}",
                                          "\\in ",
                                          "\\infty ",
                                          "even",
                                          "x_{1}",
                                          "\\log_2 ",
                                          "3\\frac12",
                                          "10^{3}",
                                          "\\text{ if }",
                                          "AB",
                                          "; ",
                                          "\\binom52",
                                          "\\overline{z}",
                                          "\\begin{pmatrix}1&2\\end{pmatrix}"};
  std::mt19937 random(7);
  std::size_t read = 0;
  for (int i = 0; i < 60'000; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 7; n > 0; --n) {
      text += parts[random() % parts.size()];
    }
    const Read<Tree> tree = ReadTree(text, Limits());
    if (!tree) continue;
    ++read;
    const std::string printed = Print(*tree, tree->root());
    EXPECT_EQ(ShapeOf(printed), Shape(*tree)) << text << " -> " << printed;
  }
  EXPECT_GT(read, 5'000U);
}

}  // namespace
}  // namespace rewards::math
