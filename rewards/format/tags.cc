#include "rewards/format/tags.h"

#include <array>

namespace rewards::format {
namespace {

constexpr std::array kTags = {Tag::kOpen, Tag::kClose, Tag::kAnswerOpen,
                              Tag::kAnswerClose};

std::string_view TextOf(const Template& tmpl, Tag tag) {
  switch (tag) {
    case Tag::kOpen:
      return tmpl.open;
    case Tag::kClose:
      return tmpl.close;
    case Tag::kAnswerOpen:
      return tmpl.answer_open;
    case Tag::kAnswerClose:
      return tmpl.answer_close;
  }
  return {};
}

}  // namespace

std::vector<TagAt> FindTags(std::string_view text, const Template& tmpl) {
  std::array<bool, 256> starts{};
  for (const Tag tag : kTags) {
    const std::string_view literal = TextOf(tmpl, tag);
    if (!literal.empty()) starts[static_cast<unsigned char>(literal[0])] = true;
  }
  std::vector<TagAt> found;
  for (std::size_t at = 0; at < text.size();) {
    TagAt best{Tag::kOpen, at, at};
    if (starts[static_cast<unsigned char>(text[at])]) {
      for (const Tag tag : kTags) {
        const std::string_view literal = TextOf(tmpl, tag);
        if (literal.size() <= best.end - at) continue;
        if (text.substr(at, literal.size()) != literal) continue;
        best = {tag, at, at + literal.size()};
      }
    }
    if (best.end > at) found.push_back(best);
    at = best.end > at ? best.end : at + 1;
  }
  return found;
}

}  // namespace rewards::format
