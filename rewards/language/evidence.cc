#include "rewards/language/evidence.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "rewards/language/numbers.h"

namespace rewards::language {
namespace {

using Columns = std::array<std::vector<Language>, kModels>;

// The words of a thread that were looked up last: one place for each hash. A
// place is two lines of memory; words that have no room there, which are few,
// are looked up each time.
class Cache {
 public:
  // Where a word has its place, by any hash of it; on its way from memory after
  // the call.
  std::size_t Find(std::uint64_t hash) {
    const std::size_t at = (hash * kSpread) >> (64 - kBits);
    __builtin_prefetch(&places_[at]);
    __builtin_prefetch(&places_[at].scores.back());
    return at;
  }

  // The scores of `word`, whose place is `at`, into `scores`.
  void Read(std::size_t at, const FoldedWord& word, std::size_t model,
            Scores& scores) {
    const std::u16string_view units = word.view();
    Place& place = places_[at];
    if (place.model == model && place.size == units.size() &&
        std::memcmp(place.units.data(), units.data(),
                    units.size() * sizeof(char16_t)) == 0) {
      scores = place.scores;
      return;
    }
    scores = Table::Get().model(model).ScoreOf(word);
    if (units.size() > place.units.size()) return;
    std::copy(units.begin(), units.end(), place.units.begin());
    place.size = static_cast<std::uint16_t>(units.size());
    place.model = static_cast<std::uint16_t>(model);
    place.scores = scores;
  }

 private:
  static constexpr int kBits = 15;  // 4 MiB
  static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;

  struct alignas(64) Place {
    std::array<char16_t, 22> units;  // with the marks at its ends
    std::uint16_t size = 0;
    std::uint16_t model = kModels;
    Scores scores{};
  };
  static_assert(sizeof(Place) == 128);

  std::vector<Place> places_{std::size_t{1} << kBits};
};

Cache& TheCache() {
  thread_local Cache cache;
  return cache;
}

Columns ReadColumns() {
  Columns columns;
  for (std::size_t i = 0; i < kModels; ++i) {
    for (const std::string_view tag : Table::Get().model(i).tags()) {
      columns[i].push_back(FindLanguage(tag).value_or(Language::kUndetermined));
    }
  }
  return columns;
}

}  // namespace

std::size_t ModelOf(Script script) noexcept {
  switch (script) {
    case Script::kLatin:
      return 0;
    case Script::kCyrillic:
      return 1;
    case Script::kArabic:
      return 2;
    case Script::kDevanagari:
      return 3;
    case Script::kHan:
    case Script::kKana:
      return 4;
    default:
      return kModels;
  }
}

std::span<const Language> LanguagesOf(std::size_t model) {
  static const Columns columns = ReadColumns();
  return columns[model];
}

Evidence::Evidence(std::u16string_view text, std::span<const Word> words,
                   std::size_t model) {
  Numbers known(words.size());
  std::vector<std::size_t> firsts;  // of `words`, by their numbers
  ids_.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto [id, added] = known.Add(words[i].hash);
    if (added) firsts.push_back(i);
    ids_.push_back(id);
  }
  constexpr std::size_t kAhead = 8;  // words whose places are on their way
  Cache& cache = TheCache();
  std::array<std::size_t, kAhead> places{};
  distinct_.resize(firsts.size());
  for (std::size_t i = 0; i < firsts.size() + kAhead; ++i) {
    if (i >= kAhead && i - kAhead < firsts.size()) {
      const Word& word = words[firsts[i - kAhead]];
      cache.Read(places[i % kAhead],
                 FoldedWord(text.substr(word.begin, word.size())), model,
                 distinct_[i - kAhead]);
    }
    if (i < firsts.size()) {
      places[i % kAhead] = cache.Find(words[firsts[i]].hash);
    }
  }
}

}  // namespace rewards::language
