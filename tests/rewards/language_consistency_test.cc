#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "rewards/language/consistency.h"
#include "rewards/language/words.h"

namespace rewards::language {
namespace {

struct Row {
  std::string_view name;
  std::string_view target;
  std::string_view text;
  std::size_t words_target;
  std::size_t words_total;
};

class ConsistencyTest : public testing::TestWithParam<Row> {};

TEST_P(ConsistencyTest, Counts) {
  const Row& row = GetParam();
  const auto found = MeasureConsistency(row.text, *ParseTag(row.target));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->words_target, row.words_target);
  EXPECT_EQ(found->words_total, row.words_total);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConsistencyTest,
    testing::Values(
        Row{"English", "en", "First we add the two numbers.", 6, 6},
        Row{"EnglishForChinese", "zh", "First we add the two numbers.", 0, 6},
        Row{"Chinese", "zh", "我们先计算。", 3, 3},
        Row{"ChineseForEnglish", "en", "我们先计算。", 0, 3},
        Row{"Traditional", "zh-TW", "我們先計算。", 3, 3},
        Row{"Empty", "en", "", 0, 0},
        Row{"Invalid", "en", "\xFF\xFE ok then", 2, 2},
        Row{"NoWords", "zh", "$x^2=4$, 12, 3.5 \xF0\x9F\x99\x82", 0, 0},
        Row{"Mixed", "en", "so 我们 go", 2, 3},
        Row{"MathDoesNotCount", "zh", "我们 $x = \\frac{a}{b}$ 计算", 2, 2},
        Row{"LettersAlone", "zh", "设 a 和 b 是 x", 3, 3},
        Row{"Articles", "en", "I see a cat", 4, 4},
        Row{"ArticleAtTheEnd", "en", "it is a", 3, 3},
        Row{"LetterAlone", "en", "x is y, z", 1, 1},
        Row{"Cyrillic", "en", "so да is нет", 2, 4},
        Row{"Homoglyph", "en",
            "the \xD1\x81"
            "at sat",  // Cyrillic es
            2, 3},
        Row{"Hangul", "zh", "我们 먼저 수를", 1, 3},
        Row{"KanaMakesHanJapanese", "zh", "今日は計算をする。", 0, 5},
        Row{"KanaInOneSentenceOnly", "zh", "我们先计算。今日は計算をする。", 3,
            8},
        Row{"ZeroWidth", "en",
            "\xE2\x80\x8B\xEF\xBB\xBF"
            "first we",
            2, 2},
        Row{"FullWidth", "en", "Ｆｉｒｓｔ ｗｅ", 2, 2},
        Row{"MathBold", "en",
            "\xF0\x9D\x90\x85\xF0\x9D\x90\xA2 "
            "\xF0\x9D\x90\x80\xF0\x9D\x90\xA2",
            2, 2},
        Row{"NamesAreNeutral", "zh", "根据 Vieta 定理，Alice 得到结果", 4, 4},
        Row{"LongLatinRunIsNot", "zh", "我们 use the theorem 计算", 2, 5},
        Row{"HiddenInCode", "en", "so it is\n```\n# 我们先计算两个数的和\n```",
            3, 11},
        Row{"OneWordRun", "zh", "add it up 好 好 好 好", 1, 4}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Consistency, CharactersCountCjkOneByOne) {
  const auto found = MeasureConsistency("so 我们计算", Language::kChinese);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->chars_target, 4U);
  const auto english = MeasureConsistency("so 我们计算", Language::kEnglish);
  ASSERT_TRUE(english);
  EXPECT_EQ(english->chars_target, 1U);
  EXPECT_EQ(english->chars_total, 5U);
  EXPECT_DOUBLE_EQ(english->fraction_chars(), 0.2);
  EXPECT_DOUBLE_EQ(english->fraction(), 1.0 / 3);
}

TEST(Consistency, NothingIsNoShare) {
  EXPECT_EQ(Consistency().fraction(), 0.0);
  EXPECT_EQ(Consistency().fraction_chars(), 0.0);
}

// kKanaPercent: at it a sentence is Chinese, past it Japanese.
TEST(ConsistencyLimits, KanaPercent) {
  const auto target = [](int han) {
    std::string text;
    const char* const distinct[] = {"天", "地", "人", "山"};
    for (int i = 0; i < han; ++i) text += std::string(distinct[i % 4]) + "，";
    text += "の，の";
    return MeasureConsistency(text, Language::kChinese)->words_target;
  };
  EXPECT_GT(target(23), 0U);  // 2 of 25: 8 %
  EXPECT_EQ(target(22), 0U);  // 2 of 24
}

TEST(ConsistencyLimits, NeutralRun) {
  const auto total = [](std::string_view text) {
    return MeasureConsistency(text, Language::kChinese)->words_total;
  };
  EXPECT_EQ(total("我们 big sum 计算"), 2U);
  EXPECT_EQ(total("我们 big sum here 计算"), 5U);
}

TEST(ConsistencyLimits, NeutralFloor) {
  std::string text = "我";
  const char* const names[] = {"Ada", "Bob", "Cid", "Dan", "Eve"};
  const char* const parts[] = {"天", "地", "人", "山", "水"};
  for (int i = 0; i < 4; ++i) {
    text += std::string(" ") + names[i] + " " + parts[i];
  }
  EXPECT_EQ(MeasureConsistency(text, Language::kChinese)->fraction(), 1.0);
  text += std::string(" ") + names[4] + " " + parts[4];
  const auto found = MeasureConsistency(text, Language::kChinese);
  EXPECT_EQ(found->words_total - found->words_target, 1U);
}

// A text whose every 100 words are `latin` English ones apart, all words new.
std::string Sprinkled(int latin) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    const char32_t code = 0x4E00 + static_cast<char32_t>(i) * 7;
    if (i % 2 == 1 && i / 2 < latin) {
      text += std::string(" word") + static_cast<char>('a' + i / 26) +
              static_cast<char>('a' + i % 26) + " ";
    } else {
      text += static_cast<char>(0xE0 | code >> 12);
      text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      text += static_cast<char>(0x80 | (code & 0x3F));
      text += "，";
    }
  }
  return text;
}

TEST(ConsistencyLimits, NeutralPercent) {
  const auto foreign = [](int latin) {
    const auto found = MeasureConsistency(Sprinkled(latin), Language::kChinese);
    return found->words_total - found->words_target;
  };
  EXPECT_EQ(foreign(15), 0U);
  EXPECT_EQ(foreign(16), 1U);
}

TEST(ConsistencyLimits, GramCount) {
  const auto total = [](int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += "one two three four five ";
    return MeasureConsistency(text, Language::kEnglish)->words_total;
  };
  EXPECT_EQ(total(3), 15U);
  EXPECT_EQ(total(4), 18U);  // three new sequences cross the third repetition
  EXPECT_EQ(total(5), total(4));
  EXPECT_EQ(total(500), total(4));
}

TEST(ConsistencyAttack, PaddingDoesNotPay) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += "First we add the two numbers up. ";
  std::string words = text;
  for (int i = 0; i < 400; ++i) text += "好的";
  for (int i = 0; i < 400; ++i) words += "好的，我们，可以，";
  EXPECT_LE(MeasureConsistency(text, Language::kChinese)->fraction(), 0.25);
  EXPECT_LE(MeasureConsistency(words, Language::kChinese)->fraction(), 0.5);
}

TEST(ConsistencyAttack, ForeignTextNeverRaisesTheShare) {
  const std::string_view english[] = {"First we add ", "the two numbers ",
                                      "and then compare them. "};
  for (std::size_t at = 0; at <= 3; ++at) {
    std::string text;
    std::string mixed;
    for (std::size_t i = 0; i < 3; ++i) {
      if (i == at) mixed += "我们先计算。";
      mixed += english[i];
      text += english[i];
    }
    if (at == 3) mixed += "我们先计算。";
    EXPECT_EQ(MeasureConsistency(text, Language::kEnglish)->fraction(), 1.0);
    EXPECT_LT(MeasureConsistency(mixed, Language::kEnglish)->fraction(), 1.0);
  }
}

TEST(ConsistencyWork, HostileSizes) {
  const auto share = [](const std::string& text) {
    return MeasureConsistency(text, Language::kEnglish)->fraction();
  };
  EXPECT_EQ(share(std::string(200'000, 'a')), 1.0);
  EXPECT_EQ(share(std::string(300'000, ' ')), 0.0);
  EXPECT_EQ(share(std::string(300'000, '\0')), 0.0);
  EXPECT_EQ(share(std::string(300'000, '\xFF')), 0.0);
  std::string han;
  for (int i = 0; i < 100'000; ++i) han += "天";
  EXPECT_EQ(share(han), 0.0);
  std::string words;
  for (int i = 0; i < 50'000; ++i)
    words += "word" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
  EXPECT_EQ(share(words), 1.0);
}

TEST(Detect, MostWordsDecide) {
  EXPECT_EQ(DetectLanguage("What is $1+1$?"), Language::kEnglish);
  EXPECT_EQ(DetectLanguage("请计算 f(x) 的值。"), Language::kChinese);
  EXPECT_EQ(DetectLanguage("so 我"), Language::kChinese);
  EXPECT_EQ(DetectLanguage(""), std::nullopt);
  EXPECT_EQ(DetectLanguage("1 + 1 = ?"), std::nullopt);
  EXPECT_EQ(DetectLanguage("Сколько будет два"), std::nullopt);
  EXPECT_EQ(DetectLanguage("今日は何をする"), std::nullopt);
}

TEST(Tags, Parse) {
  EXPECT_EQ(ParseTag("en"), Language::kEnglish);
  EXPECT_EQ(ParseTag("EN-gb"), Language::kEnglish);
  EXPECT_EQ(ParseTag("en-Latn-US"), Language::kEnglish);
  EXPECT_EQ(ParseTag("zh"), Language::kChinese);
  EXPECT_EQ(ParseTag("zh-Hant-TW"), Language::kChinese);
  EXPECT_EQ(ParseTag("zh-CN"), Language::kChinese);
  for (const std::string_view bad :
       {"", "fr", "eng", "zh-Latn", "en-Cyrl", "en-", "-en", "en_US", "en--US",
        "zh-toolongsubtag", "en us", "prompt"}) {
    EXPECT_EQ(ParseTag(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(TagOf(Language::kEnglish), "en");
  EXPECT_EQ(TagOf(Language::kChinese), "zh");
}

TEST(Words, NeverInventsAny) {
  EXPECT_TRUE(SplitWords(u"")->empty());
  EXPECT_TRUE(SplitWords(u"12 \uFFFC !?")->empty());
  EXPECT_EQ(SplitWords(u"don't stop")->size(), 2U);
}

}  // namespace
}  // namespace rewards::language
