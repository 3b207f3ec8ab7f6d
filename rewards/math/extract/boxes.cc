#include "rewards/math/extract/boxes.h"

#include <algorithm>

#include "rewards/math/units.h"

namespace rewards::math {
namespace {

struct Open {
  std::size_t begin = 0;   // of the command
  std::size_t inside = 0;  // just past the brace
  std::size_t depth = 0;   // braces open outside of it
};

// The length of a box command with its brace at `pos`, or 0.
std::size_t CommandLength(std::string_view text, std::size_t pos) {
  for (const std::string_view name : {"\\boxed", "\\fbox"}) {
    if (text.substr(pos, name.size()) != name) continue;
    std::size_t end = pos + name.size();
    while (end < text.size() && text[end] == ' ') ++end;
    if (end < text.size() && text[end] == '{') return end + 1 - pos;
  }
  return 0;
}

// Strips one joint word from the front of `gap`; false where there is none.
bool StripJoint(std::string_view* gap) {
  constexpr std::string_view kJoints[] = {" ",
                                          "\n",
                                          "\t",
                                          "\r",
                                          ",",
                                          "$",
                                          "\\(",
                                          "\\)",
                                          "\\[",
                                          "\\]",
                                          "\\quad",
                                          "\\qquad",
                                          "\\text{and}",
                                          "\\text{or}",
                                          "\\text{ and }",
                                          "\\text{ or }",
                                          "\\,",
                                          "\\;",
                                          "\\ ",
                                          "and",
                                          "or",
                                          "、",
                                          "，",
                                          "和",
                                          "或",
                                          "&"};
  for (const std::string_view joint : kJoints) {
    if (!gap->starts_with(joint)) continue;
    gap->remove_prefix(joint.size());
    return true;
  }
  return false;
}

bool IsJoint(std::string_view gap) {
  constexpr std::size_t kLongestGap = 64;  // bytes
  if (gap.size() > kLongestGap) return false;
  if (gap.find("</") != std::string_view::npos) return true;  // two answer tags
  while (!gap.empty()) {
    if (!StripJoint(&gap)) return false;
  }
  return true;
}

}  // namespace

Boxes FindBoxes(std::string_view text) {
  Boxes result;
  std::vector<Open> open;
  std::size_t depth = 0;
  // memchr-like skipping: only these three bytes matter.
  for (std::size_t pos = text.find_first_of("\\{}");
       pos != std::string_view::npos; pos = text.find_first_of("\\{}", pos)) {
    if (text[pos] == '\\') {
      const std::size_t length = CommandLength(text, pos);
      if (length == 0) {
        pos += 2;
        continue;
      }
      open.push_back({pos, pos + length, depth});
      ++depth;
      pos += length;
    } else if (text[pos] == '{') {
      if (!open.empty()) ++depth;
      ++pos;
    } else {
      if (depth > 0) --depth;
      ++pos;
      if (open.empty() || depth != open.back().depth) continue;
      const Open box = open.back();
      open.pop_back();
      while (!result.closed.empty() && result.closed.back().begin > box.begin) {
        result.closed.pop_back();
      }
      result.closed.push_back(
          {box.begin, pos, text.substr(box.inside, pos - 1 - box.inside)});
    }
  }
  result.cut_off =
      !open.empty() &&
      (result.closed.empty() || open.back().begin > result.closed.back().end);
  return result;
}

std::vector<Box> LastGroup(std::string_view text, const std::vector<Box>& boxes,
                           std::size_t max) {
  std::vector<Box> group;
  for (auto box = boxes.rbegin(); box != boxes.rend(); ++box) {
    if (!group.empty()) {
      const std::size_t end = box->end;
      if (!IsJoint(text.substr(end, group.back().begin - end))) break;
    }
    group.push_back(*box);
    if (group.size() > max) break;
  }
  std::reverse(group.begin(), group.end());
  return group;
}

bool PercentFollows(std::string_view text, const Box& box) {
  std::string_view rest = text.substr(box.end);
  const auto skip = [&rest](std::string_view prefix) {
    if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
  };
  constexpr int kSpaces = 2;
  for (int i = 0; i < kSpaces; ++i) skip(" ");
  if (!rest.starts_with("\\%") && !rest.starts_with("%")) {
    for (const std::string_view close : {"$$", "$", "\\)", "\\]", "**"}) {
      if (!rest.starts_with(close)) continue;
      skip(close);
      break;
    }
    for (int i = 0; i < kSpaces; ++i) skip(" ");
  }
  if (rest.starts_with("\\%") || rest.starts_with("%")) return true;
  std::size_t length = 0;
  while (length < rest.size() && ((rest[length] | 0x20) >= 'a') &&
         ((rest[length] | 0x20) <= 'z')) {
    ++length;
  }
  return IsPercentWord(rest.substr(0, length));
}

}  // namespace rewards::math
