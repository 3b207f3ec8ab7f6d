// The n-gram table that the program carries, and what reads it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/language/evidence.h"
#include "rewards/language/language.h"
#include "rewards/language/ngrams/table.h"

namespace rewards::language {
namespace {

std::vector<std::uint32_t> Features(std::u16string_view word) {
  std::vector<std::uint32_t> hashes;
  VisitFeatures(FoldedWord(word),
                [&](std::uint32_t hash) { hashes.push_back(hash); });
  return hashes;
}

TEST(Features, AreGramsAndTheWord) {
  // ^ab$: a, b, ^a, ab, b$, ^ab, ab$, ^ab$ and no mark alone.
  EXPECT_EQ(Features(u"ab").size(), 8U);
  // A longer word is a feature of its own.
  EXPECT_EQ(Features(u"abc").size(), 3U + 4U + 3U + 2U + 1U);
  EXPECT_TRUE(Features(u"").size() <= 1U);
}

TEST(Features, FoldCaseAndApostrophes) {
  EXPECT_EQ(Features(u"L\u2019ÉTÉ"), Features(u"l'été"));
  EXPECT_NE(Features(u"été"), Features(u"ete"));
  EXPECT_EQ(Features(u"МИР"), Features(u"мир"));
}

TEST(Features, LongestWord) {
  const std::u16string longest(kWordUnits, u'a');
  EXPECT_EQ(FoldedWord(longest).view().size(), kWordUnits + 2);
  EXPECT_EQ(Features(longest + u"b"), Features(longest));
  EXPECT_NE(Features(longest.substr(1)), Features(longest));
  // A score of it fits: every feature at the largest weight.
  EXPECT_LE(Features(longest).size() * 127, 32767U);
}

TEST(Features, HashesAreFixed) {
  // The bytes of the table hang on these.
  EXPECT_EQ(HashEnd(HashStep(kHashSeed, u'a')), 1817065451U);
}

TEST(Table, KnowsTheLanguages) {
  std::set<Language> known;
  for (std::size_t model = 0; model < kModels; ++model) {
    const auto columns = LanguagesOf(model);
    EXPECT_FALSE(columns.empty());
    EXPECT_LE(columns.size(), kMostColumns);
    known.insert(columns.begin(), columns.end());
  }
  EXPECT_GE(known.size(), 44U);
  for (const LanguageInfo& info : Languages()) {
    if (!HasModel(info.script) && info.script != Script::kHan) continue;
    EXPECT_TRUE(known.contains(*FindLanguage(info.tag))) << info.tag;
  }
}

std::string_view BestTag(std::size_t model, std::u16string_view word) {
  const Model& table = Table::Get().model(model);
  const Scores scores = table.ScoreOf(FoldedWord(word));
  const auto best = std::max_element(
      scores.begin(),
      scores.begin() + static_cast<std::ptrdiff_t>(table.tags().size()));
  return table.tags()[static_cast<std::size_t>(best - scores.begin())];
}

TEST(Table, KnowsWords) {
  EXPECT_EQ(BestTag(0, u"which"), "en");
  EXPECT_EQ(BestTag(0, u"zwischen"), "de");
  EXPECT_EQ(BestTag(0, u"également"), "fr");
  EXPECT_EQ(BestTag(0, u"kunnen"), "nl");
  EXPECT_EQ(BestTag(0, u"jieguo"), "und");
  EXPECT_EQ(BestTag(1, u"который"), "ru");
  EXPECT_EQ(BestTag(1, u"який"), "uk");
  EXPECT_EQ(BestTag(2, u"است"), "fa");
  EXPECT_EQ(BestTag(3, u"आहे"), "mr");
  EXPECT_EQ(BestTag(4, u"的"), "zh");
  EXPECT_EQ(BestTag(4, u"です"), "ja");
}

TEST(Table, NothingScoresNothing) {
  const Scores none = Table::Get().model(0).ScoreOf(FoldedWord(u"ɮɮɮ"));
  EXPECT_EQ(none, Scores());
}

}  // namespace
}  // namespace rewards::language
