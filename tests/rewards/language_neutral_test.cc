// Limits of what counts for no language.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "rewards/language/consistency.h"
#include "rewards/language/neutral.h"

namespace rewards::language {
namespace {

const Target kEnglish = *ParseTag("en", true);
const Target kChinese = *ParseTag("zh", true);

Consistency Measure(std::string_view text, const Target& target,
                    const Terms& terms = {}) {
  const auto found = MeasureConsistency(text, target, terms);
  EXPECT_TRUE(found);
  return found.value_or(Consistency());
}

TEST(Neutral, NamesInAnotherScript) {
  const Consistency found =
      Measure("根据 Vieta 定理，Alice Smith 得到结果", kChinese);
  EXPECT_EQ(found.words_neutral, 3U);
  EXPECT_EQ(found.fraction(), 1.0);
  // A word that is no name counts, as does a name in the target's own script.
  EXPECT_EQ(Measure("我们 then 计算", kChinese).words_total, 3U);
  EXPECT_EQ(Measure("and so Alice got it", kEnglish).words_neutral, 0U);
}

TEST(NeutralLimits, Run) {
  EXPECT_EQ(Measure("我们 Big Sum 计算", kChinese).words_total, 2U);
  EXPECT_EQ(Measure("我们 Big Sum Here 计算", kChinese).words_total, 5U);
}

TEST(NeutralLimits, Floor) {
  std::string text = "我";
  const char* const names[] = {"Ada", "Bob", "Cid", "Dan", "Eve"};
  const char* const parts[] = {"天", "地", "人", "山", "水"};
  for (int i = 0; i < 4; ++i) {
    text += std::string(" ") + names[i] + " " + parts[i];
  }
  EXPECT_EQ(Measure(text, kChinese).fraction(), 1.0);
  text += std::string(" ") + names[4] + " " + parts[4];
  const Consistency found = Measure(text, kChinese);
  EXPECT_EQ(found.words_total - found.words_target, 1U);
}

// 100 words of which `names` are Latin ones, apart, all words new.
std::string Sprinkled(int names) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    const char32_t code = 0x4E00 + static_cast<char32_t>(i) * 7;
    if (i % 2 == 1 && i / 2 < names) {
      text += std::string(" Name") + static_cast<char>('a' + i / 26) +
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

TEST(NeutralLimits, Percent) {
  const auto foreign = [](int names) {
    const Consistency found = Measure(Sprinkled(names), kChinese);
    return found.words_total - found.words_target;
  };
  EXPECT_EQ(foreign(15), 0U);
  EXPECT_EQ(foreign(16), 1U);
}

TEST(Neutral, Terms) {
  const std::string_view text = "我们 use 模型 GRPO 训练";
  EXPECT_EQ(Measure(text, kChinese).words_total, 4U);  // GRPO is a name
  const std::array<std::string_view, 1> terms = {"Use"};
  EXPECT_EQ(Measure(text, kChinese, ReadTerms(terms)).words_total, 3U);
  EXPECT_EQ(Measure(text, kChinese, ReadTerms(terms)).words_neutral, 2U);
  // A term of the target's own language still counts as its word.
  EXPECT_EQ(Measure("we use it", kEnglish, ReadTerms(terms)).words_target, 3U);
}

TEST(NeutralLimits, GramCount) {
  const auto total = [](int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += "one two three four five ";
    return Measure(text, kEnglish).words_total;
  };
  EXPECT_EQ(total(3), 15U);
  EXPECT_EQ(total(4), 18U);  // three new sequences cross the third repetition
  EXPECT_EQ(total(5), total(4));
  EXPECT_EQ(total(500), total(4));
}

TEST(Neutral, ARunOfOneWordCountsOnce) {
  const Consistency found = Measure("add it up 好 好 好 好", kChinese);
  EXPECT_EQ(found.words_target, 1U);
  EXPECT_EQ(found.words_total, 4U);
  EXPECT_EQ(found.words_repeated, 3U);
}

}  // namespace
}  // namespace rewards::language
