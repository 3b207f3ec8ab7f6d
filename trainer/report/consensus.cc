#include "trainer/report/consensus.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

namespace trainer {

AnswerPairs PairsToCompare(std::span<const Vote> votes) {
  std::vector<std::string> answers;
  for (const Vote& vote : votes) {
    if (!vote.answer.empty() && std::find(answers.begin(), answers.end(),
                                          vote.answer) == answers.end()) {
      answers.push_back(vote.answer);
    }
  }
  AnswerPairs pairs;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    for (std::size_t j = i + 1; j < answers.size(); ++j) {
      pairs.emplace_back(answers[i], answers[j]);
    }
  }
  return pairs;
}

void MergeEqual(const AnswerPairs& pairs,
                std::span<const std::optional<bool>> equal,
                std::span<Vote> votes) {
  std::map<std::string, std::string> first;  // of its class
  // A pair's first answer came before its second.
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (equal[i] != true) continue;
    const auto found = first.find(pairs[i].first);
    first.emplace(pairs[i].second,
                  found == first.end() ? pairs[i].first : found->second);
  }
  for (Vote& vote : votes) {
    const auto found = first.find(vote.answer);
    if (found != first.end()) vote.answer = found->second;
  }
}

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
