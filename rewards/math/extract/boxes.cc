#include "rewards/math/extract/boxes.h"

#include <algorithm>
#include <optional>

#include "rewards/math/extract/neighbours.h"

namespace rewards::math {
namespace {

struct Open {
  std::size_t begin = 0;   // of the command
  std::size_t inside = 0;  // just past the brace
  std::size_t depth = 0;   // braces open outside of it
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Just past the digits, or the one letter, at `pos`, where they stand alone;
// else `pos`.
std::size_t EndOfToken(std::string_view text, std::size_t pos) {
  std::size_t end = pos;
  while (end < text.size() && IsDigit(text[end])) ++end;
  if (end == pos && end < text.size() && IsLetter(text[end])) ++end;
  const std::string_view rest = text.substr(end);
  if (rest.empty() || rest.starts_with("\\)") || rest.starts_with("\\]")) {
    return end;
  }
  const bool stop =
      rest.starts_with('.') && !(rest.size() > 1 && IsDigit(rest[1]));
  return stop || std::string_view(" \t\r\n$").find(rest[0]) != rest.npos ? end
                                                                         : pos;
}

// A box command at `pos`: where its content begins and, without braces
// (\boxed 5), ends. Nothing where there is none.
struct Command {
  std::size_t inside = 0;
  std::size_t end = 0;  // 0: at a closing brace
};
std::optional<Command> CommandAt(std::string_view text, std::size_t pos) {
  const char first = pos + 1 < text.size() ? text[pos + 1] : '\0';
  if (first != 'b' && first != 'f') return std::nullopt;
  for (const std::string_view name : {"\\boxed", "\\fbox"}) {
    if (text.substr(pos, name.size()) != name) continue;
    std::size_t begin = pos + name.size();
    while (begin < text.size() && text[begin] == ' ') ++begin;
    if (begin < text.size() && text[begin] == '{') return Command{begin + 1};
    const std::size_t end = EndOfToken(text, begin);
    if (end > begin && begin > pos + name.size()) return Command{begin, end};
  }
  return std::nullopt;
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

bool IsNamePart(char c) {
  return IsLetter(c) || IsDigit(c) || c == '_' || c == '{' || c == '}' ||
         c == '\'' || c == '\\';
}

// The name in `name = ` right before `pos`, or empty.
std::string_view LabelBefore(std::string_view text, std::size_t pos) {
  constexpr std::size_t kLongestLabel = 24;  // bytes
  const auto skip_spaces = [&] {
    while (pos > 0 && text[pos - 1] == ' ') --pos;
  };
  skip_spaces();
  if (pos == 0 || text[pos - 1] != '=') return {};
  --pos;
  skip_spaces();
  std::size_t begin = pos;
  while (begin > 0 && IsNamePart(text[begin - 1])) {
    if (pos - --begin > kLongestLabel) return {};
  }
  const std::string_view name = text.substr(begin, pos - begin);
  // What begins after a line break of LaTeX has that in front.
  return name.starts_with("\\\\") ? name.substr(2) : name;
}

// Adds a box that ends at `end`, in place of those inside it.
void Close(std::string_view text, const Open& box, std::size_t end,
           Boxes* result) {
  std::vector<Box>& closed = result->closed;
  while (!closed.empty() && closed.back().begin > box.begin) closed.pop_back();
  const bool braced = end < text.size() && text[box.inside - 1] == '{';
  closed.push_back({box.begin, end + (braced ? 1 : 0),
                    text.substr(box.inside, end - box.inside),
                    LabelBefore(text, box.begin)});
}

}  // namespace

Boxes FindBoxes(std::string_view text) {
  Boxes result;
  std::vector<Open> open;
  std::size_t depth = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    // Outside of a box only a backslash matters.
    if (open.empty()) pos = std::min(text.find('\\', pos), text.size());
    if (pos == text.size()) break;
    if (text[pos] == '\\') {
      const std::optional<Command> command = CommandAt(text, pos);
      if (!command) {
        pos += 2;
      } else if (command->end == 0) {
        open.push_back({pos, command->inside, depth++});
        pos = command->inside;
      } else {
        Close(text, {pos, command->inside, depth}, command->end, &result);
        pos = command->end;
      }
    } else if (text[pos] == '{') {
      ++depth;
      ++pos;
    } else if (text[pos] != '}') {
      ++pos;
    } else {
      --depth;
      ++pos;
      if (depth != open.back().depth) continue;
      const Open box = open.back();
      open.pop_back();
      Close(text, box, pos - 1, &result);
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
      const Box& next = group.back();
      const std::size_t begin =
          next.label.empty()
              ? next.begin
              : static_cast<std::size_t>(next.label.data() - text.data());
      if (begin < box->end) break;
      if (!IsJoint(text.substr(box->end, begin - box->end))) break;
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
