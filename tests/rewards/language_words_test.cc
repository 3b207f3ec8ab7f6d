#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/unistr.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/language/segments.h"
#include "rewards/language/words.h"

namespace rewards::language {
namespace {

using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Places Ours(std::u16string_view text) {
  Places places;
  const auto segments = FindSegments(text);
  EXPECT_TRUE(segments);
  for (const Segment& segment : *segments) {
    places.emplace_back(segment.begin, segment.end);
  }
  return places;
}

Places Icu(std::u16string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const icu::UnicodeString units(text.data(),
                                 static_cast<std::int32_t>(text.size()));
  words->setText(units);
  Places places;
  std::int32_t begin = words->first();
  for (std::int32_t end = words->next(); end != icu::BreakIterator::DONE;
       begin = end, end = words->next()) {
    if (words->getRuleStatus() < UBRK_WORD_LETTER) continue;
    places.emplace_back(begin, end);
  }
  return places;
}

std::string Shown8(std::u16string_view text) {
  std::string shown;
  icu::UnicodeString(text.data(), static_cast<std::int32_t>(text.size()))
      .toUTF8String(shown);
  return shown;
}

// Every unit, between letters, syllables, signs and marks.
TEST(Segments, OfEveryUnitAreIcus) {
  for (char16_t c = 1; c < 0xFFFE; ++c) {
    if ((c >= 0xD800 && c <= 0xDFFF) || c == u'@') continue;
    const std::u16string unit(1, c);
    const std::u16string text = u"ab" + unit + u"cd " + unit + u" \uD55C" +
                                unit + u"\uAE00 " + unit + u"ab\u0301" + unit +
                                u" a" + unit + unit + u"\u0301b ." + unit +
                                u"'\u0416." + unit;
    ASSERT_EQ(Ours(text), Icu(text)) << std::hex << int{c};
  }
}

// Units of the scripts that are split here, and what stands between them.
TEST(Segments, OfOneScriptAreIcus) {
  constexpr std::u16string_view kSigns =
      u"  \n.',:\"-!\u2019\u201C\u2013\uFFFC";
  constexpr char16_t kBlocks[] = {0x0041, 0x00C0, 0x0300, 0x0370, 0x0400,
                                  0x0530, 0x0590, 0x0600, 0x0900, 0x0980,
                                  0x0A00, 0x0B80, 0x0C00, 0x0D00, 0x0D80,
                                  0x0E00, 0x10A0, 0x1200, 0x1E00, 0xAC00};
  std::mt19937 random(3);
  for (const char16_t block : kBlocks) {
    for (int round = 0; round < 1'000; ++round) {
      std::u16string text;
      for (auto left = random() % 24; left > 0; --left) {
        text += random() % 4 == 0
                    ? kSigns[random() % kSigns.size()]
                    : static_cast<char16_t>(block + random() % 0x70);
      }
      ASSERT_EQ(Ours(text), Icu(text)) << Shown8(text);
    }
  }
}

// What we split ourselves is split as ICU does it.
TEST(Segments, AreIcus) {
  constexpr std::u16string_view kUnits =
      u"aabbZé\u0416ж\u00D7 '.:_,;-5\n\u2019\u05D0\u0301\u200D天の\u0E01\"/\t"
      u"\uFFFC\u00A0\u00AD\u3000(!\u0660\u30FC";
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::u16string text;
    for (auto left = random() % 16; left > 0; --left) {
      text += kUnits[random() % kUnits.size()];
    }
    ASSERT_EQ(Ours(text), Icu(text)) << Shown8(text);
  }
}

// The words of `text`, each between bars.
std::u16string Shown(std::u16string_view text) {
  std::u16string shown;
  const auto words = SplitWords(text);
  EXPECT_TRUE(words);
  for (const Word& word : *words) {
    shown += u'|';
    shown += text.substr(word.begin, word.size());
  }
  return shown;
}

TEST(Words, NeverInventsAny) {
  EXPECT_EQ(Shown(u""), u"");
  EXPECT_EQ(Shown(u"12 \uFFFC !?"), u"");
  EXPECT_EQ(Shown(u"don't stop"), u"|don't|stop");
}

TEST(Words, ALetterAloneNeedsCompany) {
  EXPECT_EQ(Shown(u"I see a cat"), u"|I|see|a|cat");
  EXPECT_EQ(Shown(u"it is a"), u"|it|is|a");
  EXPECT_EQ(Shown(u"let x and y be"), u"|let|x|and|y|be");
  EXPECT_EQ(Shown(u"x is y, z"), u"|is");
  EXPECT_EQ(Shown(u"a b c"), u"");
  EXPECT_EQ(Shown(u"设 a 和 b"), u"|设|和");
  EXPECT_EQ(Shown(u"он и она"), u"|он|и|она");
  EXPECT_EQ(Shown(u"angle α of it"), u"|angle|of|it");
}

TEST(Words, KnowTheirScriptAndCase) {
  const std::u16string_view text = u"The CPU, сборка paвно AI가 データ";
  const auto words = SplitWords(text);
  ASSERT_TRUE(words);
  ASSERT_GE(words->size(), 6U);
  const auto& w = *words;
  EXPECT_EQ(w[0].letters, Case::kTitle);
  EXPECT_EQ(w[0].gap, Gap::kSentence);
  EXPECT_EQ(w[1].letters, Case::kCapitals);
  EXPECT_EQ(w[1].gap, Gap::kNone);
  EXPECT_EQ(w[2].script, Script::kCyrillic);
  EXPECT_EQ(w[2].gap, Gap::kClause);
  EXPECT_TRUE(w[3].mixed);  // Latin p and a
  EXPECT_FALSE(w[4].mixed);
  EXPECT_EQ(w.back().script, Script::kKana);
}

TEST(Words, SentencesEnd) {
  for (const std::u16string_view text :
       {u"so. it", u"so! it", u"so\nit", u"so。it", u"ہے۔ اور"}) {
    const auto words = SplitWords(text);
    ASSERT_EQ(words->size(), 2U);
    EXPECT_EQ((*words)[1].gap, Gap::kSentence);
    EXPECT_EQ((*words)[1].sentence, (*words)[0].sentence + 1);
  }
}

}  // namespace
}  // namespace rewards::language
