// Tags: where a template's literal tags stand in a text. Pure; any thread.

#ifndef REWARDS_FORMAT_TAGS_H_
#define REWARDS_FORMAT_TAGS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "rewards/format/template.h"

namespace rewards::format {

// The four tags, in the order a good response has them.
enum class Tag { kOpen, kClose, kAnswerOpen, kAnswerClose };

struct TagAt {
  Tag tag = Tag::kOpen;
  std::size_t begin = 0;  // byte of the tag's first character
  std::size_t end = 0;    // one past its last
};

// Every tag of `tmpl` in `text`, from left to right, none overlapping; where
// two could start at one byte, the longer. Time is linear in `text`.
[[nodiscard]] std::vector<TagAt> FindTags(std::string_view text,
                                          const Template& tmpl);

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_TAGS_H_
