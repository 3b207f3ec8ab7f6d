// Operands without an argument: numbers, letters, named sets.

#include <algorithm>
#include <array>

#include "rewards/math/syntax/parser.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

// One spelling for the signs in R_{\ge 0}.
std::optional<std::string_view> SignOfSet(const Token& token) {
  if (token.kind != TokenKind::kRelation) return std::nullopt;
  switch (static_cast<rewards::math::Sign>(token.data)) {
    case rewards::math::Sign::kGreater:
      return ">";
    case rewards::math::Sign::kGreaterEqual:
      return ">=";
    case rewards::math::Sign::kLess:
      return "<";
    case rewards::math::Sign::kLessEqual:
      return "<=";
    default:
      return std::nullopt;
  }
}

}  // namespace

// The plain run of digits at `at`, or null.
const Rational* Parser::PlainInteger(std::size_t at) const {
  const Token& token = tokens_[std::min(at, tokens_.size() - 1)];
  if (token.kind != kNumber || !lexed_.plain[token.data]) return nullptr;
  return &lexed_.literals[token.data].value;
}

std::optional<long> Parser::SmallInteger(std::size_t at) const {
  const Rational* value = PlainInteger(at);
  return value == nullptr ? std::nullopt : value->AsLong();
}

// A fraction of plain integers at `at`, in LaTeX or as 3/4; `next` is past it.
// An improper one is zero.
std::optional<Rational> Parser::FractionAt(std::size_t at,
                                           std::size_t* next) const {
  Rational top;
  Rational bottom;
  const auto kind = [&](std::size_t i) {
    return tokens_[std::min(i, tokens_.size() - 1)].kind;
  };
  if (kind(at) == kFraction) {
    std::size_t i = at + 1;
    // A braced integer, or one digit.
    const auto part = [&](Rational* value) {
      const bool braced = kind(i) == kOpenBrace;
      const Rational* plain = PlainInteger(i + (braced ? 1 : 0));
      if (plain == nullptr) return false;
      if (braced ? kind(i + 2) != kCloseBrace : Rational(10) <= *plain) {
        return false;
      }
      *value = *plain;
      i += braced ? 3 : 1;
      return true;
    };
    const std::optional<long> both = SmallInteger(i);
    if (both && *both >= 10 && *both <= 99) {  // \frac12
      top = Rational(*both / 10);
      bottom = Rational(*both % 10);
      ++i;
    } else if (!part(&top) || !part(&bottom)) {
      return std::nullopt;
    }
    *next = i;
  } else {
    const Rational* above = PlainInteger(at);
    const Rational* below = PlainInteger(at + 2);
    if (above == nullptr || below == nullptr || !tokens_[at].space_before ||
        kind(at + 1) != TokenKind::kDivide) {
      return std::nullopt;
    }
    top = *above;
    bottom = *below;
    *next = at + 3;
  }
  return bottom <= top ? Rational() : top / bottom;
}

void Parser::Number() {
  const Token& token = Here();
  Literal literal = lexed_.literals[token.data];
  const bool plain = lexed_.plain[token.data];
  ++pos_;
  if (TopIs(Op::kPower) && token.end - token.begin > 1) {
    Repair("exponent without braces");
  }
  std::size_t next = 0;
  std::optional<Rational> fraction;
  // 1\frac{1}{2}, 7 3/4: binds tighter than any operator.
  if (plain && !TopIs(Op::kPower)) fraction = FractionAt(pos_, &next);
  if (fraction) {
    if (TopIs(Op::kDivide)) return FailHere("ambiguous: a/b c/d");
    if (fraction->is_zero()) {
      return FailHere("a whole number before an improper fraction");
    }
    literal = Literal{literal.value + *fraction};
    pos_ = next;
    if (Next(TokenKind::kPower)) return FailHere("a power of a mixed number");
  }
  Push(tree_.AddNumber(std::move(literal)));
}

// Of the token at `at`. Not money, no part of an environment, and not a number
// of another base, which would take the digits before it for its own.
bool Parser::CanBeInName(std::size_t at) const {
  const Token& token = tokens_[at];
  switch (token.kind) {
    case TokenKind::kCurrency:
    case TokenKind::kBegin:
    case TokenKind::kEndOf:
    case TokenKind::kCell:
    case TokenKind::kRow:
      return false;
    case kNumber:
      return TextOf(token).find('_') == std::string_view::npos;
    case kSubscript:
      return at == 0 || tokens_[at - 1].kind != kNumber;
    default:
      return true;
  }
}

// Adds the text of `token` to a name, without space but where a letter would
// join a command.
void Parser::AppendTo(std::string* name, const Token& token) const {
  const std::size_t command = name->rfind('\\');
  const bool command_before =
      command != std::string::npos && name->find_first_not_of(
                                          "\\abcdefghijklmnopqrstuvwxyz"
                                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                          command) == std::string::npos;
  if (command_before && token.kind != kNumber) *name += ' ';
  *name += TextOf(token);
}

// P(X = 3): the probability of what holds in brackets, as a name. Takes it and
// returns true.
bool Parser::Probability() {
  if (Here().text != "P" || Ahead().kind != kOpen ||
      !groups_[pos_ + 1].relation) {
    return false;
  }
  const std::size_t close = groups_[pos_ + 1].close;
  std::string name = "P(";
  for (std::size_t i = pos_ + 2; i < close; ++i) {
    if (!CanBeInName(i)) return false;
    switch (tokens_[i].kind) {
      case kNumber:
      case kLetter:
      case kInfinity:
      case TokenKind::kRelation:
      case kPlus:
      case kMinus:
        AppendTo(&name, tokens_[i]);
        break;
      default:
        return false;
    }
  }
  if (close == 0) return false;
  pos_ = close + 1;
  Push(tree_.Add(Kind::kSymbol, {}, name + ")"));
  return true;
}

// The index below a letter, as text without spaces. Requires: at the sign _.
std::string Parser::ReadIndex() {
  ++pos_;
  std::string index;
  if (!Next(kOpenBrace)) {
    const bool is_name = Next(kNumber) || Next(kLetter) || Next(kWord);
    if (!is_name || !CanBeInName(pos_)) {
      Fail(Here());
      return {};
    }
    AppendTo(&index, Here());
    ++pos_;
    return index;
  }
  const std::size_t close = groups_[pos_].close;
  if (close == 0 || close == pos_ + 1) {
    Fail(Here());
    return {};
  }
  for (std::size_t i = pos_ + 1; i < close; ++i) {
    if (!CanBeInName(i)) {
      Fail(tokens_[i]);
      return {};
    }
    AppendTo(&index, tokens_[i]);
  }
  pos_ = close + 1;
  return index;
}

// A letter without an index: e, i and \pi are constants.
void Parser::PushLetter(const Token& token) {
  if (token.kind == kInfinity) return PushConstant(Constant::kInfinity);
  if (token.text == "e") return PushConstant(Constant::kE);
  if (token.text == "i") return PushConstant(Constant::kI);
  if (token.text == "\\pi") return PushConstant(Constant::kPi);
  Push(tree_.Add(Kind::kSymbol, {}, token.text));
}

// True where the token at `begin` is the first of its answer, or of its side of
// a relation.
bool Parser::IsFirst(std::size_t begin) const {
  if (begin == 0) return true;
  const TokenKind before = tokens_[begin - 1].kind;
  return before == kRelation || before == kComma || before == kSemicolon ||
         before == TokenKind::kAnd || before == TokenKind::kOr ||
         before == TokenKind::kWhere;
}

// True where a bracket follows that can only hold arguments of the name from
// `begin`: one letter or number, or several letters where a value is given,
// h(x, y) = ... Nobody writes x(y) or x(3) for a product, but x(x + 1) = 6 is
// one, and P(1, 2) a point.
bool Parser::HasArguments(std::size_t begin) const {
  if (!Next(kOpen)) return false;
  if (Ahead().kind == TokenKind::kNumber) return Ahead(2).kind == kClose;
  std::size_t i = 1;
  for (; Ahead(i).kind == kLetter && Ahead(i + 1).kind == kComma; i += 2) {
  }
  if (Ahead(i).kind != kLetter || Ahead(i + 1).kind != kClose) return false;
  return i == 1 ||
         (IsFirst(begin) && Ahead(i + 2).kind == TokenKind::kRelation);
}

// C_5^2: how many ways to choose 2 of 5, where both are written in digits. From
// three on: C_1 and C_2 are constants that may be squared. Takes it and returns
// true.
bool Parser::ChosenNumber() {
  constexpr long kFewest = 3;
  if (Here().text != "C" || Ahead().kind != kSubscript) return false;
  std::size_t at = pos_ + 2;
  const auto number = [&]() -> std::optional<long> {
    const auto kind = [&](std::size_t i) {
      return tokens_[std::min(i, tokens_.size() - 1)].kind;
    };
    const bool braced = kind(at) == kOpenBrace;
    if (braced) ++at;
    const std::optional<long> value = SmallInteger(at);
    ++at;
    if (braced && kind(at++) != kCloseBrace) return std::nullopt;
    return value;
  };
  const std::optional<long> n = number();
  if (!n ||
      tokens_[std::min(at, tokens_.size() - 1)].kind != TokenKind::kPower) {
    return false;
  }
  ++at;
  const std::optional<long> k = number();
  if (!k || *n < kFewest || *k > *n) return false;
  pos_ = at;
  const std::array of = {tree_.AddNumber({Rational(*n)}),
                         tree_.AddNumber({Rational(*k)})};
  Push(tree_.Add(Kind::kBinomial, of));
  return true;
}

void Parser::Letter() {
  const std::size_t begin = pos_;
  const Token& token = Here();
  if (ChosenNumber() || Probability()) return;
  ++pos_;
  std::string name(token.text);
  bool plain = true;
  if (Next(kSubscript)) {
    name += "_{" + ReadIndex() + "}";
    plain = false;
    if (error_) return;
  }
  while (Next(kPrime) ||
         (Next(TokenKind::kPower) &&
          (Ahead().kind == kPrime ||
           (Ahead().kind == kOpenBrace && Ahead(2).kind == kPrime)))) {
    const bool raised = Next(TokenKind::kPower);
    const bool braced = raised && Ahead().kind == kOpenBrace;
    if (raised) pos_ += braced ? 2 : 1;
    for (; Next(kPrime); ++pos_) name += '\'';
    if (braced) {
      if (!Next(kCloseBrace)) return Fail(Here());
      ++pos_;
    }
    plain = false;
  }
  if (plain && (name == "e" || name == "i" || name == "\\pi")) {
    return PushLetter(token);
  }
  if (name.ends_with('\'') || name[0] == 'f' || name[0] == 'g' ||
      name[0] == 'F' || name[0] == 'G' || HasArguments(begin)) {
    return CallLetter(std::move(name));
  }
  Push(tree_.Add(Kind::kSymbol, {}, name));
}

// R^+, N^*, Z_{>0}: what stands at a set belongs to its name.
void Parser::NamedSet() {
  std::string name(Here().text);
  ++pos_;
  while (Next(TokenKind::kPower) || Next(kSubscript)) {
    std::size_t begin = pos_ + 1;
    std::size_t end = begin + 1;
    if (tokens_[begin].kind == kOpenBrace) {
      end = groups_[begin].close;
      ++begin;
    }
    if (end <= begin || end >= tokens_.size()) return Fail(Here());
    for (std::size_t i = begin; i < end; ++i) {
      if (!CanBeInName(i)) return Fail(tokens_[i]);
      name += SignOfSet(tokens_[i]).value_or(TextOf(tokens_[i]));
    }
    pos_ = end + (tokens_[begin - 1].kind == kOpenBrace ? 1 : 0);
  }
  if (name.ends_with(">0")) name.replace(name.size() - 2, 2, "+");
  if (name.ends_with("<0")) name.replace(name.size() - 2, 2, "-");
  Push(tree_.Add(Kind::kNamedSet, {}, name));
}

}  // namespace rewards::math::syntax
