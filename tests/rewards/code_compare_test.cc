// Tests rewards/code/compare.h.

#include <gtest/gtest.h>

#include <ostream>
#include <string_view>

#include "rewards/code/compare.h"

namespace rewards::code {
namespace {

constexpr CompareMode kTokens = CompareMode::kTokens;
constexpr CompareMode kExact = CompareMode::kExact;
constexpr CompareMode kLines = CompareMode::kLines;
constexpr CompareMode kFloat = CompareMode::kFloat;
constexpr CompareMode kUnordered = CompareMode::kUnordered;

struct Row {
  const char* name;
  CompareMode mode;
  std::string_view expected;
  std::string_view got;
  bool want;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

using std::string_view_literals::operator""sv;

constexpr Row kRows[] = {
    {"TokensEqual", kTokens, "1 2\n3\n", "1\t2 3", true},
    {"TokensFewer", kTokens, "1 2 3", "1 2", false},
    {"TokensMore", kTokens, "1 2", "1 2 3", false},
    {"TokensNothing", kTokens, "1", "", false},
    {"TokensCase", kTokens, "YES", "yes", false},
    {"TokensPrefix", kTokens, "42", "4", false},
    {"TokensGlued", kTokens, "1 2", "12", false},
    {"TokensNul", kTokens, "1", "1\0"sv, false},
    {"TokensNumberWrittenOtherwise", kTokens, "1", "1.0", false},
    {"TokensNoBreakSpace", kTokens, "1 2",
     "1\xC2\xA0"sv
     "2",
     false},
    {"ExactEqual", kExact, "a \n", "a \n", true},
    {"ExactNoNewline", kExact, "a\n", "a", false},
    {"LinesEqual", kLines, "a b\nc\n", "a b  \r\nc\n\n", true},
    {"LinesInnerSpace", kLines, "a b", "a  b", false},
    {"LinesLeadingSpace", kLines, "a", " a", false},
    {"LinesJoined", kLines, "a\nb", "a b", false},
    {"LinesFirstOnly", kLines, "a\nb", "a", false},
    {"LinesBlankBetween", kLines, "a\nb", "a\n\nb", false},
    {"FloatClose", kFloat, "0.333333", "0.3333333", true},
    {"FloatFar", kFloat, "0.333333", "0.3334", false},
    {"FloatLargeIsRelative", kFloat, "1000000000", "1000000100.0", true},
    {"FloatExponent", kFloat, "1500", "1.5e3", true},
    {"FloatPlus", kFloat, "1", "+1.0", true},
    {"FloatPlusMinus", kFloat, "-1", "+-1", false},
    {"FloatWord", kFloat, "case 1", "Case 1", false},
    {"FloatFewer", kFloat, "1 2", "1", false},
    {"FloatMore", kFloat, "1", "1 2", false},
    {"FloatNan", kFloat, "1", "nan", false},
    {"FloatMinusNan", kFloat, "1", "-nan(1)", false},
    {"FloatInfinity", kFloat, "1", "inf", false},
    {"FloatHuge", kFloat, "1", "1e400", false},
    {"FloatMinusHuge", kFloat, "1e308", "-1e308", false},
    {"FloatHexadecimal", kFloat, "16", "0x10", false},
    {"FloatHexadecimalDigits", kFloat, "10", "0xap0", false},
    {"FloatTrailing", kFloat, "1", "1.0x", false},
    {"FloatExpectedNanIsText", kFloat, "nan", "nan", true},
    {"FloatExpectedInfinity", kFloat, "inf", "1e308", false},
    {"UnorderedEqual", kUnordered, "b 1\na 2\n", "a  2\n\nb 1", true},
    {"UnorderedTwice", kUnordered, "a\na\nb", "a\nb\nb", false},
    {"UnorderedWords", kUnordered, "a b", "b a", false},
    {"UnorderedEverything", kUnordered, "a", "a\nb", false},
};

class CompareTest : public testing::TestWithParam<Row> {};

TEST_P(CompareTest, Decides) {
  const Row& row = GetParam();
  EXPECT_EQ(Matches(row.expected, row.got, {.mode = row.mode}), row.want);
}

INSTANTIATE_TEST_SUITE_P(Code, CompareTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

TEST(CompareTest, AToleranceHoldsAtItsEdge) {
  const CompareRule rule{.mode = kFloat, .rel = 0, .abs = 0.5};
  EXPECT_TRUE(Matches("1", "1.5", rule));
  EXPECT_FALSE(Matches("1", "1.5000001", rule));
  const CompareRule none{.mode = kFloat, .rel = 0, .abs = 0};
  EXPECT_TRUE(Matches("1", "1.0", none));
  EXPECT_FALSE(Matches("1", "1.0000001", none));
}

}  // namespace
}  // namespace rewards::code
