// Consensus: the answer that most samples of a problem give (cons@k: Wang et
// al., arXiv 2203.11171; DeepSeek-R1, arXiv 2501.12948, section 3).
// Thread-safe: no state.

#ifndef TRAINER_REPORT_CONSENSUS_H_
#define TRAINER_REPORT_CONSENSUS_H_

#include <optional>
#include <span>
#include <string>

namespace trainer {

// One judged sample.
struct Vote {
  std::string answer{};  // as the verifier read it; empty: it gave none
  bool correct = false;
};

// Whether the answer that occurs most often is right. Answers are equal where
// their texts are; of several that are as frequent the first one given counts.
// False where no sample gave an answer; none without votes.
[[nodiscard]] std::optional<bool> ConsensusCorrect(std::span<const Vote> votes);

}  // namespace trainer

#endif  // TRAINER_REPORT_CONSENSUS_H_
