#include "rewards/language/consistency.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "rewards/language/characters.h"
#include "rewards/language/mask.h"
#include "rewards/language/words.h"

namespace rewards::language {
namespace {

using Words = std::vector<Word>;

WordKind KindOf(Language language) {
  return language == Language::kEnglish ? WordKind::kLatin : WordKind::kHan;
}

// Calls `visit(begin, end)` for each run of words that `same(a, b)` joins.
template <typename Same, typename Visit>
void ForEachRun(const Words& words, Same same, Visit visit) {
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = begin + 1;
    while (end < words.size() && same(words[begin], words[end])) ++end;
    visit(begin, end);
    begin = end;
  }
}

void MarkJapanese(Words& words) {
  ForEachRun(
      words,
      [](const Word& a, const Word& b) { return a.sentence == b.sentence; },
      [&words](std::size_t begin, std::size_t end) {
        std::size_t kana = 0;
        std::size_t all = 0;
        for (std::size_t i = begin; i < end; ++i) {
          kana += words[i].kana;
          all += words[i].kana + words[i].han;
        }
        if (kana * 100 <= all * kKanaPercent) return;
        for (std::size_t i = begin; i < end; ++i) {
          if (words[i].han > 0) words[i].kind = WordKind::kForeign;
        }
      });
}

void DropNeutral(Words& words) {
  words.erase(std::remove_if(
                  words.begin(), words.end(),
                  [](const Word& w) { return w.kind == WordKind::kNeutral; }),
              words.end());
}

// Words beyond the first of a run, and those that end a sequence of kGramWords
// for more than the kGramCount-th time.
void DropRepeated(Words& words) {
  words.erase(std::unique(words.begin(), words.end(),
                          [](const Word& a, const Word& b) {
                            return a.hash == b.hash;
                          }),
              words.end());
  std::vector<std::pair<std::uint64_t, std::size_t>> grams;
  for (std::size_t last = kGramWords - 1; last < words.size(); ++last) {
    std::uint64_t gram = 0;
    for (std::size_t i = last + 1 - kGramWords; i <= last; ++i) {
      gram = (gram ^ words[i].hash) * 0x9E3779B97F4A7C15U;
      gram ^= gram >> 29;
    }
    grams.emplace_back(gram, last);
  }
  std::sort(grams.begin(), grams.end());
  std::size_t seen = 0;
  for (std::size_t i = 0; i < grams.size(); ++i) {
    seen = i > 0 && grams[i].first == grams[i - 1].first ? seen + 1 : 1;
    if (seen > kGramCount) words[grams[i].second].kind = WordKind::kNeutral;
  }
  DropNeutral(words);
}

// Leaves names and terms in Latin script out of a text in another, first come.
void DropNames(Words& words) {
  std::size_t budget =
      std::max(words.size() * kNeutralPercent / 100, kNeutralFloor);
  ForEachRun(
      words,
      [](const Word& a, const Word& b) {
        return a.kind == WordKind::kLatin && b.kind == WordKind::kLatin;
      },
      [&](std::size_t begin, std::size_t end) {
        const std::size_t length = end - begin;
        if (words[begin].kind != WordKind::kLatin) return;
        if (length > kNeutralRun || length > budget) return;
        budget -= length;
        for (std::size_t i = begin; i < end; ++i) {
          words[i].kind = WordKind::kNeutral;
        }
      });
  DropNeutral(words);
}

std::optional<Words> ReadWords(std::string_view utf8) {
  std::optional<Words> words = SplitWords(Masked(ReadText(utf8)));
  if (!words) return words;
  MarkJapanese(*words);
  DropNeutral(*words);
  DropRepeated(*words);
  return words;
}

double Share(std::size_t part, std::size_t whole) {
  if (whole == 0) return 0.0;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Consistency::fraction() const noexcept {
  return Share(words_target, words_total);
}

double Consistency::fraction_chars() const noexcept {
  return Share(chars_target, chars_total);
}

std::optional<Consistency> MeasureConsistency(std::string_view utf8,
                                              Language target) {
  std::optional<Words> words = ReadWords(utf8);
  if (!words) return std::nullopt;
  const WordKind wanted = KindOf(target);
  if (wanted != WordKind::kLatin) {
    const bool none = std::none_of(
        words->begin(), words->end(),
        [wanted](const Word& word) { return word.kind == wanted; });
    if (!none) DropNames(*words);
  }
  Consistency found;
  for (const Word& word : *words) {
    const std::size_t chars =
        std::max<std::size_t>(std::size_t{word.han} + word.kana, 1);
    const bool hit = word.kind == wanted;
    ++found.words_total;
    found.chars_total += chars;
    found.words_target += hit ? 1 : 0;
    found.chars_target += hit ? chars : 0;
  }
  return found;
}

std::optional<Language> DetectLanguage(std::string_view utf8) {
  const std::optional<Words> words = ReadWords(utf8);
  if (!words || words->empty()) return std::nullopt;
  const auto count = [&words](WordKind kind) {
    return static_cast<std::size_t>(
        std::count_if(words->begin(), words->end(),
                      [kind](const Word& word) { return word.kind == kind; }));
  };
  const std::size_t latin = count(WordKind::kLatin);
  const std::size_t han = count(WordKind::kHan);
  if ((latin + han) * 2 <= words->size()) return std::nullopt;
  return latin > han ? Language::kEnglish : Language::kChinese;
}

}  // namespace rewards::language
