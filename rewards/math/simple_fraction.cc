#include "rewards/math/simple_fraction.h"

namespace rewards::math {
namespace {

std::string_view WithoutLeadingZeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view()
                                         : digits.substr(first);
}

// A braced integer, or one of up to `bare` digits, at token `*next`, which
// moves past it; empty for anything else.
std::string_view Argument(std::span<const Token> tokens, std::size_t bare,
                          std::size_t* next) {
  const std::size_t i = *next;
  if (i < tokens.size() && IsInteger(tokens[i]) &&
      tokens[i].text.size() <= bare) {
    *next = i + 1;
    return tokens[i].text;
  }
  if (i + 2 < tokens.size() && tokens[i].kind == TokenKind::kOpenBrace &&
      IsInteger(tokens[i + 1]) &&
      tokens[i + 2].kind == TokenKind::kCloseBrace) {
    *next = i + 3;
    return tokens[i + 1].text;
  }
  return {};
}

}  // namespace

bool SimpleFraction::is_proper() const {
  const std::string_view a = WithoutLeadingZeros(numerator);
  const std::string_view b = WithoutLeadingZeros(denominator);
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

bool IsInteger(const Token& token) {
  return token.kind == TokenKind::kNumber &&
         token.text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<SimpleFraction> SimpleFractionAt(std::span<const Token> tokens,
                                               std::size_t pos) {
  if (pos >= tokens.size()) return std::nullopt;
  if (IsInteger(tokens[pos])) {
    if (pos + 2 >= tokens.size() || tokens[pos + 1].text != "/" ||
        !IsInteger(tokens[pos + 2])) {
      return std::nullopt;
    }
    return SimpleFraction{tokens[pos].text, tokens[pos + 2].text, pos + 3};
  }
  if (tokens[pos].kind != TokenKind::kFraction) return std::nullopt;
  std::size_t next = pos + 1;
  const std::string_view numerator = Argument(tokens, 2, &next);
  // \frac12: both arguments in one run of digits.
  if (numerator.size() == 2 && tokens[next - 1].kind == TokenKind::kNumber) {
    return SimpleFraction{numerator.substr(0, 1), numerator.substr(1), next};
  }
  const std::string_view denominator = Argument(tokens, 1, &next);
  if (numerator.empty() || denominator.empty()) return std::nullopt;
  return SimpleFraction{numerator, denominator, next};
}

}  // namespace rewards::math
