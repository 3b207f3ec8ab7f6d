// What a response might try: padding, hiding, look-alikes, great sizes.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/language/consistency.h"

namespace rewards::language {
namespace {

double Share(std::string_view text, std::string_view tag) {
  const auto found = MeasureConsistency(text, *ParseTag(tag, true));
  EXPECT_TRUE(found);
  return found ? found->fraction() : -1.0;
}

TEST(Attack, PaddingDoesNotPay) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += "First we add the two numbers up. ";
  std::string words = text;
  for (int i = 0; i < 400; ++i) text += "好的";
  for (int i = 0; i < 400; ++i) words += "好的，我们，可以，";
  EXPECT_LE(Share(text, "zh"), 0.25);
  EXPECT_LE(Share(words, "zh"), 0.5);
}

TEST(Attack, LookAlikesAreForeign) {
  EXPECT_EQ(Share("Oтвeт paвeн чeтыpeм, пoтoмy чтo этo тaк.", "ru"), 0.0);
  EXPECT_EQ(Share("Ответ равен четырём, потому что это так.", "ru"), 1.0);
  EXPECT_LT(Share("the аnswer is fоur becаuse it is", "en"), 0.6);
}

TEST(Attack, RomanisedTextIsInNoLanguage) {
  const std::string_view pinyin =
      "Women xianzai yao jisuan zhe liang ge shuzi de he, ranhou bijiao.";
  EXPECT_EQ(Share(pinyin, "zh"), 0.0);
  EXPECT_LE(Share(pinyin, "en"), 0.2);
}

TEST(Attack, ProseInCodeCounts) {
  const std::string_view english = "So the answer is four because it is even.";
  const std::string hidden =
      "\n```\n# "
      "我们先计算这两个数的和然后再比较它们的大小因为这样更容易\n```\n";
  EXPECT_EQ(Share(english, "en"), 1.0);
  EXPECT_LT(Share(std::string(english) + hidden, "en"), 0.6);
}

struct Voice {
  std::string_view tag;
  std::vector<std::string_view> says;
};

const std::vector<Voice>& Voices() {
  static const std::vector<Voice> voices = {
      {"en",
       {"First we look at what the problem gives us.",
        "The sum of both sides has to stay the same.",
        "That means our second guess was much too large.",
        "Now let us check the result once more, carefully."}},
      {"de",
       {"Zuerst schauen wir, was in der Aufgabe gegeben ist.",
        "Die Summe beider Seiten muss gleich bleiben.",
        "Das heißt, unsere zweite Vermutung war viel zu groß.",
        "Nun prüfen wir das Ergebnis noch einmal sorgfältig."}},
      {"fr",
       {"Regardons d'abord ce que donne l'énoncé du problème.",
        "La somme des deux côtés doit rester la même.",
        "Cela veut dire que notre deuxième essai était trop grand.",
        "Vérifions maintenant le résultat encore une fois."}},
      {"ru",
       {"Сначала посмотрим, что дано в условии задачи.",
        "Сумма обеих сторон должна остаться прежней.",
        "Значит, наша вторая догадка была слишком большой.",
        "Теперь ещё раз внимательно проверим результат."}},
      {"zh",
       {"首先我们看看题目给出了什么条件。", "两边的和必须保持不变。",
        "这说明我们的第二个猜测太大了。", "现在让我们再仔细检查一遍结果。"}},
      {"hi",
       {"पहले हम देखते हैं कि प्रश्न में क्या दिया गया है।",
        "दोनों पक्षों का योग समान रहना चाहिए।",
        "इसका मतलब है कि हमारा दूसरा अनुमान बहुत बड़ा था।",
        "अब हम परिणाम को एक बार फिर ध्यान से जाँचते हैं।"}},
      {"es",
       {"Primero miramos qué datos nos da el problema.",
        "La suma de los dos lados tiene que ser la misma.",
        "Eso quiere decir que nuestra segunda idea era demasiado grande.",
        "Ahora comprobemos el resultado una vez más, con cuidado."}},
      {"ko",
       {"먼저 문제에서 무엇이 주어졌는지 살펴봅시다.",
        "양쪽의 합은 그대로 같아야 합니다.",
        "그래서 두 번째 추측은 너무 컸다는 뜻입니다.",
        "이제 결과를 다시 한번 꼼꼼히 확인해 봅시다."}},
      {"ar",
       {"أولا ننظر إلى ما هو معطى في المسألة.",
        "يجب أن يبقى مجموع الطرفين كما هو.",
        "هذا يعني أن تخميننا الثاني كان كبيرا جدا.",
        "والآن نتحقق من النتيجة مرة أخرى بعناية."}},
  };
  return voices;
}

// Foreign text put in anywhere never raises the share, text of the target never
// lowers it.
TEST(Property, WhatIsPutInMovesTheShareItsOwnWay) {
  std::mt19937 random(7);
  const auto pick = [&random](std::size_t below) { return random() % below; };
  int mixed = 0;
  for (int round = 0; round < 1'000; ++round) {
    const Voice& voice = Voices()[pick(Voices().size())];
    const Voice& other = Voices()[pick(Voices().size())];
    if (voice.tag == other.tag) continue;
    // Three sentences of both, then a fourth between two words of them.
    std::string text;
    for (std::size_t i = 0; i < 3; ++i) {
      text += (pick(2) == 0 ? voice : other).says[i];
      text += ' ';
    }
    std::vector<std::size_t> gaps = {0, text.size()};
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text[at - 1] == ' ') gaps.push_back(at);
    }
    const std::size_t at = gaps[pick(gaps.size())];
    const double before = Share(text, voice.tag);
    const auto with = [&](std::string_view put) {
      return Share(
          text.substr(0, at) + std::string(put) + " " + text.substr(at),
          voice.tag);
    };
    EXPECT_LE(with(other.says[3]), before) << text << " at " << at;
    EXPECT_GE(with(voice.says[3]), before) << text << " at " << at;
    mixed += before > 0.0 && before < 1.0 ? 1 : 0;
  }
  EXPECT_GE(mixed, 300);
}

TEST(Work, HostileSizes) {
  EXPECT_EQ(Share(std::string(200'000, 'a'), "en"), 1.0);
  EXPECT_EQ(Share(std::string(300'000, ' '), "en"), 0.0);
  EXPECT_EQ(Share(std::string(300'000, '\0'), "en"), 0.0);
  EXPECT_EQ(Share(std::string(300'000, '\xFF'), "en"), 0.0);
  std::string han;
  for (int i = 0; i < 100'000; ++i) han += "天";
  EXPECT_EQ(Share(han, "en"), 0.0);
  EXPECT_EQ(Share(han, "zh"), 1.0);
  std::string marks = "a";  // all on one letter, in the wrong order
  for (int i = 0; i < 100'000; ++i) marks += "\xCC\x81\xCC\xA7";
  EXPECT_EQ(Share(marks, "en"), 0.0);  // a letter alone is no word
  std::string words;                   // all of them new
  for (int i = 0; i < 50'000; ++i) {
    for (int rest = i + 1; rest > 0; rest /= 26) {
      words += static_cast<char>('a' + rest % 26);
    }
    words += i % 10 == 9 ? ". " : " ";
  }
  EXPECT_LE(Share(words, "en"), 1.0);
}

}  // namespace
}  // namespace rewards::language
