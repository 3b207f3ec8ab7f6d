#include <gtest/gtest.h>

#include <limits>
#include <ostream>
#include <string>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

using std::string_literals::operator""s;

struct GoodRow {
  std::string text;
  std::string read;  // the value as text of ours
};

std::ostream& operator<<(std::ostream& out, const GoodRow& row) {
  return out << row.text;
}

class GoodJsonTest : public ::testing::TestWithParam<GoodRow> {};

TEST_P(GoodJsonTest, IsReadExactly) {
  const auto value = ParseStrictJson(GetParam().text);
  ASSERT_TRUE(value) << value.error().detail;
  EXPECT_EQ(JsonText(*value), GetParam().read);
  const auto again = ParseStrictJson(JsonText(*value));
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(*again, *value);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GoodJsonTest,
    ::testing::Values(
        GoodRow{" [ ] ", "[]"}, GoodRow{"{}", "{}"}, GoodRow{"null", "null"},
        GoodRow{"[true,false]", "[true,false]"}, GoodRow{"0", "0"},
        GoodRow{"-0", "0"}, GoodRow{"-0.0", "-0.0"}, GoodRow{"1.0", "1.0"},
        GoodRow{"1e5", "1e+05"}, GoodRow{"1E+2", "100.0"},
        GoodRow{"2.5e-3", "0.0025"},
        GoodRow{"9223372036854775807", "9223372036854775807"},
        GoodRow{"9223372036854775808", "9223372036854775808"},
        GoodRow{"18446744073709551615", "18446744073709551615"},
        GoodRow{"-9223372036854775808", "-9223372036854775808"},
        GoodRow{"1.7976931348623157e308", "1.7976931348623157e+308"},
        GoodRow{"5e-324", "5e-324"},
        GoodRow{"0.12345678901234567", "0.12345678901234566"},
        GoodRow{"1000000000000000000000.0", "1e+21"}, GoodRow{"0e5", "0.0"},
        GoodRow{"0.000", "0.0"}, GoodRow{R"("\u0041\n\/")", R"("A\n/")"},
        GoodRow{R"("\ud83d\ude00")", "\"\xf0\x9f\x98\x80\""},
        GoodRow{R"("\u0000")", R"("\u0000")"},
        GoodRow{"\"\xe6\xb1\x89\"", "\"\xe6\xb1\x89\""},
        GoodRow{R"({"a":{"a":1},"b":[{"a":2}]})",
                R"({"a":{"a":1},"b":[{"a":2}]})"},
        GoodRow{R"({"":1})", R"({"":1})"}));

struct BadRow {
  std::string text;
  std::string pointer;
  std::string words;  // part of the detail
};

std::ostream& operator<<(std::ostream& out, const BadRow& row) {
  return out << row.text.substr(0, 40);
}

class BadJsonTest : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadJsonTest, NamesThePlaceAndTheReason) {
  const auto value = ParseStrictJson(GetParam().text);
  ASSERT_FALSE(value) << JsonText(*value);
  EXPECT_EQ(value.error().pointer, GetParam().pointer);
  EXPECT_NE(value.error().detail.find(GetParam().words), std::string::npos)
      << value.error().detail;
  EXPECT_LE(value.error().offset, GetParam().text.size());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadJsonTest,
    ::testing::Values(
        BadRow{"", "", "too early"}, BadRow{" ", "", "too early"},
        BadRow{"[1", "/1", "too early"}, BadRow{"[", "/0", "too early"},
        BadRow{R"({"a")", "/a", "too early"}, BadRow{"12a", "", "after"},
        BadRow{"1 2", "", "after"}, BadRow{"{}\0"s, "", "after"},
        BadRow{"nul", "", "too early"}, BadRow{"NaN", "", "not JSON"},
        BadRow{"[Infinity]", "/0", "not JSON"}, BadRow{"-", "", "too early"},
        BadRow{"01", "", "after"}, BadRow{"1.", "", "not JSON"},
        BadRow{".5", "", "not JSON"}, BadRow{"+1", "", "not JSON"},
        BadRow{"0x10", "", "after"}, BadRow{"1e", "", "too early"},
        BadRow{"1e999", "", "range"}, BadRow{"-1e999", "", "range"},
        BadRow{"1.8e308", "", "range"}, BadRow{"1e-400", "", "range"},
        BadRow{"2e-324", "", "range"},
        BadRow{"1e99999999999999999999", "", "overflow"},
        BadRow{"18446744073709551616", "", "precision"},
        BadRow{"-9223372036854775809", "", "precision"},
        BadRow{std::string(400, '1'), "", "precision"},
        BadRow{"0.123456789012345678", "", "precision"},
        BadRow{"123456789012345678.5", "", "precision"},
        BadRow{"[1,{\"a\":[0,1e999]}]", "/1/a/1", "range"},
        BadRow{R"({"a":1,"a":2})", "/a", "duplicate"},
        BadRow{R"({"a":1,"b":2,"a":1})", "/a", "duplicate"},
        BadRow{R"({"a":1,"\u0061":2})", "/a", "duplicate"},
        BadRow{R"([{"x":{"a/b~c":1,"a/b~c":2}}])", "/0/x/a~1b~0c", "duplicate"},
        BadRow{"\"\xff\"", "", "not JSON"},
        BadRow{"[\"\xc0\xaf\"]", "/0", "not JSON"},
        BadRow{"\"\xed\xa0\x80\"", "", "not JSON"},
        BadRow{"\"\xf4\x90\x80\x80\"", "", "not JSON"},
        BadRow{"{\"\xff\":1}", "", "not JSON"},
        BadRow{R"("\ud800")", "", "not JSON"},
        BadRow{R"("\ud800\ud800")", "", "not JSON"},
        BadRow{R"("\udc00")", "", "not JSON"},
        BadRow{"\xef\xbb\xbf{}", "", "not JSON"},
        BadRow{"\"\n\"", "", "not JSON"}, BadRow{"\"\0\""s, "", "not JSON"},
        BadRow{R"("\x41")", "", "not JSON"}, BadRow{"[1,]", "/1", "not JSON"},
        BadRow{"{,}", "", "not JSON"}, BadRow{"// a\n1", "", "not JSON"},
        BadRow{"'a'", "", "not JSON"}, BadRow{"[1}", "/1", "not JSON"}));

TEST(StrictJsonTest, DepthHoldsAtTheLimitAndNotOnePast) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(ParseStrictJson(nested(32)));
  EXPECT_FALSE(ParseStrictJson(nested(33)));
  EXPECT_TRUE(ParseStrictJson(nested(5), {5, 10}));
  EXPECT_FALSE(ParseStrictJson(nested(6), {5, 10}));
  const auto deep = ParseStrictJson(std::string(1'000'000, '['));
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().detail.find("limit.json_depth"), std::string::npos);
}

TEST(StrictJsonTest, MembersHoldAtTheLimitAndNotOnePast) {
  const auto object = [](int members) {
    std::string text = "{";
    for (int i = 0; i < members; ++i) {
      text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
    }
    return text + "}";
  };
  EXPECT_TRUE(ParseStrictJson(object(1'024)));
  const auto over = ParseStrictJson(object(1'025));
  ASSERT_FALSE(over);
  EXPECT_NE(over.error().detail.find("limit.json_members"), std::string::npos);
}

TEST(StrictJsonTest, ValuesHoldAtTheLimitAndNotOnePast) {
  const JsonLimits limits{32, 10, 7};
  EXPECT_TRUE(ParseStrictJson(R"({"a":[1,"x",null,true,0.5]})", limits));
  const auto over =
      ParseStrictJson(R"({"a":[1,"x",null,true,0.5,[]]})", limits);
  ASSERT_FALSE(over);
  EXPECT_NE(over.error().detail.find("limit.json_values"), std::string::npos);
  EXPECT_EQ(over.error().pointer, "");
}

TEST(StrictJsonTest, PointerOfAnErrorIsBounded) {
  std::string text;
  for (int i = 0; i < 30; ++i) {
    text +=
        "{\"" + std::string(10'000, static_cast<char>('a' + i % 26)) + "\":";
  }
  const auto value = ParseStrictJson(text + "1e999");
  ASSERT_FALSE(value);
  EXPECT_LT(value.error().pointer.size(), 2'000u);
}

TEST(JsonTextTest, StringsAreAlwaysValid) {
  std::string out;
  AppendJsonString("a\"\\\n\x01\x7f\xff\xc3", out);
  EXPECT_EQ(out, "\"a\\\"\\\\\\n\\u0001\\u007f\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(JsonTextTest, NumbersThatAreNotFiniteAreNull) {
  EXPECT_EQ(JsonText(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(JsonText(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(JsonText(std::numeric_limits<double>::quiet_NaN()), "null");
}

}  // namespace
}  // namespace verifier::protocol
