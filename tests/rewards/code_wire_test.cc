// Tests rewards/code/wire.h: what is well formed, and what is not.

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code/test.h"
#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

using std::string_view_literals::operator""sv;

struct Row {
  const char* name;
  std::string_view bytes;
  bool want;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr Row kRows[] = {
    {"Nothing", ""sv, true},
    {"None", "N"sv, true},
    {"Two", "NT"sv, true},
    {"Float", "d\0\0\0\0\0\0\0\0"sv, true},
    {"Integer", "i\2\0\0\0-f"sv, true},
    {"EmptyList", "l\0\0\0\0"sv, true},
    {"List", "l\1\0\0\0N"sv, true},
    {"SetOfATuple", "S\1\0\0\0t\1\0\0\0N"sv, true},
    {"Dictionary", "D\1\0\0\0Nl\0\0\0\0"sv, true},
    {"Object", "H\1\0\0\0"sv, true},
    {"TwoBytes", "s\2\0\0\0\xC3\xA9"sv, true},
    {"Surrogate", "s\3\0\0\0\xED\xA0\x80"sv, true},
    {"FourBytes", "s\4\0\0\0\xF0\x9F\x98\x80"sv, true},
    {"AnyBytes", "b\1\0\0\0\xFF"sv, true},

    {"NoLetter", "x"sv, false},
    {"NoLetterWithText", "x\1\0\0\0a"sv, false},
    {"ShortFloat", "d\0\0\0"sv, false},
    {"ShortComplex", "c\0\0\0\0\0\0\0\0"sv, false},
    {"ShortSize", "l\0\0"sv, false},
    {"ShortText", "s\2\0\0\0a"sv, false},
    {"ShortList", "l\2\0\0\0N"sv, false},
    {"ShortDictionary", "D\1\0\0\0N"sv, false},
    {"HugeList", "l\xFF\xFF\xFF\xFF"sv, false},
    {"HugeText", "s\xFF\xFF\xFF\xFFx"sv, false},
    {"SetOfAList", "S\1\0\0\0l\0\0\0\0"sv, false},
    {"SetOfATupleOfAList", "S\1\0\0\0t\1\0\0\0l\0\0\0\0"sv, false},
    {"SetOfASet", "S\1\0\0\0S\0\0\0\0"sv, false},
    {"SetOfADeque", "S\1\0\0\0Q\0\0\0\0"sv, false},
    {"SetOfAFunction", "S\1\0\0\0K\0\0\0\0"sv, false},
    {"FrozenSetOfAList", "Z\1\0\0\0l\0\0\0\0"sv, false},
    {"SetOfAReference", "S\1\0\0\0R\0\0\0\0"sv, false},
    {"ListAsAKey", "D\1\0\0\0l\0\0\0\0N"sv, false},
    {"DictionaryAsAKey", "O\1\0\0\0D\0\0\0\0N"sv, false},
    {"NoDigits", "i\0\0\0\0"sv, false},
    {"OnlyAMinus", "i\1\0\0\0-"sv, false},
    {"MinusZero", "i\2\0\0\0-0"sv, false},
    {"LeadingZero",
     "i\2\0\0\0"
     "01"sv,
     false},
    {"Capitals", "i\1\0\0\0F"sv, false},
    {"NoDigit", "i\1\0\0\0g"sv, false},
    {"Space", "i\2\0\0\0 1"sv, false},
    {"OverLong", "s\2\0\0\0\xC0\x80"sv, false},
    {"OverLongOfThree", "s\3\0\0\0\xE0\x80\x80"sv, false},
    {"OverLongOfFour", "s\4\0\0\0\xF0\x80\x80\x80"sv, false},
    {"TooHigh", "s\4\0\0\0\xF4\x90\x80\x80"sv, false},
    {"FarTooHigh", "s\4\0\0\0\xF5\x80\x80\x80"sv, false},
    {"OddRest", "s\2\0\0\0\xC3x"sv, false},
    {"OddRestOfThree", "s\3\0\0\0\xE2\x82\xC0"sv, false},
    {"CutCharacter", "s\1\0\0\0\xC3"sv, false},
    {"LoneRest", "s\1\0\0\0\x80"sv, false},
    {"NameIsText", "B\1\0\0\0\xFF"sv, false},
};

class WireTest : public testing::TestWithParam<Row> {};

TEST_P(WireTest, IsScanned) {
  EXPECT_EQ(Scan(GetParam().bytes).has_value(), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Code, WireTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeWire, LettersAreRefused) {
  EXPECT_TRUE(Scan("B\1\0\0\0x"sv).has_value());
  EXPECT_FALSE(Scan("B\1\0\0\0x"sv, "B").has_value());
  EXPECT_FALSE(Scan("l\1\0\0\0B\1\0\0\0x"sv, "B").has_value());
}

std::string Sized(char tag, std::size_t size) {
  std::string bytes(1, tag);
  for (int i = 0; i < 4; ++i) {
    bytes += static_cast<char>(size >> (8 * i) & 0xFF);
  }
  return bytes;
}

TEST(CodeWire, IsBounded) {
  for (const std::size_t more : {0U, 1U}) {
    const bool want = more == 0;
    std::string deep;
    for (std::size_t i = 0; i < kMaxValueDepth + more; ++i) {
      deep += Sized('l', 1);
    }
    EXPECT_EQ(Scan(deep + "N").has_value(), want);
    const std::string digits(kMaxIntDigits + more, 'f');
    EXPECT_EQ(Scan(Sized('i', digits.size()) + digits).has_value(), want);
    EXPECT_EQ(Scan(std::string(kMaxFrameNodes + more, 'N')).has_value(), want);
    const std::string text(kMaxFrameBytes - 5 + more, 'x');
    EXPECT_EQ(Scan(Sized('b', text.size()) + text).has_value(), want);
  }
}

TEST(CodeWire, WhatIsNoValueIsOpaque) {
  for (const auto bytes :
       {"H\1\0\0\0"sv, "K\1\0\0\0"sv, "R\1\0\0\0"sv, "B\1\0\0\0x"sv}) {
    const auto tokens = Scan(bytes);
    ASSERT_TRUE(tokens.has_value()) << bytes[0];
    EXPECT_EQ(ValueOf(*tokens).kind, Value::Kind::kOpaque) << bytes[0];
  }
}

TEST(CodeWire, WritesWhatItReads) {
  for (const Row& row : kRows) {
    const auto tokens = Scan(row.bytes);
    if (!tokens || Roots(*tokens).size() != 1) continue;
    if (Roots(*tokens) == "H") continue;
    std::string written;
    Encode(ValueOf(*tokens), &written);
    EXPECT_EQ(written, row.bytes) << row.name;
  }
}

TEST(CodePath, IsReadWholeOrNotAtAll) {
  for (const char* path : {"f", "_f1", "A.f", "A().f", "a.B().c().d"}) {
    EXPECT_TRUE(IsPath(path)) << path;
  }
  for (const char* path : {"", ".", "f.", ".f", "f()", "f(1)", "f g", "1f",
                           "A()().f", "f;g", "f\n", "A(.f", "()"}) {
    EXPECT_FALSE(IsPath(path)) << path;
  }
}

}  // namespace
}  // namespace rewards::code
