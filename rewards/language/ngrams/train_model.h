// Training: the model of one script, from a corpus. For the trainer alone.
//
// A multinomial logistic regression over the features of a few words in a row,
// so that the scores of words add up. Everything is done in one order, in
// integers or in additions, multiplications, divisions and square roots of IEEE
// numbers: equal corpora give equal models.

#ifndef REWARDS_LANGUAGE_NGRAMS_TRAIN_MODEL_H_
#define REWARDS_LANGUAGE_NGRAMS_TRAIN_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rewards/language/ngrams/train_corpus.h"

namespace rewards::language {

inline constexpr std::size_t kMostWidth = 40;

struct Group {  // languages of one script
  std::vector<std::string> tags;
  std::size_t width = 0;   // columns of a row, a multiple of 8
  std::size_t rows = 0;    // features kept
  std::uint32_t bits = 0;  // of a hash that lead to its rows
  bool latin = false;      // English is left in others' texts; accents get lost
};

struct TrainedModel {
  std::vector<std::uint32_t> hashes;  // of the rows, sorted
  std::vector<float> weights;         // row by row, in nats
};

// A generator whose numbers are the same everywhere.
class Random {
 public:
  // In [0, below).
  std::uint32_t Next(std::uint32_t below) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>(((state_ >> 33) * below) >> 31);
  }

 private:
  std::uint64_t state_ = 1;
};

// Takes English out of the corpus's other languages where the script is Latin.
[[nodiscard]] TrainedModel TrainModel(const Group& group, Corpus& corpus);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_NGRAMS_TRAIN_MODEL_H_
