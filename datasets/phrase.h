// Phrase: text with slots, e.g. "What is {a} plus {b}?". A slot is one
// character between braces; everything else is a constant piece. Pure; any
// thread.

#ifndef DATASETS_PHRASE_H_
#define DATASETS_PHRASE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace datasets {

// Calls `text(piece)` and `slot(character)` in the order of the phrase.
// Requires: every "{" is followed by one character and "}".
template <typename Text, typename Slot>
void WalkPhrase(std::string_view phrase, Text text, Slot slot) {
  while (!phrase.empty()) {
    const std::size_t open = phrase.find('{');
    if (open == std::string_view::npos) return text(phrase);
    if (open > 0) text(phrase.substr(0, open));
    slot(phrase[open + 1]);
    phrase.remove_prefix(open + 3);
  }
}

// `phrase` with `slot(character)` in the place of each slot.
template <typename Slot>
[[nodiscard]] std::string FillPhrase(std::string_view phrase, Slot slot) {
  std::string filled;
  WalkPhrase(
      phrase, [&filled](std::string_view piece) { filled += piece; },
      [&](char name) { filled += slot(name); });
  return filled;
}

}  // namespace datasets

#endif  // DATASETS_PHRASE_H_
