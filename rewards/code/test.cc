#include "rewards/code/test.h"

#include <algorithm>
#include <cstddef>

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

bool IsPath(std::string_view text) {
  constexpr std::string_view kCall = "()";
  for (;;) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    std::string_view name = text.substr(0, dot);
    const bool last = dot == text.size();
    if (!last && name.ends_with(kCall)) name.remove_suffix(kCall.size());
    if (!IsName(name)) return false;
    if (last) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace rewards::code
