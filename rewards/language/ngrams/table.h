// Table: the statistics of ngrams.bin, one model a script: for each feature of
// a word (features.h) and each language a weight. A word's score in a language
// is the sum over its features; scores of words add up. Immutable; any thread.

#ifndef REWARDS_LANGUAGE_NGRAMS_TABLE_H_
#define REWARDS_LANGUAGE_NGRAMS_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rewards/language/ngrams/features.h"

namespace rewards::language {

inline constexpr std::size_t kModels =
    5;  // Latin, Cyrillic, Arabic, Devanagari, Han with kana
inline constexpr std::size_t kMostColumns = 40;
inline constexpr float kScoreScale = 24.0F;  // of a score, to a nat

// A score for each column; those past the model's languages are 0.
using Scores = std::array<std::int16_t, kMostColumns>;

class Model {
 public:
  // Tags of its languages, one a column; "und" is the column of what is
  // written in the script without being of it, e.g. pinyin.
  [[nodiscard]] std::span<const std::string_view> tags() const noexcept {
    return tags_;
  }

  [[nodiscard]] Scores ScoreOf(const FoldedWord& word) const noexcept;

 private:
  friend class Table;

  std::vector<std::string_view> tags_;
  std::size_t width_ = 0;
  int shift_ = 0;
  std::span<const std::uint32_t> index_;   // first row of each top of a hash
  std::span<const std::uint16_t> checks_;  // bottoms of the rows' hashes
  std::span<const std::int8_t> weights_;   // width_ for each row
};

class Table {
 public:
  // The table that the program carries.
  [[nodiscard]] static const Table& Get();

  [[nodiscard]] const Model& model(std::size_t i) const noexcept {
    return models_[i];
  }

 private:
  Table();

  std::array<Model, kModels> models_;
};

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_NGRAMS_TABLE_H_
