// Tests rewards/math/syntax/code_point.h.

#include "rewards/math/syntax/code_point.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string_view>

namespace rewards::math::syntax {
namespace {

struct Decoded {
  const char* name;
  std::string_view bytes;
  char32_t value;
  std::size_t length;
};

void PrintTo(const Decoded& row, std::ostream* os) { *os << row.name; }

constexpr char32_t kNone = 0xFFFD;

constexpr Decoded kRows[] = {
    {"Ascii", "R", 'R', 1},
    {"TwoLeast", "\xC2\x80", 0x80, 2},
    {"TwoMost", "\xDF\xBF", 0x7FF, 2},
    {"TwoTooLong", "\xC1\x92", kNone, 1},  // R
    {"ThreeLeast", "\xE0\xA0\x80", 0x800, 3},
    {"ThreeTooLong", "\xE0\x9F\xBF", kNone, 1},
    {"BeforeHalves", "\xED\x9F\xBF", 0xD7FF, 3},
    {"FirstHalf", "\xED\xA0\x80", kNone, 1},
    {"LastHalf", "\xED\xBF\xBF", kNone, 1},
    {"AfterHalves", "\xEE\x80\x80", 0xE000, 3},
    {"FourLeast", "\xF0\x90\x80\x80", 0x10000, 4},
    {"FourTooLong", "\xF0\x8F\xBF\xBF", kNone, 1},
    {"Last", "\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
    {"PastLast", "\xF4\x90\x80\x80", kNone, 1},
    {"Five", "\xF8\x88\x80\x80\x80", kNone, 1},
    {"TailAlone", "\x92", kNone, 1},
    {"Cut", "\xE2\x88", kNone, 1},
    {"NoTail", "\xC3R", kNone, 1},
};

class CodePointTest : public testing::TestWithParam<Decoded> {};

TEST_P(CodePointTest, Decodes) {
  const CodePoint c = DecodeAt(GetParam().bytes, 0);
  EXPECT_EQ(c.value, GetParam().value);
  EXPECT_EQ(c.length, GetParam().length);
}

INSTANTIATE_TEST_SUITE_P(Math, CodePointTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rewards::math::syntax
