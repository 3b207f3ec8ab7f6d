#include "rewards/code/test.h"

#include <algorithm>
#include <utility>

namespace rewards::code {
namespace {

bool IsName(std::string_view text) {
  const auto inner = [](unsigned char c) {
    return c == '_' || c == '$' || c >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !text.empty() && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), inner);
}

}  // namespace

std::optional<std::vector<PathStep>> PathOf(std::string_view text) {
  constexpr std::string_view kCall = "()";
  std::vector<PathStep> path;
  for (;;) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    std::string_view name = text.substr(0, dot);
    const bool called = name.ends_with(kCall);
    if (called) name.remove_suffix(kCall.size());
    if (!IsName(name)) return std::nullopt;
    path.push_back({std::string(name), called});
    if (dot == text.size()) break;
    text.remove_prefix(dot + 1);
  }
  if (path.back().called) return std::nullopt;
  return path;
}

}  // namespace rewards::code
