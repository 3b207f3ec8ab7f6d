// Lexer: folded text to tokens. Every byte lands in a token or is space; what
// has no meaning becomes kOther, which no parser accepts: nothing is dropped.
// Thread-safe, linear time, no recursion.

#ifndef REWARDS_MATH_SYNTAX_LEXER_H_
#define REWARDS_MATH_SYNTAX_LEXER_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/read.h"
#include "rewards/math/syntax/token.h"

namespace rewards::math::syntax {

struct Lexed {
  std::vector<Token> tokens;  // the last is kEnd
  std::vector<Literal> literals;
  // Literals that are plain runs of digits, by index.
  std::vector<bool> plain;
};

// Splits `folded` (see fold.h), which the tokens borrow from. Fails on a number
// over Limits or of two readings.
[[nodiscard]] Read<Lexed> Lex(std::string_view folded, const Limits& limits);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_LEXER_H_
