// Chain: the languages of words in a row, decided together. A hidden Markov
// model with a state for each language that the text may hold, solved by
// forward-backward. Pure; any thread; linear time; deterministic.

#ifndef REWARDS_LANGUAGE_CHAIN_H_
#define REWARDS_LANGUAGE_CHAIN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rewards/language/evidence.h"
#include "rewards/language/language.h"
#include "rewards/language/words.h"

namespace rewards::language {

inline constexpr std::size_t kWindowWords = 5;
inline constexpr std::size_t kCandidates = 5;
inline constexpr std::size_t kMostStates = 12;

struct Label {
  Language language = Language::kUndetermined;
  float target = 0.0F;  // how likely the word is the target's, in [0, 1]
};

// Labels for `words`, all of scripts of one model, in order; a word's gap is
// the widest since the word before it here. Requires: `evidence` is of them,
// `columns` are the model's languages.
[[nodiscard]] std::vector<Label> LabelWords(const Evidence& evidence,
                                            std::span<const Word> words,
                                            std::span<const Language> columns,
                                            const Target& target);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_CHAIN_H_
