#include "rewards/language/evidence.h"

#include <algorithm>
#include <cstddef>

namespace rewards::language {
namespace {

using Columns = std::array<std::vector<Language>, kModels>;

// Words of a thread that were looked up last: one place for each hash.
constexpr std::size_t kPlaces = 4096;

struct Place {
  FoldedWord word{u""};
  std::size_t model = kModels;
  Scores scores{};
};

std::size_t PlaceOf(std::u16string_view word) {
  std::uint32_t hash = kHashSeed;
  for (const char16_t unit : word) hash = HashStep(hash, unit);
  return HashEnd(hash) % kPlaces;
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

const Scores& Consult(std::u16string_view segment, std::size_t model) {
  thread_local std::vector<Place> places(kPlaces);
  const FoldedWord word(segment);
  Place& place = places[PlaceOf(word.view())];
  if (place.model != model || place.word.view() != word.view()) {
    place = {word, model, Table::Get().model(model).ScoreOf(word)};
  }
  return place.scores;
}

Evidence::Evidence(std::u16string_view text, std::span<const Word> words,
                   std::size_t model) {
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  known.reserve(std::min<std::size_t>(words.size(), 4096));
  ids_.reserve(words.size());
  for (const Word& word : words) {
    const auto next = static_cast<std::uint32_t>(distinct_.size());
    const auto [at, added] = known.emplace(word.hash, next);
    if (added) {
      distinct_.push_back(Consult(text.substr(word.begin, word.size()), model));
    }
    ids_.push_back(at->second);
  }
}

}  // namespace rewards::language
