#include "rewards/format/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rewards::format {
namespace {

// One character at `text[at]`, and its length in bytes; 0 for a byte that
// starts no two- or three-byte character (invisible ones have two or three).
struct Decoded {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

Decoded Decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  if ((lead & 0xE0) == 0xC0) {
    return {(lead & 0x1F) << 6 | (byte(at + 1) & 0x3F), 2};
  }
  if ((lead & 0xF0) == 0xE0) {
    return {(lead & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 |
                (byte(at + 2) & 0x3F),
            3};
  }
  return {0xFFFFFFFF, 1};
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// White space, controls and format characters that show nothing.
constexpr Range kInvisible[] = {
    {0x0000, 0x0020}, {0x007F, 0x00A0}, {0x00AD, 0x00AD}, {0x034F, 0x034F},
    {0x061C, 0x061C}, {0x115F, 0x1160}, {0x1680, 0x1680}, {0x180B, 0x180F},
    {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800},
    {0x3000, 0x3000}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
};

bool IsInvisible(std::uint32_t code) {
  return std::any_of(
      std::begin(kInvisible), std::end(kInvisible),
      [code](Range r) { return code >= r.first && code <= r.last; });
}

// Where the `{` of a box that starts at `text[at]` stands, or npos.
std::size_t BoxBrace(std::string_view text, std::size_t at) {
  constexpr std::string_view kBoxed = "\\boxed";
  if (text.substr(at, kBoxed.size()) != kBoxed) return std::string_view::npos;
  std::size_t brace = at + kBoxed.size();
  while (brace < text.size() && IsSpace(text[brace])) ++brace;
  return brace < text.size() && text[brace] == '{' ? brace
                                                   : std::string_view::npos;
}

}  // namespace

bool IsSpace(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool IsBlank(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), IsSpace);
}

bool IsHollow(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = Decode(text, at);
    if (!IsInvisible(next.code)) return false;
    at += next.bytes;
  }
  return true;
}

Box LastBox(std::string_view text) {
  struct Open {
    std::size_t depth;    // of the braces around it
    std::size_t content;  // where its content starts
  };
  std::vector<Open> open;
  std::size_t depth = 0;
  Box last = Box::kNone;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\') {
      const std::size_t brace = BoxBrace(text, at);
      if (brace == std::string_view::npos) {
        ++at;  // an escaped character is no brace
        continue;
      }
      open.push_back({depth++, brace + 1});
      at = brace;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && depth > 0) {
      --depth;
      if (open.empty() || open.back().depth != depth) continue;
      const std::size_t begin = open.back().content;
      const bool empty = IsHollow(text.substr(begin, at - begin));
      last = empty ? Box::kEmpty : Box::kFull;
      open.pop_back();
    }
  }
  return open.empty() ? last : Box::kUnbalanced;
}

}  // namespace rewards::format
