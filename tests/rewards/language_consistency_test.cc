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
        Row{"OneWordRun", "zh", "add it up 好 好 好 好", 1, 4},
        Row{"EnglishPhraseInGerman", "de",
            "Dann haben wir das Ergebnis which is what we wanted am Ende doch "
            "gefunden.",
            9, 14},
        Row{"GermanPhraseInEnglish", "en",
            "Then we have the result wie wir es auch wollten in the end.", 8,
            13},
        Row{"SentenceOfAnother", "fr",
            "Nous comptons les points. So there are seven of them. C'est "
            "tout.",
            6, 12},
        Row{"LoanWords", "de",
            "Das Team hat im Meeting das Feedback zum Download besprochen.", 10,
            10},
        Row{"NamesInEnglish", "en",
            "By the theorem of Łojasiewicz and Poincaré it is smooth.", 10, 10},
        Row{"TitleCaseHidesNothing", "en",
            "Dann Haben Wir Beide Zahlen Zusammen Gezählt Und Noch Einmal "
            "Geprüft",
            0, 11},
        Row{"TitleCaseInTheMiddle", "en",
            "so then Haben Wir Beide Zahlen Zusammen Gezählt Und Noch Einmal "
            "Geprüft Und Wieder Verglichen",
            0, 15},
        Row{"NoAccents", "fr", "On verifie le resultat a la fin, c'est egal.",
            9, 9},
        Row{"AllCapitals", "en", "SO WE HAVE THE ANSWER NOW", 6, 6},
        Row{"FewWordsAreTheTargets", "de", "Ja, gut.", 2, 2},
        Row{"FewWordsPlainlyNot", "en", "Das haben wir.", 0, 3},
        Row{"SerbianInLatinScript", "sr",
            "Prvo saberemo oba broja i onda proverimo zbir.", 8, 8},
        Row{"Pinyin", "zh", "Women xianzai jisuan liang ge shu de he.", 0, 8},
        Row{"HanjaInKorean", "ko", "두 수의 合을 計算 한다", 6, 6},
        Row{"ChineseIsNotKorean", "ko", "두 수의 我们先计算这两个数 한다", 3,
            10},
        Row{"HanAloneForJapanese", "ja", "計算結果", 2, 2},
        Row{"ChineseSentenceForJapanese", "ja",
            "今日は天気がいいですね。我们先计算这两个数的和。", 7, 16},
        Row{"RussianForUkrainian", "uk",
            "Сначала мы запишем оба числа, потом сложим их.", 0, 8},
        Row{"PersianForArabic", "ar",
            "ابتدا هر دو عدد را می‌نویسیم و سپس "
            "جمع "
            "می‌کنیم",
            0, 10},
        Row{"ArithmeticTrace", "en", "ones 7+5=12 tens 4+8+1=13 so", 3, 3},
        Row{"ChineseTrace", "zh", "个位 7+5=12 十位 4+8+1=13 所以", 4, 4},
        Row{"MixedTrace", "zh", "个位 7+5=12 tens 4+8+1=13 所以", 3, 4}),
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
  EXPECT_EQ(tag("Women xianzai jisuan liang ge shu de he"), "none");
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
