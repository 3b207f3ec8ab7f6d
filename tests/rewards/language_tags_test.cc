#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "rewards/language/language.h"

namespace rewards::language {
namespace {

Language Of(std::string_view tag) { return *FindLanguage(tag); }

struct Row {
  std::string_view tag;
  std::string_view means;
};

TEST(Tags, NameALanguage) {
  for (const Row& row : std::vector<Row>{
           {"en", "en"},         {"EN-gb", "en"},     {"en-Latn-US", "en"},
           {"zh", "zh"},         {"zh-Hans", "zh"},   {"zh-Hant-TW", "zh"},
           {"zh-CN", "zh"},      {"cmn-Hans", "zh"},  {"yue", "zh"},
           {"pt-BR", "pt"},      {"no", "nb"},        {"nn-NO", "nb"},
           {"bs", "hr"},         {"sr-Cyrl", "sr"},   {"sr-Latn", "hr"},
           {"sr-Latn-RS", "hr"}, {"iw", "he"},        {"fil", "tl"},
           {"ja-Jpan", "ja"},    {"ko-Kore-KR", "ko"}}) {
    const auto target = ParseTag(row.tag, true);
    ASSERT_TRUE(target) << row.tag;
    EXPECT_EQ(TagOf(target->language), row.means) << row.tag;
    EXPECT_TRUE(target->Accepts(Of(row.means)));
  }
}

TEST(Tags, OthersAreRefused) {
  for (const std::string_view bad :
       {"", "xx", "und", "eng", "zh-Latn", "en-Cyrl", "en-Zzzz", "en-", "-en",
        "en_US", "en--US", "zh-toolongsubtag", "en us", "prompt", "English",
        "\xFF"}) {
    EXPECT_FALSE(ParseTag(bad, true)) << bad;
  }
}

TEST(Tags, GroupsOfCloseLanguages) {
  EXPECT_TRUE(ParseTag("id", true)->Accepts(Of("ms")));
  EXPECT_TRUE(ParseTag("ms", true)->Accepts(Of("id")));
  EXPECT_FALSE(ParseTag("id", false)->Accepts(Of("ms")));
  EXPECT_FALSE(ParseTag("de", true)->Accepts(Of("nl")));
  // Serbian is one language in two scripts, unless one is asked for.
  EXPECT_TRUE(ParseTag("sr", false)->Accepts(Of("hr")));
  EXPECT_FALSE(ParseTag("sr-Cyrl", true)->Accepts(Of("hr")));
  EXPECT_FALSE(ParseTag("sr-Latn", true)->Accepts(Of("sr")));
  EXPECT_FALSE(ParseTag("hr", true)->Accepts(Of("sr")));
}

TEST(Tags, NothingIsAcceptedByDefault) {
  EXPECT_TRUE(Target().accepted.none());
  EXPECT_FALSE(ParseTag("en", true)->Accepts(Language::kUndetermined));
}

TEST(Tags, NearestIsFirst) {
  const auto first = [](std::string_view tag) {
    const auto near = NearestTags(tag);
    return near.empty() ? std::string_view("none") : near.front();
  };
  EXPECT_EQ(first("English"), "en");
  EXPECT_EQ(first("germna"), "de");
  EXPECT_EQ(first("Potuguese"), "pt");
  EXPECT_EQ(first("eng"), "en");
  EXPECT_EQ(first("zh_CN"), "zh");
  EXPECT_EQ(first("qqqq"), "none");
  EXPECT_EQ(first(""), "none");
  for (const char* tag : {"x", "aa", "e"}) {
    EXPECT_LE(NearestTags(tag).size(), 3U);
  }
}

TEST(Languages, TableIsSound) {
  std::set<std::string_view> tags;
  for (const LanguageInfo& info : Languages()) {
    EXPECT_TRUE(tags.insert(info.tag).second) << info.tag;
    EXPECT_EQ(TagOf(Of(info.tag)), info.tag);
  }
  EXPECT_GE(tags.size(), 44U);
  EXPECT_LE(tags.size(), kMostLanguages);
  EXPECT_EQ(OnlyLanguageOf(Script::kThai), Of("th"));
  EXPECT_EQ(OnlyLanguageOf(Script::kLatin), Language::kUndetermined);
  EXPECT_EQ(OnlyLanguageOf(Script::kHan), Language::kUndetermined);
  EXPECT_EQ(OnlyLanguageOf(Script::kOther), Language::kUndetermined);
}

}  // namespace
}  // namespace rewards::language
