// Lexer: folded text to tokens. Every byte lands in a token or is space; what
// has no meaning becomes kOther, which no parser accepts: nothing is dropped.
// Thread-safe, linear time, no recursion.

#ifndef REWARDS_MATH_LEXER_H_
#define REWARDS_MATH_LEXER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rewards::math {

enum class TokenKind {
  kNumber,      // 42, 1,319, 1{,}319, .5, 1.2e-3
  kPlus,        // +
  kMinus,       // -
  kEnDash,      // a sign at the front; a range elsewhere, which is refused
  kTimes,       // * \cdot \times
  kDivide,      // / \div
  kPower,       // ^ **
  kOpen,        // (
  kClose,       // )
  kOpenBrace,   // {
  kCloseBrace,  // }
  kFraction,    // \frac \dfrac \tfrac \cfrac
  kRoot,        // \sqrt, whose argument is braced or one digit
  kPlainRoot,   // the sign or the word sqrt: the whole next number
  kPercent,     // % \%
  kDegree,      // \circ
  kCurrency,    // `text` is the unit, e.g. "dollar"
  kEquals,      // =
  kApprox,      // \approx
  kWord,        // a run of letters
  kText,        // \text{...} without digits; `text` is the content
  kPeriod,      // a full stop
  kOther,       // anything else
};

struct Token {
  TokenKind kind = TokenKind::kOther;
  std::string_view text;      // borrows from the folded text
  std::size_t offset = 0;     // in the folded text, in bytes
  bool space_before = false;  // white space or a spacing command
};

// Splits `folded` (see fold.h), which the tokens borrow from.
[[nodiscard]] std::vector<Token> Lex(std::string_view folded);

// The parts of a kNumber token. Separators of thousands are removed.
struct NumberParts {
  std::string digits;        // of the whole part, then of the decimals
  std::size_t decimals = 0;  // how many of `digits` follow the point
  bool has_point = false;
  std::string_view exponent;  // of the scientific form, with its sign, or empty
  bool has_separator = false;
};
[[nodiscard]] NumberParts SplitNumber(std::string_view text);

// The offset just past the brace that closes the one at `open`, or npos.
// Escaped braces do not count. Requires: text[open] is '{'.
[[nodiscard]] std::size_t SkipBraces(std::string_view text, std::size_t open);

}  // namespace rewards::math

#endif  // REWARDS_MATH_LEXER_H_
