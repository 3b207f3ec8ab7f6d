#include "rewards/language/consistency.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "rewards/language/characters.h"
#include "rewards/language/label.h"
#include "rewards/language/mask.h"
#include "rewards/language/neutral.h"
#include "rewards/language/words.h"

namespace rewards::language {
namespace {

using Words = std::vector<Counted>;

double Share(std::size_t part, std::size_t whole) {
  if (whole == 0) return 0.0;
  return static_cast<double>(part) / static_cast<double>(whole);
}

void Count(const Words& words, Consistency& found) {
  std::array<std::size_t, kMostLanguages> by_language{};
  for (const Counted& counted : words) {
    const Word& word = counted.word;
    found.words_neutral += counted.kind == Kind::kNeutral ? 1 : 0;
    found.words_repeated += counted.kind == Kind::kRepeated ? 1 : 0;
    if (counted.kind > Kind::kForeign) continue;
    const std::size_t chars =
        std::max<std::size_t>(std::size_t{word.han} + word.kana, 1);
    ++found.words_total;
    found.chars_total += chars;
    ++by_language[static_cast<std::size_t>(counted.label.language)];
    if (counted.kind == Kind::kForeign) continue;
    ++found.words_target;
    found.chars_target += chars;
  }
  found.dominant = static_cast<Language>(
      std::max_element(by_language.begin(), by_language.end()) -
      by_language.begin());
}

std::vector<LanguageSpan> SpansOf(const Words& words, const Text& text) {
  std::vector<LanguageSpan> spans;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Counted& word = words[i];
    const std::size_t begin = text.bytes[word.word.begin];
    const std::size_t end = text.bytes[word.word.end];
    if (i > 0 && word.word.gap != Gap::kSentence &&
        words[i - 1].kind == word.kind &&
        words[i - 1].label.language == word.label.language) {
      spans.back().end = end;
      ++spans.back().words;
    } else {
      spans.push_back({begin, end, word.kind, word.label.language, 1});
    }
  }
  return spans;
}

}  // namespace

double Consistency::fraction() const noexcept {
  return Share(words_target, words_total);
}

double Consistency::fraction_chars() const noexcept {
  return Share(chars_target, chars_total);
}

std::optional<Consistency> MeasureConsistency(std::string_view utf8,
                                              const Target& target,
                                              const Terms& terms) {
  const Text text = ReadText(utf8);
  const std::u16string masked = Masked(text.units);
  const std::optional<std::vector<Word>> split = SplitWords(masked);
  if (!split) return std::nullopt;
  const std::vector<Label> labels = LabelText(masked, *split, target);
  Words words;
  words.reserve(split->size());
  for (std::size_t i = 0; i < split->size(); ++i) {
    const Kind kind = labels[i].target > 0.5F ? Kind::kTarget : Kind::kForeign;
    words.push_back({(*split)[i], labels[i], kind});
  }
  MarkRepeated(words);
  MarkNeutral(words, terms, ScriptOf(target.language) != Script::kLatin);
  Consistency found;
  Count(words, found);
  found.spans = SpansOf(words, text);
  return found;
}

}  // namespace rewards::language
