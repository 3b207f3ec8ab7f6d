// Tests rewards/code/compare.h.

#include <gtest/gtest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

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
    {"FloatZeros", kFloat, "0", "-0", true},
    {"FloatMinusZeroWritten", kFloat, "-0.0", "0", true},
    {"FloatInfinityForInfinity", kFloat, "inf", "infinity", false},
    {"FloatHugeForHuge", kFloat, "1e400", "2e400", false},
    {"FloatHexadecimalFloat", kFloat, "1", "0x1p0", false},
    {"FloatComma", kFloat, "1.5", "1,5", false},
    {"FloatMany", kFloat, "1 2 3", "1 2 3 1 2 3", false},
    {"FloatOneOfMany", kFloat, "1 2 3", "1 2.1 3", false},
    {"FloatBlankLines", kFloat, "1\n2\n", "1 2", true},
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
  const Comparison got = Compare(row.expected, row.got, {.mode = row.mode});
  EXPECT_EQ(got.result == Comparison::Result::kMatches, row.want);
  EXPECT_EQ(got.reason.empty(), row.want) << got.reason;
}

INSTANTIATE_TEST_SUITE_P(Code, CompareTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

bool IsMatch(std::string_view expected, std::string_view got,
             const CompareRule& rule) {
  return Compare(expected, got, rule).result == Comparison::Result::kMatches;
}

TEST(CompareTest, AToleranceHoldsAtItsEdge) {
  const CompareRule rule{.mode = kFloat, .rel = 0, .abs = 0.5};
  EXPECT_TRUE(IsMatch("1", "1.5", rule));
  EXPECT_FALSE(IsMatch("1", "1.5000001", rule));
  const CompareRule none{.mode = kFloat, .rel = 0, .abs = 0};
  EXPECT_TRUE(IsMatch("1", "1.0", none));
  EXPECT_FALSE(IsMatch("1", "1.0000001", none));
}

struct ReasonRow {
  const char* name;
  CompareMode mode;
  std::string_view expected;
  std::string_view got;
  bool presentation;
  std::string_view reason;
};

void PrintTo(const ReasonRow& row, std::ostream* os) { *os << row.name; }

constexpr ReasonRow kReasonRows[] = {
    {"Word", kTokens, "1 2\n3\n", "1 2\n\n4", false,
     "word 3, on line 3, differs"},
    {"Words", kTokens, "1 2", "1", false, "the output ends after 1 word"},
    {"NoWords", kTokens, "1 2", " ", false, "the output ends after 0 words"},
    {"MoreWords", kTokens, "1 2", "1 2 3", false,
     "the output should end after 2 words"},
    {"Number", kFloat, "1 2", "1 2.5", false, "word 2, on line 1, differs"},
    {"Byte", kExact, "ab\nc", "ab\nd", false, "byte 4, on line 2, differs"},
    {"Bytes", kExact, "abc", "a", false, "the output ends after 1 byte"},
    {"MoreBytes", kExact, "a\n", "a\nb", false, "byte 3, on line 2, differs"},
    {"NoNewLine", kExact, "a\n", "a", true, "the output ends after 1 byte"},
    {"TwoSpaces", kExact, "a b", "a  b", true, "byte 3, on line 1, differs"},
    {"Glued", kExact, "a b", "ab", false, "byte 2, on line 1, differs"},
    {"Line", kLines, "a\nb\nc", "a\nx\nc", false, "line 2 differs"},
    {"Lines", kLines, "a\nb", "a", false, "the output ends after 1 line"},
    {"MoreLines", kLines, "a", "a\nb", false,
     "the output should end after 1 line"},
    {"LinesJoined", kLines, "a\nb", "a b", true, "line 1 differs"},
    {"LinesIndented", kLines, "a\nb", "a\n b", true, "line 2 differs"},
    {"OtherNumberOfLines", kUnordered, "a\nb", "a", false,
     "the output has 1 line, another number than is expected"},
    {"OtherLines", kUnordered, "a\nb", "a\nc", false,
     "as many lines as expected, but others"},
};

class CompareReasonTest : public testing::TestWithParam<ReasonRow> {};

TEST_P(CompareReasonTest, SaysWhereAndWhetherItIsPresentationAlone) {
  const ReasonRow& row = GetParam();
  const Comparison got = Compare(row.expected, row.got, {.mode = row.mode});
  EXPECT_EQ(got.reason, row.reason);
  EXPECT_EQ(got.result, row.presentation ? Comparison::Result::kPresentation
                                         : Comparison::Result::kDiffers);
}

INSTANTIATE_TEST_SUITE_P(Code, CompareReasonTest,
                         testing::ValuesIn(kReasonRows),
                         [](const auto& test) { return test.param.name; });

TEST(CompareTest, HugeOutputsInEveryMode) {
  constexpr std::size_t kBytes = 4 << 20;
  std::vector<std::string> texts(2);
  while (texts[0].size() < kBytes) texts[0] += "1234.5 ";
  while (texts[1].size() < kBytes) texts[1] += "a b\n";
  texts.emplace_back(kBytes, '7');
  for (const auto mode : {kTokens, kExact, kLines, kFloat, kUnordered}) {
    for (const std::string& text : texts) {
      std::string other = text;
      other[other.size() - 3] ^= 1;
      EXPECT_TRUE(IsMatch(text, text, {.mode = mode}));
      EXPECT_FALSE(IsMatch(text, other, {.mode = mode}));
    }
  }
}

}  // namespace
}  // namespace rewards::code
