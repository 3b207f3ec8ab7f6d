#include "rewards/language/neutral.h"

#include <algorithm>

#include "rewards/language/characters.h"
#include "rewards/language/numbers.h"

namespace rewards::language {
namespace {

// The places of the words that still count.
std::vector<std::size_t> Places(const std::vector<Counted>& words) {
  std::vector<std::size_t> places;
  places.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].kind <= Kind::kForeign) places.push_back(i);
  }
  return places;
}

void MarkRuns(std::vector<Counted>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].word.hash == words[i - 1].word.hash) {
      words[i].kind = Kind::kRepeated;
    }
  }
}

}  // namespace

Terms ReadTerms(std::span<const std::string_view> texts) {
  Terms terms;
  for (const std::string_view text : texts) {
    const Text read = ReadText(text);
    const std::optional<std::vector<Word>> words = SplitWords(read.units);
    if (!words) continue;
    for (const Word& word : *words) terms.insert(word.hash);
  }
  return terms;
}

void MarkRepeated(std::vector<Counted>& words) {
  MarkRuns(words);
  const std::vector<std::size_t> places = Places(words);
  Numbers grams(places.size());
  std::vector<std::uint32_t> seen;  // how often, by a gram's number
  seen.reserve(places.size());
  for (std::size_t last = kGramWords - 1; last < places.size(); ++last) {
    std::uint64_t gram = 0;
    for (std::size_t i = last + 1 - kGramWords; i <= last; ++i) {
      gram = (gram ^ words[places[i]].word.hash) * 0x9E3779B97F4A7C15U;
      gram ^= gram >> 29;
    }
    const auto [number, added] = grams.Add(gram);
    if (added) seen.push_back(0);
    if (++seen[number] > kGramCount) {
      words[places[last]].kind = Kind::kRepeated;
    }
  }
}

void MarkNeutral(std::vector<Counted>& words, const Terms& terms, bool names) {
  const std::vector<std::size_t> places = Places(words);
  const auto is_neutral = [&](std::size_t place) {
    const Counted& word = words[place];
    if (word.kind != Kind::kForeign) return false;
    if (terms.contains(word.word.hash)) return true;
    return names && word.word.script == Script::kLatin && !word.word.mixed &&
           word.word.letters != Case::kLower;
  };
  std::size_t budget =
      std::max(places.size() * kNeutralPercent / 100, kNeutralFloor);
  for (std::size_t begin = 0; begin < places.size();) {
    std::size_t end = begin + 1;
    bool neutral = is_neutral(places[begin]);
    while (words[places[begin]].kind == Kind::kForeign && end < places.size() &&
           words[places[end]].kind == Kind::kForeign &&
           words[places[end]].word.gap == Gap::kNone) {
      neutral = neutral && is_neutral(places[end]);
      ++end;
    }
    if (neutral && end - begin <= std::min(kNeutralRun, budget)) {
      budget -= end - begin;
      for (std::size_t i = begin; i < end; ++i) {
        words[places[i]].kind = Kind::kNeutral;
      }
    }
    begin = end;
  }
}

}  // namespace rewards::language
