// The pure parts of rewards/rules that measure: lengths, repetition, sentences,
// word tokens, patterns.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/rules/code_points.h"
#include "rewards/rules/length.h"
#include "rewards/rules/pattern.h"
#include "rewards/rules/repetition.h"
#include "rewards/rules/sentences.h"
#include "rewards/rules/tags_once.h"
#include "rewards/rules/word_tokens.h"
#include "rewards/rules/words.h"

namespace rewards::rules {
namespace {

TEST(Words, AreThoseOfUnicodeAndItsDictionaries) {
  const auto words = SplitWords("It's 3.5 km — 我喜欢读书, naïve.");
  ASSERT_TRUE(words);
  const std::vector<std::string_view> want = {"It's", "3.5",  "km",   "我",
                                              "喜欢", "读书", "naïve"};
  EXPECT_EQ(*words, want);
  EXPECT_TRUE(SplitWords("")->empty());
  EXPECT_TRUE(SplitWords(" ,.!")->empty());
}

TEST(Words, NumbersAreEqualForEqualWordsInAnyCase) {
  const auto numbers = NumberWords({"The", "a", "THE", "É", "é", "b"});
  EXPECT_EQ(numbers[0], numbers[2]);
  EXPECT_EQ(numbers[3], numbers[4]);
  EXPECT_NE(numbers[0], numbers[1]);
  EXPECT_NE(numbers[1], numbers[5]);
}

TEST(Lengths, CountWhatTheirUnitSays) {
  const std::string_view text = "naïve 词";
  EXPECT_EQ(LengthOf(text, LengthUnit::kBytes), 10U);
  EXPECT_EQ(LengthOf(text, LengthUnit::kCharacters), 7U);
  EXPECT_EQ(LengthOf(text, LengthUnit::kWords), 2U);
}

TEST(Lengths, CosineIsThatOfThePaper) {
  LengthReward reward{Shape::kCosine};
  reward.most = 1000;
  reward.over = 0.25;
  EXPECT_EQ(ScoreOfLength(reward, 0), 1.0);
  EXPECT_NEAR(ScoreOfLength(reward, 500), 0.5, 1e-12);
  EXPECT_NEAR(ScoreOfLength(reward, 250), (1 + std::sqrt(0.5)) / 2, 1e-12);
  EXPECT_EQ(ScoreOfLength(reward, 1000), 0.0);
  EXPECT_EQ(ScoreOfLength(reward, 1001), 0.25);
  reward.at_zero = 0.5;
  reward.at_most = 0.9;
  EXPECT_EQ(ScoreOfLength(reward, 0), 0.5);
  EXPECT_NEAR(ScoreOfLength(reward, 500), 0.7, 1e-12);
  EXPECT_EQ(ScoreOfLength(reward, 1000), 0.9);
}

TEST(Lengths, OverlongIsOneMoreThanThePunishmentOfDapo) {
  LengthReward reward{Shape::kOverlong};
  reward.most = 20'480;
  reward.buffer = 4'096;
  EXPECT_EQ(ScoreOfLength(reward, 0), 1.0);
  EXPECT_EQ(ScoreOfLength(reward, 16'384), 1.0);
  EXPECT_EQ(ScoreOfLength(reward, 16'385), 4'095.0 / 4'096.0);
  EXPECT_EQ(ScoreOfLength(reward, 18'432), 0.5);
  EXPECT_EQ(ScoreOfLength(reward, 20'480), 0.0);
  EXPECT_EQ(ScoreOfLength(reward, 20'481), 0.0);
}

// More is never worth more, and every score is in [0, 1].
TEST(Lengths, FallingShapesNeverRise) {
  for (const Shape shape : {Shape::kCosine, Shape::kOverlong}) {
    LengthReward reward{shape};
    reward.most = 300;
    reward.buffer = 77;
    double last = 1.0;
    for (std::uint64_t length = 0; length < 400; ++length) {
      const double score = ScoreOfLength(reward, length);
      EXPECT_LE(score, last);
      EXPECT_GE(score, 0.0);
      last = score;
    }
  }
}

Repetition RepetitionOf(std::string_view text, std::size_t n) {
  return MeasureRepetition(NumberWords(*SplitWords(text)), n);
}

TEST(Repetitions, CountDistinctGrams) {
  const Repetition one = RepetitionOf("a b c a b c a b c", 3);
  EXPECT_EQ(one.grams, 7U);
  EXPECT_EQ(one.distinct, 3U);
  EXPECT_EQ(RepetitionOf("the cat sat", 3).grams, 1U);
  EXPECT_EQ(RepetitionOf("the cat sat", 3).share(), 1.0);
  EXPECT_EQ(RepetitionOf("the cat", 3).grams, 0U);
  EXPECT_EQ(RepetitionOf("the cat", 3).share(), 1.0);
  EXPECT_EQ(RepetitionOf("No no NO no", 1).distinct, 1U);
  EXPECT_EQ(RepetitionOf("我喜欢读书我喜欢读书", 3).grams, 4U);
  EXPECT_EQ(RepetitionOf("我喜欢读书我喜欢读书", 3).distinct, 3U);
}

// Against counting by hand, for every n that a check may ask for.
TEST(Repetitions, AgreeWithASimpleCount) {
  std::vector<std::uint32_t> words;
  std::uint32_t state = 7;
  for (int i = 0; i < 300; ++i) {
    state = state * 1'664'525U + 1'013'904'223U;
    words.push_back(state >> 30);
  }
  for (std::size_t n = 1; n <= 100; ++n) {
    std::vector<std::vector<std::uint32_t>> grams;
    for (std::size_t i = 0; i + n <= words.size(); ++i) {
      const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
      grams.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(n));
    }
    const std::size_t all = grams.size();
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    const Repetition found = MeasureRepetition(words, n);
    EXPECT_EQ(found.grams, all) << n;
    EXPECT_EQ(found.distinct, grams.size()) << n;
  }
}

TEST(TagsOnce, CountsAsPythonCounts) {
  const std::vector<std::string> tags = {"aa", "b", "c"};
  EXPECT_EQ(CountTagsOnce("aaa b bb", tags), 1U);
  EXPECT_EQ(CountTagsOnce("aaaa b c", tags), 2U);
  EXPECT_EQ(CountTagsOnce("", tags), 0U);
}

TEST(CodePoints, AnswerAsPythonDoes) {
  EXPECT_EQ(Strip(" \u00A0\u3000x y\u2028\n"), "x y");
  EXPECT_EQ(Strip(" \n"), "");
  EXPECT_EQ(Strip("\u4e2d"), "\u4e2d");
  EXPECT_EQ(Lower("ÀÉ İ"), "àé i\u0307");
  EXPECT_TRUE(IsUpperText("ABC 12 É!"));
  EXPECT_FALSE(IsUpperText("ABc"));
  EXPECT_FALSE(IsUpperText("12!"));
  EXPECT_FALSE(IsUpperText("中文"));
  EXPECT_TRUE(IsLowerText("abc é 1"));
  EXPECT_FALSE(IsLowerText("aBc"));
  EXPECT_EQ(CountPythonWords("don't stop_now 中文 x-y"), 6U);
  EXPECT_EQ(CountPythonWords("हिन्दी"), 3U);  // cut at its vowel signs
}

struct CountRow {
  std::string_view text;
  std::size_t count;
};

TEST(Sentences, AreThoseOfPunkt) {
  for (const CountRow& row : {
           CountRow{"", 0},
           {"no mark at all", 1},
           {"One. Two. Three.", 3},
           {"One.  two\nthree", 2},
           {"Really?! Yes. No", 3},
           {"line one\nline two\n\nline three", 1},
           {"Dr. Smith met Mrs. Jones at 5 p.m. on Jan. 3.", 1},
           {"He works at Acme Inc. The firm is old.", 2},
           {"See e.g. this one, i.e. that.", 1},
           {"J. K. Rowling wrote it.", 1},
           {"Pi is 3.14 or so. Yes.", 2},
           {"Well... maybe. Hm... Then no.", 3},
           {"He said \"Stop.\" Then he left.", 2},
           {"(It is so.) And this.", 2},
           {"**Bold.** Next.", 2},
           {"*Last.*", 2},
           {"1. First 2. second", 2},
           {"Go to www.example.com now.", 1},
           {"Ends with a quote.\"", 1},
       }) {
    EXPECT_EQ(CountSentences(row.text), row.count) << row.text;
  }
}

TEST(WordTokens, AreThoseOfTreebank) {
  using Words = std::vector<std::string_view>;
  EXPECT_EQ(WordTokens("DON'T STOP, it's A-OK!"),
            (Words{"DO", "N'T", "STOP", "it", "'s", "A-OK"}));
  EXPECT_EQ(WordTokens("**BIG** (NEWS): 1,000 CANNOT."),
            (Words{"BIG", "NEWS", "1,000", "CAN", "NOT"}));
  EXPECT_EQ(WordTokens("U.S. WAIT...WHAT--NOW I’M"),
            (Words{"U.S.", "WAIT", "WHAT", "NOW", "I", "M"}));
  EXPECT_TRUE(WordTokens(" ?! ").empty());
}

TEST(Patterns, MatchAndCount) {
  std::string problem;
  const Pattern pattern("a+", problem);
  EXPECT_EQ(problem, "");
  EXPECT_TRUE(pattern.MatchesIn("xaay"));
  EXPECT_FALSE(pattern.MatchesAll("xaay"));
  EXPECT_TRUE(pattern.MatchesAll("aa"));
  EXPECT_EQ(pattern.Count("aa b a ca", 9), 3U);
  EXPECT_EQ(pattern.Count("aa b a ca", 2), 2U);
  EXPECT_EQ(Pattern("x*", problem).Count("词词", 9), 3U);
  EXPECT_EQ(Pattern("(?m)^b", problem).Count("b\nb\nab", 9), 2U);
  EXPECT_EQ(pattern.Find("xaay", 2).begin, 2U);
}

TEST(Patterns, ABadOneSaysSoAndMatchesNothing) {
  std::string problem;
  for (const char* bad :
       {"(", "a(?=b)", "(a)\\1", "a{1001}", "((a{1,100}){1,100}){1,100}"}) {
    const Pattern pattern(bad, problem);
    EXPECT_NE(problem, "") << bad;
    EXPECT_FALSE(pattern.MatchesIn("aab"));
    EXPECT_EQ(pattern.Count("aab", 3), 0U);
  }
  static_cast<void>(Pattern(std::string(kMaxPatternBytes, 'a'), problem));
  EXPECT_EQ(problem, "");
  static_cast<void>(Pattern(std::string(kMaxPatternBytes + 1, 'a'), problem));
  EXPECT_NE(problem, "");
}

}  // namespace
}  // namespace rewards::rules
