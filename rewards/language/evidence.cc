#include "rewards/language/evidence.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>

namespace rewards::language {
namespace {

using Columns = std::array<std::vector<Language>, kModels>;

// The words of a thread that were looked up last: one place for each hash.
class Cache {
 public:
  // Where `word` has its place; on its way from memory after the call.
  std::size_t Find(const FoldedWord& word) {
    std::uint32_t hash = kHashSeed;
    for (const char16_t unit : word.view()) hash = HashStep(hash, unit);
    const std::size_t at = HashEnd(hash) % kPlaces;
    __builtin_prefetch(&places_[at]);
    __builtin_prefetch(&places_[at].scores);
    return at;
  }

  const Scores& Read(std::size_t at, const FoldedWord& word,
                     std::size_t model) {
    Place& place = places_[at];
    if (place.model != model || place.word.view() != word.view()) {
      place = {word, model, Table::Get().model(model).ScoreOf(word)};
    }
    return place.scores;
  }

 private:
  static constexpr std::size_t kPlaces = 4096;

  struct Place {
    FoldedWord word{u""};
    std::size_t model = kModels;
    Scores scores{};
  };

  std::vector<Place> places_{kPlaces};
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
  constexpr std::size_t kAhead = 8;  // words whose places are on their way
  struct Distinct {
    FoldedWord word;
    std::size_t place;
  };
  Cache& cache = TheCache();
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  known.reserve(std::min<std::size_t>(words.size(), 4096));
  ids_.reserve(words.size());
  std::array<Distinct, kAhead> ahead{};
  std::size_t count = 0;
  const auto read = [&](const Distinct& next) {
    distinct_.push_back(cache.Read(next.place, next.word, model));
  };
  for (const Word& word : words) {
    const auto [at, added] =
        known.emplace(word.hash, static_cast<std::uint32_t>(count));
    if (added) {
      Distinct& next = ahead[count % kAhead];
      if (count >= kAhead) read(next);
      next.word = FoldedWord(text.substr(word.begin, word.size()));
      next.place = cache.Find(next.word);
      ++count;
    }
    ids_.push_back(at->second);
  }
  for (std::size_t i = count - std::min(count, kAhead); i < count; ++i) {
    read(ahead[i % kAhead]);
  }
}

}  // namespace rewards::language
