#include "trainer/report/consensus.h"

#include <cstddef>
#include <map>
#include <string_view>

namespace trainer {

std::optional<bool> ConsensusCorrect(std::span<const Vote> votes) {
  if (votes.empty()) return std::nullopt;
  std::map<std::string_view, std::size_t> counts;
  for (const Vote& vote : votes) {
    if (!vote.answer.empty()) ++counts[vote.answer];
  }
  std::size_t most = 0;
  bool correct = false;
  for (const Vote& vote : votes) {
    const auto found = counts.find(vote.answer);
    if (found == counts.end() || found->second <= most) continue;
    most = found->second;
    correct = vote.correct;
  }
  return correct;
}

}  // namespace trainer
