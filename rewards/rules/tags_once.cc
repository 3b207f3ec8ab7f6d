#include "rewards/rules/tags_once.h"

#include <algorithm>

namespace rewards::rules {

std::size_t CountTagsOnce(std::string_view text,
                          std::span<const std::string> tags) {
  return static_cast<std::size_t>(
      std::count_if(tags.begin(), tags.end(), [text](const std::string& tag) {
        const std::size_t at = text.find(tag);
        return at != std::string_view::npos &&
               text.find(tag, at + tag.size()) == std::string_view::npos;
      }));
}

}  // namespace rewards::rules
