// TagsOnce: how many literal tags a text holds exactly once each, as open-r1's
// tag_count_reward counts. Pure; any thread; linear time.

#ifndef REWARDS_RULES_TAGS_ONCE_H_
#define REWARDS_RULES_TAGS_ONCE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace rewards::rules {

// Occurrences of one tag are counted from the left, none overlapping. Requires:
// no tag is empty.
[[nodiscard]] std::size_t CountTagsOnce(std::string_view text,
                                        std::span<const std::string> tags);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_TAGS_ONCE_H_
