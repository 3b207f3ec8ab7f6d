#include "rewards/math/syntax/runs.h"

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// True for a run that is surely a word.
bool IsWordy(std::string_view word) {
  if (word.size() < 3 || MeaningOf(word).kind != TokenKind::kWord) return false;
  return IsNumberWord(Lower(word)) || Lower(word) == "non" ||
         (word.size() > 3 && !IsProductOfLetters(word, false));
}

}  // namespace

std::size_t SkipLetters(std::string_view text, std::size_t pos) {
  while (pos < text.size() && IsLetter(text[pos])) ++pos;
  return pos;
}

std::size_t SkipRun(std::string_view text, std::size_t pos) {
  std::size_t end = SkipLetters(text, pos);
  if (end == pos) {
    while (end < text.size()) {
      const CodePoint c = DecodeAt(text, end);
      if (c.value < 0x80 || !IsForeignLetter(c.value)) break;
      end += c.length;
    }
    return end;
  }
  std::size_t begin = pos;
  while (end < text.size() && text[end] == '-') {
    const std::size_t next = SkipLetters(text, end + 1);
    if (!IsWordy(text.substr(begin, end - begin)) ||
        !IsWordy(text.substr(end + 1, next - end - 1))) {
      break;
    }
    begin = end + 1;
    end = next;
  }
  return end;
}

std::size_t SkipRowSpace(std::string_view text, std::size_t pos) {
  constexpr std::size_t kLongest = 10;
  if (pos >= text.size() || text[pos] != '[') return pos;
  const std::size_t close = text.substr(pos, kLongest).find(']');
  if (close == std::string_view::npos || close < 3) return pos;
  const std::string_view unit = text.substr(pos + close - 2, 2);
  const bool length =
      unit == "pt" || unit == "em" || unit == "ex" || unit == "mm";
  return length ? pos + close + 1 : pos;
}

}  // namespace rewards::math::syntax
