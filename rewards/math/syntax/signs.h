// Signs: operators and brackets of one or more plain characters. Pure;
// thread-safe.

#ifndef REWARDS_MATH_SYNTAX_SIGNS_H_
#define REWARDS_MATH_SYNTAX_SIGNS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rewards/math/syntax/token.h"

namespace rewards::math::syntax {

struct PlainSign {
  std::string_view text;
  TokenKind kind = TokenKind::kOther;
  std::uint32_t data = 0;  // of the token
};

// The longest sign at `pos`, or null.
[[nodiscard]] const PlainSign* PlainSignAt(std::string_view text,
                                           std::size_t pos);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_SIGNS_H_
