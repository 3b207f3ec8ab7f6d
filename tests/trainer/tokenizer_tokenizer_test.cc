// Tests trainer/tokenizer/tokenizer.h.

#include "trainer/tokenizer/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace trainer {
namespace {

using ::testing::HasSubstr;
using Ids = std::vector<std::int32_t>;

Tokenizer Make(std::vector<std::string> added) {
  return Tokenizer::Make(std::move(added)).value();
}

struct EncodeCase {
  const char* name;
  std::vector<std::string> added;
  std::string text;
  Ids ids;
};

void PrintTo(const EncodeCase& c, std::ostream* os) { *os << c.name; }

class Encode : public ::testing::TestWithParam<EncodeCase> {};

TEST_P(Encode, GivesIdsThatDecodeToTheText) {
  const EncodeCase& c = GetParam();
  const Tokenizer tokenizer = Make(c.added);
  EXPECT_EQ(tokenizer.Encode(c.text), c.ids);
  EXPECT_EQ(tokenizer.Decode(c.ids), c.text);
}

const EncodeCase kTexts[] = {
    {"Empty", {"<think>"}, "", {}},
    {"Bytes", {}, "a7\n", {97, 55, 10}},
    {"Zero", {}, std::string(1, '\0'), {0}},
    {"HighByte", {}, "\xFF\x80", {255, 128}},
    {"Added", {"<think>", "</think>"}, "<think>a</think>", {258, 97, 259}},
    {"LongestFirst", {"ab", "abc", "bcd"}, "abcd", {259, 100}},
    {"LongestWhateverTheOrder", {"abc", "ab"}, "abcab", {258, 259}},
    {"LeftmostBeatsLonger", {"ab", "bcd"}, "abcd", {258, 99, 100}},
    {"BackToTheShorter", {"ab", "abcd"}, "abce", {258, 99, 101}},
    {"CutAtTheEnd", {"abc"}, "ab", {97, 98}},
    {"Chinese", {"个"}, "个位", {258, 0xE4, 0xBD, 0x8D}},
    {"SpecialsAreText", {}, "<|eos|>", {60, 124, 101, 111, 115, 124, 62}},
};

INSTANTIATE_TEST_SUITE_P(Tokenizer, Encode, ::testing::ValuesIn(kTexts),
                         [](const auto& test) { return test.param.name; });

TEST(Decode, SpecialsAndForeignIdsGiveNothing) {
  const Tokenizer tokenizer = Make({"xy"});
  EXPECT_EQ(tokenizer.size(), 259U);
  EXPECT_EQ(tokenizer.bos(), 256);
  EXPECT_EQ(tokenizer.eos(), 257);
  EXPECT_EQ(tokenizer.Decode(Ids{256, 97, 257, -1, 258, 259, 98}), "axyb");
}

struct AddedCase {
  const char* name;
  std::vector<std::string> added;
  std::string says;  // empty: taken
};

void PrintTo(const AddedCase& c, std::ostream* os) { *os << c.name; }

class Added : public ::testing::TestWithParam<AddedCase> {};

TEST_P(Added, IsTakenOrRefused) {
  const AddedCase& c = GetParam();
  const auto made = Tokenizer::Make(c.added);
  ASSERT_EQ(made.has_value(), c.says.empty());
  if (made) {
    EXPECT_EQ(made->added(), c.added);
    return;
  }
  EXPECT_THAT(made.error().detail, HasSubstr(c.says));
  EXPECT_THROW((void)made.value(), std::logic_error);
}

std::vector<std::string> Numbered(std::size_t count) {
  std::vector<std::string> strings;
  for (std::size_t i = 0; i < count; ++i) {
    strings.push_back("#" + std::to_string(i));
  }
  return strings;
}

const AddedCase kAdded[] = {
    {"None", {}, ""},
    {"TwoBytes", {"ab"}, ""},
    {"OneByte", {"ab", "a"}, "added[1]: is shorter than two bytes"},
    {"Nothing", {""}, "added[0]: is shorter"},
    {"Twice", {"ab", "cd", "ab"}, "added[2]: is there twice"},
    {"Special", {"<|eos|>"}, "added[0]: is a special"},
    {"NotUtf8", {"\xC3\x28"}, "added[0]: is not UTF-8"},
    {"LengthAtLimit", {std::string(kMaxAddedTokenBytes, 'x')}, ""},
    {"LengthPastLimit", {std::string(kMaxAddedTokenBytes + 1, 'x')}, "over"},
    {"CountAtLimit", Numbered(kMaxAddedTokens), ""},
    {"CountPastLimit", Numbered(kMaxAddedTokens + 1), "over 65536 strings"},
};

INSTANTIATE_TEST_SUITE_P(Tokenizer, Added, ::testing::ValuesIn(kAdded),
                         [](const auto& test) { return test.param.name; });

TEST(TokenizerJson, RoundTrip) {
  const Tokenizer before = Make({"<think>", "个位", "\"quoted\"\n"});
  const auto after = Tokenizer::FromJson(before.ToJson());
  ASSERT_TRUE(after.has_value()) << after.error().detail;
  EXPECT_EQ(after->added(), before.added());
  const std::string text = "<think>\"quoted\"\n个位\x80";
  EXPECT_EQ(after->Encode(text), before.Encode(text));
  EXPECT_EQ(after->ToJson(), before.ToJson());
}

TEST(TokenizerJson, HasTheHuggingFaceLayout) {
  const boost::json::value root = boost::json::parse(Make({"ab"}).ToJson());
  const boost::json::value& vocabulary = root.at_pointer("/model/vocab");
  EXPECT_EQ(vocabulary.as_object().size(), 256U);
  EXPECT_EQ(vocabulary.at("a"), 97);
  EXPECT_EQ(vocabulary.at("Ġ"), 32);  // the space, U+0120
  EXPECT_EQ(vocabulary.at("Ċ"), 10);  // the line feed, U+010A
  EXPECT_EQ(vocabulary.at("ÿ"), 255);
  EXPECT_EQ(vocabulary.at("Ń"), 173);  // the last without a glyph, U+0143
  EXPECT_EQ(root.at_pointer("/added_tokens/1/content"), "<|eos|>");
  EXPECT_EQ(root.at_pointer("/added_tokens/1/special"), true);
  EXPECT_EQ(root.at_pointer("/added_tokens/2/id"), 258);
  EXPECT_EQ(root.at_pointer("/added_tokens/2/special"), false);
}

struct ForeignCase {
  const char* name;
  const char* pointer;  // what is changed in a good file
  const char* value;
  const char* says;
};

void PrintTo(const ForeignCase& c, std::ostream* os) { *os << c.name; }

class Foreign : public ::testing::TestWithParam<ForeignCase> {};

TEST_P(Foreign, IsRefusedWithItsPlace) {
  const ForeignCase& c = GetParam();
  boost::json::value root = boost::json::parse(Make({"ab", "cd"}).ToJson());
  root.at_pointer(c.pointer) = boost::json::parse(c.value);
  const auto read = Tokenizer::FromJson(boost::json::serialize(root));
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().detail, HasSubstr(c.says));
}

constexpr ForeignCase kForeign[] = {
    {"Unigram", "/model/type", R"("Unigram")", "/model/type"},
    {"Merges", "/model/merges", R"(["a b"])", "/model/merges"},
    {"Vocabulary", "/model/vocab", R"({"a": 0})", "/model/vocab"},
    {"SwappedId", "/model/vocab/a", "98", "/model/vocab"},
    {"PrefixSpace", "/pre_tokenizer/add_prefix_space", "true",
     "/pre_tokenizer/add_prefix_space"},
    {"Normalizer", "/normalizer", R"({"type": "NFC"})", "/normalizer"},
    {"NoDecoder", "/decoder", "null", "/decoder/type"},
    {"NoAdded", "/added_tokens", "[]", "lacks bos and eos"},
    {"AddedNull", "/added_tokens", "null", "/added_tokens: is not an array"},
    {"OtherEos", "/added_tokens/1/content", R"("</s>")",
     "/added_tokens/1/content"},
    {"Gap", "/added_tokens/3/id", "300", "/added_tokens/3/id: is not 259"},
    {"NotAString", "/added_tokens/2/content", "7", "/added_tokens/2/content"},
    {"Twice", "/added_tokens/3/content", R"("ab")", "is there twice"},
    {"NotAnObject", "", "7", "/model/type"},
};

INSTANTIATE_TEST_SUITE_P(TokenizerJson, Foreign, ::testing::ValuesIn(kForeign),
                         [](const auto& test) { return test.param.name; });

TEST(TokenizerJson, CutTextIsRefused) {
  std::string text = Make({}).ToJson();
  text.pop_back();
  const auto read = Tokenizer::FromJson(text);
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().detail, HasSubstr("not JSON"));
}

}  // namespace
}  // namespace trainer
