#include "rewards/math/statement.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rewards/math/evaluate.h"
#include "rewards/math/fold.h"
#include "rewards/math/lexer.h"
#include "rewards/math/marks.h"
#include "rewards/math/units.h"

namespace rewards::math {
namespace {

using Tokens = std::span<const Token>;

bool OpensBracket(TokenKind kind) {
  return kind == TokenKind::kOpen || kind == TokenKind::kOpenBrace;
}
bool ClosesBracket(TokenKind kind) {
  return kind == TokenKind::kClose || kind == TokenKind::kCloseBrace;
}

struct Part {
  Tokens tokens;
  bool approximate = false;  // the sign before it was one of approximation
};

// Splits at = and \approx outside of brackets. Never empty.
std::vector<Part> SplitChain(Tokens tokens) {
  std::vector<Part> parts(1);
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const TokenKind kind = tokens[i].kind;
    if (OpensBracket(kind)) ++depth;
    if (ClosesBracket(kind)) --depth;
    const bool approximate = kind == TokenKind::kApprox;
    if (depth != 0 || (kind != TokenKind::kEquals && !approximate)) continue;
    parts.back().tokens = tokens.subspan(begin, i - begin);
    begin = i + 1;
    parts.push_back({{}, approximate});
  }
  parts.back().tokens = tokens.subspan(begin);
  return parts;
}

// The name on the left of `x = 5`: words, a subscript, an argument as in f(2).
// Empty where the tokens are not a name.
std::string NameOf(Tokens tokens) {
  constexpr std::size_t kMaxTokens = 12;
  if (tokens.empty() || tokens.size() > kMaxTokens) return {};
  std::string name;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool letters =
        token.kind == TokenKind::kWord || token.kind == TokenKind::kText;
    if (i == 0 && !letters) return {};
    if (OpensBracket(token.kind)) ++depth;
    if (ClosesBracket(token.kind)) --depth;
    const bool subscript = token.text == "_";
    const bool after_subscript = i > 0 && tokens[i - 1].text == "_";
    const bool number_inside =
        token.kind == TokenKind::kNumber && (depth > 0 || after_subscript);
    if (!letters && !subscript && !number_inside && !OpensBracket(token.kind) &&
        !ClosesBracket(token.kind)) {
      return {};
    }
    if (letters && !name.empty() && depth == 0) name += ' ';
    name += token.text;
  }
  return depth == 0 ? name : std::string();
}

// Where the number ends and its percent sign or unit begins.
std::size_t FindSuffix(Tokens tokens) {
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const TokenKind kind = tokens[i].kind;
    if (OpensBracket(kind)) ++depth;
    if (ClosesBracket(kind)) --depth;
    if (depth > 0 || i == 0) continue;
    const TokenKind before = tokens[i - 1].kind;
    const bool after_number =
        before == TokenKind::kNumber || ClosesBracket(before);
    if (kind == TokenKind::kWord || kind == TokenKind::kText ||
        kind == TokenKind::kPercent || kind == TokenKind::kDegree) {
      return i;
    }
    if (kind == TokenKind::kCurrency && after_number) return i;
    if (kind != TokenKind::kPower) continue;
    // ^\circ or ^{\circ}
    std::size_t next = i + 1;
    if (next < tokens.size() && tokens[next].kind == TokenKind::kOpenBrace) {
      ++next;
    }
    if (next < tokens.size() && tokens[next].kind == TokenKind::kDegree) {
      return i;
    }
  }
  return tokens.size();
}

// What a plain decimal states: 0.33 its hundredths. Other forms are exact.
void NoteDecimals(const Expression& expression, Value* value) {
  const auto& nodes = expression.nodes;
  const bool negated = nodes.size() == 2 && nodes[1].op == Op::kNegate;
  if (nodes.size() != 1 && !negated) return;
  const NumberParts parts = SplitNumber(nodes[0].literal);
  if (parts.decimals == 0 || !parts.exponent.empty()) return;
  value->last_place =
      -static_cast<long>(parts.decimals) - (value->percent ? 2 : 0);
  const std::size_t first = parts.digits.find_first_not_of('0');
  value->significant_digits =
      first == std::string::npos ? 0 : parts.digits.size() - first;
}

// Numbers such as 1,319 alone in brackets: a pair or a number, so neither.
bool IsBracketedSeparator(Tokens tokens) {
  return tokens.size() == 3 && tokens[0].kind == TokenKind::kOpen &&
         tokens[1].kind == TokenKind::kNumber &&
         tokens[1].text.find(',') != std::string_view::npos &&
         tokens[1].text.find('{') == std::string_view::npos;
}

Read<Value> ReadQuantity(Tokens tokens, const Limits& limits) {
  if (tokens.empty()) return ReadError("nothing to read");
  const std::size_t split = FindSuffix(tokens);
  const Tokens number = tokens.first(split);
  if (IsBracketedSeparator(number)) return ReadError("a pair or a number");
  Read<Suffix> suffix = ReadSuffix(tokens.subspan(split));
  if (!suffix) return suffix.error();
  Read<Expression> expression = Parse(number, limits);
  if (!expression) return expression.error();
  Read<Evaluation> evaluation = Evaluate(*expression, limits);
  if (!evaluation) return evaluation.error();

  Value value;
  value.exactness = evaluation->exactness;
  value.percent = suffix->percent;
  value.unit = std::move(suffix->unit);
  if (!expression->currency.empty()) {
    if (value.unit.empty()) value.unit = std::string(expression->currency);
    if (value.unit != expression->currency) return ReadError("two units");
  }
  value.number = std::move(evaluation->number);
  if (value.percent) value.number = value.number / Rational(100);
  value.repairs = std::move(expression->repairs);
  NoteDecimals(*expression, &value);
  return value;
}

// True where `rounded`, as written, is `exact` to its last digit.
bool IsRounding(const Value& exact, const Value& rounded) {
  const Rational half =
      Rational::PowerOfTen(rounded.last_place.value_or(0)) / Rational(2);
  return (exact.number - rounded.number).Absolute() <= half;
}

// Joins the parts of a chain: all must say the same number. What stands before
// a sign of approximation is the answer, where there is anything.
Read<Value> JoinChain(const std::vector<Part>& parts, const Limits& limits) {
  constexpr std::size_t kMaxParts = 64;
  if (parts.size() > kMaxParts) return ReadError("too long a chain");
  std::optional<Value> whole;
  for (const Part& part : parts) {
    Read<Value> value = ReadQuantity(part.tokens, limits);
    if (!value) return value.error();
    if (!whole) {
      whole = *std::move(value);
      whole->approximate = part.approximate;
      continue;
    }
    if (whole->exactness != Exactness::kExact ||
        value->exactness != Exactness::kExact) {
      return Value{};  // understood, not decided
    }
    const bool agrees = part.approximate || whole->approximate
                            ? IsRounding(*whole, *value)
                            : whole->number == value->number;
    if (!agrees) return ReadError("the two sides of a chain differ");
    if (!whole->unit.empty() && !value->unit.empty() &&
        whole->unit != value->unit) {
      return ReadError("two units");
    }
    if (whole->unit.empty()) whole->unit = std::move(value->unit);
    // The last exact part is the form that the answer was brought to.
    if (!part.approximate) {
      whole->last_place = value->last_place;
      whole->significant_digits = value->significant_digits;
      whole->percent = value->percent;
    }
  }
  return *std::move(whole);
}

}  // namespace

Read<Value> ReadStatement(std::string_view text, const Limits& limits) {
  if (text.size() > limits.answer_bytes) return ReadError("too long");
  const std::string folded = Fold(StripMarks(text));
  const std::vector<Token> tokens = Lex(folded);
  if (tokens.empty()) return ReadError("empty");
  std::vector<Part> parts = SplitChain(tokens);
  std::string name;
  if (parts.size() > 1) name = NameOf(parts.front().tokens);
  if (!name.empty()) parts.erase(parts.begin());
  Read<Value> value = JoinChain(parts, limits);
  if (value) value->name = std::move(name);
  return value;
}

}  // namespace rewards::math
