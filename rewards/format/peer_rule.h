// PeerRule: the format rewards of other trainers, by name, so that a run
// elsewhere can be repeated exactly, known faults and all. Ours is grammar.h.
// Pure; any thread; linear time, also where the peer's pattern is not.
//
// Each is restated from the behaviour of the project's own code:
//   open-r1             format_reward: a pattern of whole lines; `$` is also
//                       the end of any line, so that lines after pass
//   tag-count           open-r1, tag_count_reward: a quarter for each of four
//                       tags with their new lines that is there exactly once
//   trl                 think_format_reward: the first tag is not opened again
//   verl-geo3k          verl and AReaL: a thought, then \boxed{...} anywhere
//   nemo-rl-math        one answer block that ends the text
//   nemo-rl-geo3k       NeMo-RL: as verl-geo3k, without the opening tag
//   open-instruct-soft  a closed thought, then an answer block, anything around
//   reasoning-gym       one block each, in this order, anything after
//   simplerl            both blocks anywhere, neither blank
//   verifiers           ThinkParser: each tag once, something after

#ifndef REWARDS_FORMAT_PEER_RULE_H_
#define REWARDS_FORMAT_PEER_RULE_H_

#include <span>
#include <string_view>

namespace rewards::format {

struct PeerRule {
  std::string_view name{};
  // The peer's reward for a response, in [0, 1].
  double (*score)(std::string_view response) = nullptr;
};

[[nodiscard]] std::span<const PeerRule> PeerRules() noexcept;

// The rule of that name, or nullptr. Lives as long as the process.
[[nodiscard]] const PeerRule* FindPeerRule(std::string_view name) noexcept;

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_PEER_RULE_H_
