// Token: one sign, number or word of an answer. A plain value.

#ifndef REWARDS_MATH_SYNTAX_TOKEN_H_
#define REWARDS_MATH_SYNTAX_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rewards::math::syntax {

enum class TokenKind : std::uint8_t {
  kEnd,     // after the last one
  kNumber,  // `data` is the index of its literal
  kLetter,  // one letter, Latin or Greek; `text` is x or \alpha
  kWord,    // a run of letters
  kInfinity,
  kFunction,    // `text` is the canonical name: sin, ln, arcsin
  kBig,         // \sum \prod \int \lim; `text` is sum
  kNamedSet,    // \mathbb{R}; `text` is R
  kEmptySet,    // \emptyset
  kAccent,      // \vec \overline ...: a sign over its argument
  kPrefixName,  // \triangle \angle: a name with the letters after it
  kFraction,    // \frac
  kBinomial,    // \binom
  kChoose,      // {n \choose k}
  kRoot,        // \sqrt
  kPlainRoot,   // the sign or the word sqrt: the whole next number
  kPlus,
  kMinus,
  kEnDash,  // a sign at the front; a range elsewhere, which is refused
  kPlusMinus,
  kMinusPlus,
  kTimes,      // * \cdot \times
  kDivide,     // / \div
  kModulo,     // \bmod
  kPmod,       // \pmod
  kPower,      // ^ **
  kSubscript,  // _
  kPrime,      // '
  kBang,       // !
  kPercent,
  kDegree,    // \circ
  kCurrency,  // `text` is the unit, e.g. "dollar"
  kOpen,      // (
  kClose,     // )
  kOpenBracket,
  kCloseBracket,
  kOpenBrace,   // { that groups
  kCloseBrace,  // }
  kOpenSet,     // \{
  kCloseSet,    // \}
  kOpenAngle,
  kCloseAngle,
  kOpenFloor,
  kCloseFloor,
  kOpenCeiling,
  kCloseCeiling,
  kOpenAbsolute,   // \left| \lvert
  kCloseAbsolute,  // \right| \rvert
  kBar,            // |
  kNorm,           // \|
  kCloseNothing,   // \right.
  kBegin,          // `text` is the environment
  kEndOf,          // \end; `text` is the environment
  kCell,           // &
  kRow,            // the new line of LaTeX
  kRelation,       // `data` is the Sign
  kMid,            // \mid
  kColon,
  kComma,
  kSemicolon,
  kOr,
  kWhere,  // if, where, for
  kAnd,
  kUnion,
  kIntersection,
  kDifference,
  kPeriod,  // a full stop
  kDots,    // an ellipsis
  kOther,   // anything else
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool space_before = false;  // white space or a spacing command
  bool in_text = false;       // inside \text{...} or \mathrm{...}
  std::uint32_t data = 0;
  std::uint32_t begin = 0;  // in the folded text, in bytes
  std::uint32_t end = 0;
  std::string_view text{};  // borrows from the folded text or is constant
};

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_TOKEN_H_
