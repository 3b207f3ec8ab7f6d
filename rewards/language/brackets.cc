#include "rewards/language/brackets.h"

#include <algorithm>

namespace rewards::language {

Brackets::Brackets(std::u16string_view text) {
  constexpr std::u16string_view kBegin = u"\\begin{";
  constexpr std::u16string_view kEnd = u"\\end{";
  std::vector<std::size_t> braces;
  std::vector<std::size_t> environments;
  std::size_t ending = npos;  // the `{` of an \end{...} whose `}` is to come
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == u'\\') {
      if (text.substr(i, kBegin.size()) == kBegin) {
        environments.push_back(i);
      } else if (text.substr(i, kEnd.size()) == kEnd) {
        ending = i + kEnd.size() - 1;
      } else {
        ++i;  // \{ and \} are no brackets
      }
    } else if (text[i] == u'{') {
      braces.push_back(i);
    } else if (text[i] == u'}' && !braces.empty()) {
      const std::size_t open = braces.back();
      braces.pop_back();
      pairs_.push_back({open, i + 1});
      if (open != ending) continue;
      ending = npos;
      if (environments.empty()) continue;
      pairs_.push_back({environments.back(), i + 1});
      environments.pop_back();
    }
  }
  std::sort(pairs_.begin(), pairs_.end(),
            [](const Pair& a, const Pair& b) { return a.open < b.open; });
}

std::size_t Brackets::EndOf(std::size_t open) const noexcept {
  const auto found = std::lower_bound(
      pairs_.begin(), pairs_.end(), open,
      [](const Pair& pair, std::size_t at) { return pair.open < at; });
  return found != pairs_.end() && found->open == open ? found->end : npos;
}

}  // namespace rewards::language
