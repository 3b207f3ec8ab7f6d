#include "rewards/math/extract/delimiters.h"

#include <algorithm>

namespace rewards::math {
namespace {

constexpr auto kNone = std::string_view::npos;

// Longest stretch between delimiters, in bytes.
constexpr std::size_t kLongest = 4096;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::size_t Delimiters::Skip(std::size_t pos) {
  const std::string_view two = text_.substr(std::min(pos, text_.size()), 2);
  if (two == "\\(") return SkipTo("\\)", pos, &round_);
  if (two == "\\[") return SkipTo("\\]", pos, &square_);
  if (two == "$$") return SkipTo("$$", pos, &dollars_);
  return two.starts_with('$') ? SkipDollars(pos) : pos;
}

std::size_t Delimiters::SkipTo(std::string_view close, std::size_t pos,
                               Found* found) {
  const std::size_t begin = pos + 2;
  const bool known = found->from <= begin && found->at >= begin;
  if (!known) *found = {begin, text_.find(close, begin)};
  const std::size_t at = found->at;
  if (at == kNone || at == begin || at - begin > kLongest) return pos;
  return at + close.size();
}

std::size_t Delimiters::SkipDollars(std::size_t pos) const {
  const std::size_t begin = pos + 1;
  const std::size_t limit = std::min(text_.size(), begin + kLongest);
  std::size_t close = begin;
  while (close < limit && text_[close] != '$') {
    close += text_[close] == '\\' ? 2 : 1;
  }
  if (close >= limit || close == begin) return pos;
  const bool space_left = IsSpace(text_[begin]);
  const bool space_right = IsSpace(text_[close - 1]);
  const bool digit_after =
      close + 1 < text_.size() && IsDigit(text_[close + 1]);
  if (space_left != space_right || digit_after) return pos;
  return close + 1;
}

}  // namespace rewards::math
