// Evidence: what the n-gram table says of the words of one text. Each distinct
// word is looked up once, and in a cache of its thread before the table; what
// is found never depends on the cache. Not for several threads at a time.

#ifndef REWARDS_LANGUAGE_EVIDENCE_H_
#define REWARDS_LANGUAGE_EVIDENCE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "rewards/language/language.h"
#include "rewards/language/ngrams/table.h"
#include "rewards/language/words.h"

namespace rewards::language {

// The model that a word of `script` is looked up in; kModels where there is
// none. Han and kana share one.
[[nodiscard]] std::size_t ModelOf(Script script) noexcept;

// Its languages, one a column.
[[nodiscard]] std::span<const Language> LanguagesOf(std::size_t model);

class Evidence {
 public:
  // Requires: each word's script has `model`.
  Evidence(std::u16string_view text, std::span<const Word> words,
           std::size_t model);

  // Scores of the i-th word.
  [[nodiscard]] const Scores& scores(std::size_t i) const noexcept {
    return distinct_[ids_[i]];
  }

  // Distinct words are numbered from 0.
  [[nodiscard]] std::uint32_t id(std::size_t i) const noexcept {
    return ids_[i];
  }
  [[nodiscard]] std::span<const Scores> distinct() const noexcept {
    return distinct_;
  }

 private:
  std::vector<std::uint32_t> ids_;
  std::vector<Scores> distinct_;
};

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_EVIDENCE_H_
