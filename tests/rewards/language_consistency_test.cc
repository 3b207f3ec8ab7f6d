#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "rewards/language/consistency.h"
#include "rewards/language/detect.h"

namespace rewards::language {
namespace {

struct Row {
  std::string_view name;
  std::string_view target;
  std::string_view text;
  std::size_t words_target;
  std::size_t words_total;
};

const Target kEnglish = *ParseTag("en", true);
const Target kChinese = *ParseTag("zh", true);

class ConsistencyTest : public testing::TestWithParam<Row> {};

TEST_P(ConsistencyTest, Counts) {
  const Row& row = GetParam();
  const auto found = MeasureConsistency(row.text, *ParseTag(row.target, true));
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
  const auto found = MeasureConsistency("so 我们计算", kChinese);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->chars_target, 4U);
  const auto english = MeasureConsistency("so 我们计算", kEnglish);
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

TEST(Detect, MostWordsDecide) {
  const auto tag = [](std::string_view text) {
    const auto found = DetectLanguage(text);
    return found ? TagOf(*found) : std::string_view("none");
  };
  EXPECT_EQ(tag("What is $1+1$?"), "en");
  EXPECT_EQ(tag("请计算 f(x) 的值。"), "zh");
  EXPECT_EQ(tag("so 我"), "zh");
  EXPECT_EQ(tag(""), "none");
  EXPECT_EQ(tag("1 + 1 = ?"), "none");
  EXPECT_EQ(tag("Сколько будет два плюс два?"), "ru");
  EXPECT_EQ(tag("今日は何をする"), "ja");
  EXPECT_EQ(tag("Wie viel ist das zusammen?"), "de");
  // Most of the words, not the first ones.
  EXPECT_EQ(tag("Combien font deux et deux? He asked and nobody in the whole "
                "room could tell him what the right answer was."),
            "en");
}

}  // namespace
}  // namespace rewards::language
