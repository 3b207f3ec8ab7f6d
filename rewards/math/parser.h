// Parser: tokens to an expression. Total: every token is used, or the answer is
// a ReadError with a position. Operator precedence with a stack of its own, so
// that no input can exhaust the machine's. Thread-safe, linear time.

#ifndef REWARDS_MATH_PARSER_H_
#define REWARDS_MATH_PARSER_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "rewards/math/lexer.h"
#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/read.h"

namespace rewards::math {

// The error for a token that may not stand where it does.
[[nodiscard]] ReadError Unexpected(const Token& token);

enum class Op {
  kNumber,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kPower,
  kRoot
};

struct Node {
  Op op = Op::kNumber;
  std::string_view literal{};  // of a kNumber; borrows from the folded text
};

// Nodes in postfix order: operands before their operator.
struct Expression {
  std::vector<Node> nodes;
  // What was mended on the way, e.g. "\frac12 read as \frac{1}{2}". Constants.
  std::vector<std::string_view> repairs;
  // The unit of currency signs inside, e.g. "dollar" for $5 * 3; or empty.
  std::string_view currency{};
};

// Parses all of `tokens`. Grammar: numbers, mixed numbers, + - * / ^, one sign
// in front of a number, ( ), { }, \frac, \sqrt, a product written by putting a
// bracket, \frac or \sqrt after a number. Refuses what can be read two ways,
// such as 1/2(3), 2 3 and 2\frac{3}{1}.
[[nodiscard]] Read<Expression> Parse(std::span<const Token> tokens,
                                     const Limits& limits);

}  // namespace rewards::math

#endif  // REWARDS_MATH_PARSER_H_
