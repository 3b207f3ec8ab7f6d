// Commands: what a LaTeX command means to the lexer. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_COMMANDS_H_
#define REWARDS_MATH_SYNTAX_COMMANDS_H_

#include <cstdint>
#include <string_view>

#include "rewards/math/syntax/token.h"

namespace rewards::math::syntax {

// What a command does to the lexer.
enum class CommandUse : std::uint8_t {
  kToken,    // stands for one token
  kSpace,    // moves things about: \, \quad \displaystyle
  kText,     // its argument is words: \text{...}
  kFace,     // its argument is mathematics in another face: \mathbf{...}
  kBox,      // its argument is all of it: \boxed{...}
  kPhantom,  // its argument is not shown: \phantom{-}
};

struct Command {
  std::string_view name;  // with the backslash
  CommandUse use = CommandUse::kToken;
  TokenKind kind = TokenKind::kOther;
  std::string_view text{};  // of the token; empty: the name
  std::uint32_t data = 0;   // of the token
};

// The command of that name, or null. Constant time but for a logarithm.
[[nodiscard]] const Command* FindCommand(std::string_view name);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_COMMANDS_H_
