// Inputs made to hang, exhaust or fool the checker. Only outcomes are asserted;
// the time of each is printed by the benchmark.

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "tests/rewards/math_judge.h"

namespace rewards {
namespace {

std::string Times(std::size_t n, std::string_view text) {
  std::string out;
  out.reserve(n * text.size());
  for (std::size_t i = 0; i < n; ++i) out += text;
  return out;
}

std::string Nested(std::size_t n, std::string_view open,
                   std::string_view inside, std::string_view close) {
  return Times(n, open) + std::string(inside) + Times(n, close);
}

struct Flood {
  const char* name;
  std::string (*make)();
  std::string_view want = {};  // where it matters why it earns nothing
};
void PrintTo(const Flood& c, std::ostream* os) { *os << c.name; }

class MathFloods : public testing::TestWithParam<Flood> {};

TEST_P(MathFloods, DoNotPay) {
  const Flood& c = GetParam();
  const Judged got = Judge("42", c.make());
  EXPECT_TRUE(got.outcome == "wrong" || got.outcome == "unreadable")
      << got.outcome << got.detail;
  if (!c.want.empty()) {
    EXPECT_EQ(got.outcome, c.want) << got.detail;
  }
}

const Flood kFloods[] = {
    {"MillionDigits", [] { return std::string(1'000'000, '9'); }},
    {"MillionDigitsBoxed",
     [] { return "\\boxed{" + std::string(1'000'000, '4') + "}"; }},
    {"OpenBoxes", [] { return Times(100'000, "\\boxed{"); }},
    {"ClosedBoxes", [] { return Times(100'000, "\\boxed{42} "); }},
    {"NestedBoxes", [] { return Nested(100'000, "\\boxed{", "42", "}"); }},
    {"NestedBraces", [] { return Nested(20'000, "{", "42", "}"); }},
    {"NestedBracesBoxed",
     [] { return "\\boxed{" + Nested(4'000, "{", "42", "}") + "}"; }},
    {"NestedParens", [] { return Nested(5'000, "(", "42", ")"); }},
    {"NestedText", [] { return Nested(1'500, "\\text{", "41", "}"); }},
    {"NestedRoots", [] { return Nested(1'500, "\\sqrt{", "1", "}"); }},
    {"NestedFractions", [] { return Nested(1'500, "\\frac{1}{", "1", "}"); }},
    {"Dollars", [] { return std::string(1'000'000, '$'); }},
    {"DollarPairs", [] { return Times(300'000, "$a "); }},
    {"OpenDelimiters", [] { return Times(300'000, "\\( "); }},
    {"EscapedDollars", [] { return Times(300'000, "\\$"); }},
    {"OpenDelimiterLines", [] { return Times(300'000, "\\( 1\n"); }},
    {"OpenDisplays", [] { return Times(300'000, "\\[ 1"); }},
    {"Anchors", [] { return Times(200'000, "the answer is 42. "); }},
    {"AnchorsWithoutEnd", [] { return Times(200'000, "the answer is "); }},
    {"AnchorSpaces", [] { return "answer" + std::string(1'000'000, ' '); }},
    {"Text", [] { return Times(200'000, "and so "); }},
    {"Numbers", [] { return Times(200'000, "42, "); }},
    {"NumbersInSentence", [] { return Times(3'000, "so 42 ducks "); }},
    {"Lines", [] { return Times(300'000, "42\n"); }},
    {"Signs", [] { return std::string(10'000, '-') + "42"; }},
    {"Sum", [] { return "0" + Times(7'000, "+0") + "+42"; }},
    {"Chain", [] { return "42" + Times(5'000, "=42"); }},
    {"ChainOfPowers", [] { return "9^20000" + Times(1'500, "=9^20000"); }},
    {"Products", [] { return "9^9999" + Times(400, "*9^9999"); }},
    {"Harmonic",
     [] {
       std::string sum = "1";
       for (int i = 1; i < 490; ++i) sum += "+1/" + std::to_string(9'000 + i);
       return sum;
     }},
    {"PowerOfPower", [] { return Nested(150, "(2^", "2", ")"); }},
    {"Exponents", [] { return "2" + Times(3'000, "^2"); }},
    {"Backslashes", [] { return std::string(1'000'000, '\\'); }},
    {"Stars", [] { return std::string(1'000'000, '*'); }},
    {"Commas", [] { return "41" + std::string(1'000'000, ','); }},
    {"Equals", [] { return std::string(1'000'000, '=') + "41"; }},
    {"ZeroWidth", [] { return Times(300'000, "\u200b"); }},
    {"BadBytes", [] { return std::string(1'000'000, '\xff'); }},
};
INSTANTIATE_TEST_SUITE_P(Math, MathFloods, testing::ValuesIn(kFloods),
                         [](const auto& test) { return test.param.name; });

struct Limit {
  const char* name;
  std::string (*make)(std::size_t n);  // says 42 where it is within the limit
  std::size_t limit;                   // largest n that is accepted
};
void PrintTo(const Limit& c, std::ostream* os) { *os << c.name; }

class MathLimits : public testing::TestWithParam<Limit> {};

TEST_P(MathLimits, LimitAndOnePast) {
  const Limit& c = GetParam();
  EXPECT_EQ(Judge("42", c.make(c.limit)).outcome, "correct");
  EXPECT_NE(Judge("42", c.make(c.limit + 1)).outcome, "correct");
}

const Limit kLimits[] = {
    {"AnswerBytes",
     [](std::size_t n) {
       return "\\boxed{42 +" + std::string(n - 5, ' ') + "0}";
     },
     16 * 1024},
    {"Digits", [](std::size_t n) { return "42." + std::string(n - 2, '0'); },
     10'000},
    {"DecimalExponent",
     [](std::size_t n) {
       const std::string e = std::to_string(n);
       return "42e" + e + " * 1e-" + e;
     },
     5'000},
    {"Depth", [](std::size_t n) { return Nested(n, "(", "42", ")"); }, 200},
    {"Anchors", [](std::size_t n) { return Times(n, "The answer is 42. "); },
     32},
    {"Boxes", [](std::size_t n) { return Times(n, "\\boxed{42} "); }, 32},
    {"Spans", [](std::size_t n) { return "Answer: " + Times(n, "it is 42 "); },
     64},
};
INSTANTIATE_TEST_SUITE_P(Math, MathLimits, testing::ValuesIn(kLimits),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rewards
