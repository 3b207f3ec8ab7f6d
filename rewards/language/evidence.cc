#include "rewards/language/evidence.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <random>
#include <utility>

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
      place = {word, static_cast<std::uint16_t>(model),
               Table::Get().model(model).ScoreOf(word)};
    }
    return place.scores;
  }

 private:
  static constexpr std::size_t kPlaces = 16384;  // 2.4 MB

  struct Place {
    FoldedWord word{u""};
    std::uint16_t model = kModels;
    Scores scores{};
  };

  std::vector<Place> places_{kPlaces};
};

Cache& TheCache() {
  thread_local Cache cache;
  return cache;
}

// Numbers hashes from 0 in the order of their coming. Where one is looked for
// hangs on a number that nobody can know, so that no text can make it slow.
class Numbers {
 public:
  explicit Numbers(std::size_t most)
      : bits_(std::max(static_cast<int>(std::bit_width(2 * most)), 4)),
        places_(std::size_t{1} << bits_) {}

  // Its number, and whether it is a new one.
  std::pair<std::uint32_t, bool> Add(std::uint64_t hash) {
    static const std::uint64_t secret = Secret();
    std::size_t at = (hash * secret) >> (64 - bits_);
    for (; places_[at] != 0; at = (at + 1) & (places_.size() - 1)) {
      if (hashes_[places_[at] - 1] == hash) return {places_[at] - 1, false};
    }
    hashes_.push_back(hash);
    places_[at] = static_cast<std::uint32_t>(hashes_.size());
    return {places_[at] - 1, true};
  }

 private:
  static std::uint64_t Secret() {
    std::random_device random;
    return (std::uint64_t{random()} << 32) | random() | 1;
  }

  int bits_;
  std::vector<std::uint32_t> places_;  // numbers, from 1; 0: free
  std::vector<std::uint64_t> hashes_;
};

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
  Numbers known(words.size());
  ids_.reserve(words.size());
  std::array<Distinct, kAhead> ahead{};
  std::size_t count = 0;
  const auto read = [&](const Distinct& next) {
    distinct_.push_back(cache.Read(next.place, next.word, model));
  };
  for (const Word& word : words) {
    const auto [id, added] = known.Add(word.hash);
    if (added) {
      Distinct& next = ahead[count % kAhead];
      if (count >= kAhead) read(next);
      next.word = FoldedWord(text.substr(word.begin, word.size()));
      next.place = cache.Find(next.word);
      ++count;
    }
    ids_.push_back(id);
  }
  for (std::size_t i = count - std::min(count, kAhead); i < count; ++i) {
    read(ahead[i % kAhead]);
  }
}

}  // namespace rewards::language
