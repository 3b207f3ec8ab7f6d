// Our own sentences: every language of the table is known by one of its own.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "rewards/language/consistency.h"
#include "rewards/language/detect.h"

namespace rewards::language {
namespace {

struct Row {
  std::string_view tag;
  std::string_view text;
};

constexpr Row kSentences[] = {
    {"en", "We write both numbers below each other and add the digits."},
    {"fr", "Nous écrivons les deux nombres l'un sous l'autre et ajoutons."},
    {"de", "Wir schreiben beide Zahlen untereinander und zählen sie zusammen."},
    {"es", "Escribimos los dos números uno debajo del otro y los sumamos."},
    {"it", "Scriviamo i due numeri uno sotto l'altro e li sommiamo."},
    {"pt", "Escrevemos os dois números um debaixo do outro e somamos."},
    {"nl", "We schrijven de twee getallen onder elkaar en tellen ze op."},
    {"pl", "Zapisujemy obie liczby jedną pod drugą i dodajemy je do siebie."},
    {"tr", "İki sayıyı alt alta yazıyoruz ve sonra onları topluyoruz."},
    {"id", "Kita menulis kedua bilangan itu lalu kita menjumlahkannya."},
    {"cs", "Obě čísla napíšeme pod sebe a potom je sečteme."},
    {"sv", "Vi skriver båda talen under varandra och lägger ihop dem."},
    {"fi", "Kirjoitamme molemmat luvut allekkain ja laskemme ne yhteen."},
    {"hu", "A két számot egymás alá írjuk, majd összeadjuk őket."},
    {"ro", "Scriem cele două numere unul sub altul și apoi le adunăm."},
    {"da", "Vi skriver begge tal under hinanden og lægger dem sammen."},
    {"vi", "Chúng ta viết hai số thẳng hàng với nhau rồi cộng lại."},
    {"sk", "Obe čísla napíšeme pod seba a potom ich sčítame."},
    {"ms", "Kita boleh menulis kedua-dua nombor itu kerana ia mudah."},
    {"ca", "Escrivim els dos nombres l'un sota l'altre i després els sumem."},
    {"nb", "Vi skriver begge tallene under hverandre og legger dem sammen."},
    {"hr", "Oba broja napišemo jedan ispod drugoga i zatim ih zbrojimo."},
    {"sl", "Obe števili zapišemo eno pod drugo in ju nato seštejemo."},
    {"et", "Kirjutame mõlemad arvud teineteise alla ja liidame need kokku."},
    {"lv", "Mēs uzrakstām abus skaitļus vienu zem otra un tos saskaitām."},
    {"lt", "Abu skaičius užrašome vieną po kitu ir juos sudedame."},
    {"sq", "I shkruajmë të dy numrat njërin nën tjetrin dhe i mbledhim."},
    {"eu", "Bi zenbakiak bata bestearen azpian idatzi eta batu egiten ditugu."},
    {"cy", "Rydym yn ysgrifennu'r ddau rif o dan ei gilydd ac yn eu hadio."},
    {"af", "Ons skryf albei getalle onder mekaar en tel hulle dan bymekaar."},
    {"sw", "Tunaandika namba zote mbili na kisha tunazijumlisha pamoja."},
    {"tl", "Isinusulat natin ang dalawang bilang at saka natin pinagsasama."},
    {"gl", "Escribimos os dous números un debaixo do outro e logo sumámolos."},
    {"ga", "Scríobhaimid an dá uimhir faoi bhun a chéile agus suimímid iad."},
    {"is", "Við skrifum báðar tölurnar hvora undir annarri og leggjum saman."},
    {"eo", "Ni skribas ambaŭ nombrojn unu sub la alia kaj poste adicias ilin."},
    {"az", "Biz hər iki ədədi alt-alta yazırıq və sonra onları toplayırıq."},
    {"ru", "Сначала запишем оба числа в столбик, а потом сложим."},
    {"uk", "Запишемо обидва числа одне під одним і додамо їх."},
    {"bg", "Записваме двете числа едно под друго и след това ги събираме."},
    {"sr", "Оба броја пишемо један испод другог и затим их сабирамо."},
    {"mk", "Ги запишуваме двата броја еден под друг и потоа ги собираме."},
    {"be", "Запішам абодва лікі адзін пад адным і складзём іх."},
    {"kk", "Біз екі санды бірінің астына бірін жазып, содан кейін қосамыз."},
    {"ar", "نكتب العددين أحدهما تحت الآخر ثم نجمعهما معا."},
    {"fa",
     "هر دو عدد را زیر هم می‌نویسیم و سپس آنها "
     "را "
     "جمع "
     "می‌کنیم."},
    {"ur", "ہم دونوں اعداد کو ایک دوسرے کے نیچے لکھتے ہیں اور جمع کرتے ہیں۔"},
    {"ckb", "هەردوو ژمارەکە لە ژێر یەکتر دەنووسین و پاشان کۆیان دەکەینەوە."},
    {"ps", "موږ دواړه شمېرې یو د بل لاندې لیکو او بیا یې سره یو ځای کوو."},
    {"hi", "हम दोनों संख्याओं को एक के नीचे एक लिखते हैं और फिर जोड़ते हैं।"},
    {"mr", "आपण दोन्ही संख्या एकाखाली एक लिहितो आणि मग त्यांची बेरीज करतो."},
    {"ne", "हामी दुवै सङ्ख्यालाई एकअर्काको मुनि लेख्छौं र त्यसपछि जोड्छौं।"},
    {"zh", "我们把这两个数上下对齐写好，然后把它们加起来。"},
    {"zh", "我們把這兩個數上下對齊寫好，然後把它們加起來。"},
    {"ja", "二つの数を上下にそろえて書き、それから足し合わせます。"},
    {"ko", "두 수를 위아래로 맞추어 쓴 다음 더합니다."},
    {"el", "Γράφουμε τους δύο αριθμούς τον έναν κάτω από τον άλλον."},
    {"he", "אנחנו כותבים את שני המספרים זה מתחת לזה ואז מחברים אותם."},
    {"th", "เราเขียนตัวเลขทั้งสองให้ตรงกันแล้วบวกเข้าด้วยกัน"},
    {"hy", "Մենք գրում ենք երկու թվերը իրար տակ և գումարում դրանք։"},
    {"ka", "ჩვენ ვწერთ ორივე რიცხვს ერთმანეთის ქვეშ და ვკრებთ მათ."},
    {"bn", "আমরা দুটি সংখ্যা একটির নিচে আরেকটি লিখি এবং যোগ করি।"},
    {"pa", "ਅਸੀਂ ਦੋਵੇਂ ਸੰਖਿਆਵਾਂ ਨੂੰ ਲਿਖਦੇ ਹਾਂ ਅਤੇ ਜੋੜਦੇ ਹਾਂ।"},
    {"gu", "અમે બંને સંખ્યાઓ લખીએ છીએ અને પછી તેમને ઉમેરીએ છીએ."},
    {"ta", "நாம் இரண்டு எண்களையும் எழுதி அவற்றைக் கூட்டுகிறோம்."},
    {"te", "మనం రెండు సంఖ్యలను రాసి వాటిని కలుపుతాము."},
    {"kn", "ನಾವು ಎರಡೂ ಸಂಖ್ಯೆಗಳನ್ನು ಬರೆದು ಅವುಗಳನ್ನು ಕೂಡಿಸುತ್ತೇವೆ."},
    {"ml", "നമ്മൾ രണ്ട് സംഖ്യകളും എഴുതി അവ കൂട്ടുന്നു."},
    {"si",
     "අපි සංඛ්‍යා දෙකම ලියා ඒවා "
     "එකතු "
     "කරමු."},
    {"km", "យើងសរសេរលេខទាំងពីរហើយបូកវាចូលគ្នា។"},
    {"lo", "ພວກເຮົາຂຽນຕົວເລກທັງສອງແລ້ວບວກເຂົ້າກັນ."},
    {"my", "ကျွန်ုပ်တို့သည် ဂဏန်းနှစ်လုံးကို ရေးပြီး ပေါင်းသည်။"},
    {"am", "ሁለቱንም ቁጥሮች እንጽፋለን ከዚያም እንደምራቸዋለን።"},
    {"bo", "ང་ཚོས་ཨང་ཀི་གཉིས་པོ་བྲིས་ནས་བསྡོམས་པ་ཡིན།"},
};

TEST(Sentences, EveryLanguageHasOne) {
  std::set<std::string_view> tags;
  for (const Row& row : kSentences) tags.insert(row.tag);
  EXPECT_EQ(tags.size() + 1, Languages().size());  // and "und"
}

TEST(Sentences, AreKnown) {
  for (const Row& row : kSentences) {
    const auto found = DetectLanguage(row.text);
    ASSERT_TRUE(found) << row.tag;
    EXPECT_EQ(TagOf(*found), row.tag) << row.text;
  }
}

TEST(Sentences, AreWhollyInTheirLanguage) {
  for (const Row& row : kSentences) {
    const auto found = MeasureConsistency(row.text, *ParseTag(row.tag, false));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->fraction(), 1.0) << row.tag;
    EXPECT_EQ(TagOf(found->dominant), row.tag);
  }
}

// None is mistaken for another, near ones apart.
TEST(Sentences, AreInNoOther) {
  constexpr std::string_view kNear[][2] = {
      {"id", "ms"}, {"da", "nb"}, {"cs", "sk"}, {"gl", "pt"}, {"gl", "es"},
      {"hr", "sl"}, {"mk", "bg"}, {"af", "nl"}, {"hr", "sr"}, {"da", "sv"},
      {"nb", "sv"}, {"ca", "es"}, {"pt", "es"}, {"be", "uk"}, {"mk", "sr"}};
  const auto near = [&](std::string_view a, std::string_view b) {
    return std::any_of(std::begin(kNear), std::end(kNear), [&](const auto& p) {
      return (p[0] == a && p[1] == b) || (p[0] == b && p[1] == a);
    });
  };
  for (const Row& row : kSentences) {
    for (const Row& other : kSentences) {
      if (row.tag == other.tag || near(row.tag, other.tag)) continue;
      const auto found =
          MeasureConsistency(row.text, *ParseTag(other.tag, false));
      ASSERT_TRUE(found);
      EXPECT_EQ(found->words_target, 0U) << row.tag << " for " << other.tag;
    }
  }
}

}  // namespace
}  // namespace rewards::language
