// Consensus: the answer that most samples of a problem give (cons@k: Wang et
// al., arXiv 2203.11171; DeepSeek-R1, arXiv 2501.12948, section 3).
// Thread-safe: no state.

#ifndef TRAINER_REPORT_CONSENSUS_H_
#define TRAINER_REPORT_CONSENSUS_H_

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace trainer {

// One judged sample.
struct Vote {
  std::string answer{};  // as the verifier read it; empty: it gave none
  bool correct = false;
};

// The pairs of different answers among `votes`, which may still be equal (1/2
// and 0.5): each once.
using AnswerPairs = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] AnswerPairs PairsToCompare(std::span<const Vote> votes);

// Gives answers that are equal one text: the first one's. `equal`: of `pairs`,
// none where it is not known.
void MergeEqual(const AnswerPairs& pairs,
                std::span<const std::optional<bool>> equal,
                std::span<Vote> votes);

// Whether the answer that occurs most often is right. Answers are equal where
// their texts are; of several that are as frequent the first one given counts.
// False where no sample gave an answer; none without votes.
[[nodiscard]] std::optional<bool> ConsensusCorrect(std::span<const Vote> votes);

}  // namespace trainer

#endif  // TRAINER_REPORT_CONSENSUS_H_
