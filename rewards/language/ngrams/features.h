// Features: what of a word speaks for a language: its n-grams of 1 to
// kLongestGram letters, with the word's ends as letters, and the word itself.
// Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_NGRAMS_FEATURES_H_
#define REWARDS_LANGUAGE_NGRAMS_FEATURES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rewards::language {

inline constexpr std::size_t kLongestGram = 4;

// Units of a word that are looked at: its first ones.
inline constexpr std::size_t kWordUnits = 32;

// A word as the table knows it: `segment` in lower case, one apostrophe for
// all, at most kWordUnits units, between two marks that no text holds.
class FoldedWord {
 public:
  FoldedWord() = default;
  explicit FoldedWord(std::u16string_view segment);

  [[nodiscard]] std::u16string_view view() const noexcept {
    return {units_.data(), size_};
  }

 private:
  std::array<char16_t, kWordUnits + 2> units_{};
  std::uint16_t size_ = 0;
};

// Features of one word at most.
inline constexpr std::size_t kMostFeatures = (kWordUnits + 2) * kLongestGram;

inline constexpr std::uint32_t kHashSeed = 0x811C9DC5U;

[[nodiscard]] constexpr std::uint32_t HashStep(std::uint32_t hash,
                                               char16_t unit) noexcept {
  return (hash ^ unit) * 0x01000193U;
}

// Spreads a hash over all 32 bits.
[[nodiscard]] constexpr std::uint32_t HashEnd(std::uint32_t hash) noexcept {
  hash ^= hash >> 16;
  hash *= 0x7FEB352DU;
  hash ^= hash >> 15;
  hash *= 0x846CA68BU;
  return hash ^ (hash >> 16);
}

// Calls `visit(hash)` for every feature of `word`, in a fixed order.
template <typename Visit>
void VisitFeatures(const FoldedWord& word, Visit visit) {
  const std::u16string_view units = word.view();
  for (std::size_t begin = 0; begin < units.size(); ++begin) {
    std::uint32_t hash = kHashSeed;
    for (std::size_t length = 1;
         length <= kLongestGram && begin + length <= units.size(); ++length) {
      hash = HashStep(hash, units[begin + length - 1]);
      const bool mark =
          length == 1 && (begin == 0 || begin + 1 == units.size());
      if (!mark) visit(HashEnd(hash));
    }
  }
  if (units.size() <= kLongestGram) return;  // is a gram already
  std::uint32_t hash = kHashSeed;
  for (const char16_t unit : units) hash = HashStep(hash, unit);
  visit(HashEnd(hash));
}

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_NGRAMS_FEATURES_H_
