#include "rewards/math/parser.h"

#include <algorithm>
#include <optional>

#include "rewards/math/simple_fraction.h"

namespace rewards::math {
namespace {

// What waits on the stack for its right side or its closing bracket.
enum class Pending {
  kParen,
  kBrace,
  kNumerator,     // inside \frac{
  kDenominator,   // inside \frac{..}{
  kRootArgument,  // inside \sqrt{
  kRootParen,     // inside sqrt(
  kAdd,
  kSubtract,
  kMultiply,
  kImplied,  // a product without a sign
  kDivide,
  kNegate,
  kPlusSign,  // a sign + in front: no effect
  kPower,
};

int Precedence(Pending p) {
  switch (p) {
    case Pending::kAdd:
    case Pending::kSubtract:
      return 1;
    case Pending::kMultiply:
    case Pending::kImplied:
    case Pending::kDivide:
      return 2;
    case Pending::kNegate:
    case Pending::kPlusSign:
      return 3;
    case Pending::kPower:
      return 4;
    default:
      return 0;  // a bracket
  }
}

class Parser {
 public:
  Parser(std::span<const Token> tokens, const Limits& limits)
      : tokens_(tokens), limits_(limits) {}

  Read<Expression> Run() {
    out_.nodes.reserve(tokens_.size());
    while (!error_ && pos_ < tokens_.size()) {
      if (need_operand_) {
        Operand();
      } else {
        Operator();
      }
      CheckLimits();
    }
    if (!error_) Finish();
    if (error_) return *error_;
    return std::move(out_);
  }

 private:
  const Token& Here() const { return tokens_[pos_]; }
  bool AtEnd() const { return pos_ >= tokens_.size(); }
  bool Next(TokenKind kind) const { return !AtEnd() && Here().kind == kind; }

  void Fail(const Token& token) {
    if (!error_) error_ = Unexpected(token);
  }
  void FailHere(std::string what) {
    if (error_) return;
    error_ = ReadError(std::move(what), AtEnd() ? 0 : Here().offset);
  }

  void CheckLimits() {
    if (out_.nodes.size() > limits_.nodes) FailHere("too many terms");
    if (depth_ > limits_.depth) FailHere("brackets nested too deeply");
  }

  void Emit(Op op, std::string_view literal = {}) {
    out_.nodes.push_back({op, literal});
  }

  void Repair(std::string_view what) { out_.repairs.push_back(what); }

  // An operand is expected: a number, an opening, a sign, a function.
  void Operand() {
    const Token& token = Here();
    switch (token.kind) {
      case TokenKind::kNumber:
        return Number();
      case TokenKind::kOpen:
        return Open(Pending::kParen);
      case TokenKind::kOpenBrace:
        return Open(Pending::kBrace);
      case TokenKind::kPlus:
        return Sign(Pending::kPlusSign);
      case TokenKind::kMinus:
        return Sign(Pending::kNegate);
      case TokenKind::kEnDash:
        Repair("dash read as minus");
        return Sign(Pending::kNegate);
      case TokenKind::kFraction:
        ++pos_;
        return Argument(Pending::kNumerator);
      case TokenKind::kRoot:
        ++pos_;
        return Argument(Pending::kRootArgument);
      case TokenKind::kPlainRoot:
        return PlainRoot();
      case TokenKind::kCurrency:
        return Currency();
      default:
        return Fail(token);
    }
  }

  void Open(Pending kind) {
    stack_.push_back(kind);
    ++depth_;
    ++pos_;
  }

  void Sign(Pending kind) {
    if (!stack_.empty() && Precedence(stack_.back()) == 3) return Fail(Here());
    stack_.push_back(kind);
    ++pos_;
  }

  // A currency sign in front of a number, as in $5.
  void Currency() {
    if (!out_.currency.empty() && out_.currency != Here().text) {
      return FailHere("two currencies");
    }
    out_.currency = Here().text;
    ++pos_;
    if (Next(TokenKind::kMinus)) return;  // $-5
    if (!Next(TokenKind::kNumber)) FailHere("no number after a currency sign");
  }

  void Number() {
    const Token& token = Here();
    Emit(Op::kNumber, token.text);
    ++pos_;
    need_operand_ = false;
    if (!stack_.empty() && stack_.back() == Pending::kPower &&
        token.text.size() > 1) {
      Repair("exponent without braces");
    }
    if (IsInteger(token) && !TopIs(Pending::kPower)) MixedNumber();
  }

  bool TopIs(Pending kind) const {
    return !stack_.empty() && stack_.back() == kind;
  }

  // After an integer: a proper fraction of plain integers makes a mixed number,
  // 7 3/4 or 1\frac{1}{2}, which binds tighter than any operator.
  void MixedNumber() {
    const std::optional<SimpleFraction> fraction =
        SimpleFractionAt(tokens_, pos_);
    if (!fraction) return;
    if (TopIs(Pending::kDivide)) return FailHere("ambiguous: a/b c/d");
    if (!fraction->is_proper()) {
      return FailHere("a whole number before an improper fraction");
    }
    Emit(Op::kNumber, fraction->numerator);
    Emit(Op::kNumber, fraction->denominator);
    Emit(Op::kDivide);
    Emit(Op::kAdd);
    pos_ = fraction->next;
    if (Next(TokenKind::kPower)) FailHere("a power of a mixed number");
  }

  // The argument of \frac or \sqrt: braced, or one digit as in LaTeX.
  void Argument(Pending kind) {
    if (AtEnd()) return FailHere("an argument is missing");
    const Token& token = Here();
    if (token.kind == TokenKind::kOpenBrace) return Open(kind);
    if (!IsInteger(token)) return Fail(token);
    ++pos_;
    if (kind == Pending::kNumerator) return BareNumerator(token);
    if (token.text.size() != 1) return Fail(token);
    Repair(kind == Pending::kRootArgument ? "\\sqrt without braces"
                                          : "\\frac without braces");
    Emit(Op::kNumber, token.text);
    Emit(kind == Pending::kRootArgument ? Op::kRoot : Op::kDivide);
    need_operand_ = false;
  }

  void BareNumerator(const Token& token) {
    if (token.text.size() > 2) return Fail(token);
    Emit(Op::kNumber, token.text.substr(0, 1));
    if (token.text.size() == 1) return Argument(Pending::kDenominator);
    Repair("\\frac without braces");
    Emit(Op::kNumber, token.text.substr(1));
    Emit(Op::kDivide);
    need_operand_ = false;
  }

  // The sign or the word: takes the next number, or a bracket.
  void PlainRoot() {
    ++pos_;
    if (Next(TokenKind::kNumber)) {
      Emit(Op::kNumber, Here().text);
      Emit(Op::kRoot);
      ++pos_;
      need_operand_ = false;
    } else if (Next(TokenKind::kOpen)) {
      Open(Pending::kRootParen);
    } else if (Next(TokenKind::kOpenBrace)) {
      Open(Pending::kRootArgument);
    } else {
      FailHere("no number after a root sign");
    }
  }

  // An operand is complete: an operator, a closing, or an implied product.
  void Operator() {
    const Token& token = Here();
    switch (token.kind) {
      case TokenKind::kPlus:
        return Binary(Pending::kAdd);
      case TokenKind::kMinus:
        return Binary(Pending::kSubtract);
      case TokenKind::kTimes:
        return Binary(Pending::kMultiply);
      case TokenKind::kDivide:
        return Binary(Pending::kDivide);
      case TokenKind::kPower:
        return Binary(Pending::kPower);
      case TokenKind::kClose:
      case TokenKind::kCloseBrace:
        return Close(token);
      case TokenKind::kNumber:  // 2^6 3^5: a product of powers
        if (!TopIs(Pending::kPower) || !PowerFollows()) return Fail(token);
        return Implied();
      case TokenKind::kOpen:
      case TokenKind::kFraction:
      case TokenKind::kRoot:
      case TokenKind::kPlainRoot:
        return Implied();
      default:
        return Fail(token);
    }
  }

  void Binary(Pending op) {
    Reduce(op == Pending::kPower ? 5 : Precedence(op));
    stack_.push_back(op);
    ++pos_;
    need_operand_ = true;
  }

  bool PowerFollows() const {
    return pos_ + 1 < tokens_.size() &&
           tokens_[pos_ + 1].kind == TokenKind::kPower;
  }

  // 2(3): not after a division, where it could be read two ways.
  void Implied() {
    Reduce(3);
    if (TopIs(Pending::kDivide)) return FailHere("ambiguous: a/b(c)");
    Reduce(2);
    stack_.push_back(Pending::kImplied);
    need_operand_ = true;
  }

  // Emits the waiting operators that bind at least as tightly as `precedence`.
  void Reduce(int precedence) {
    while (!stack_.empty() && Precedence(stack_.back()) >= precedence) {
      EmitPending(stack_.back());
      stack_.pop_back();
    }
  }

  void EmitPending(Pending p) {
    switch (p) {
      case Pending::kAdd:
        return Emit(Op::kAdd);
      case Pending::kSubtract:
        return Emit(Op::kSubtract);
      case Pending::kMultiply:
      case Pending::kImplied:
        return Emit(Op::kMultiply);
      case Pending::kDivide:
        return Emit(Op::kDivide);
      case Pending::kNegate:
        return Emit(Op::kNegate);
      case Pending::kPower:
        return Emit(Op::kPower);
      default:
        return;
    }
  }

  void Close(const Token& token) {
    Reduce(1);
    if (stack_.empty()) return Fail(token);
    const Pending opened = stack_.back();
    const bool paren = token.kind == TokenKind::kClose;
    if (paren != (opened == Pending::kParen || opened == Pending::kRootParen)) {
      return Fail(token);
    }
    stack_.pop_back();
    --depth_;
    ++pos_;
    if (opened == Pending::kNumerator) {
      need_operand_ = true;
      return Argument(Pending::kDenominator);
    }
    if (opened == Pending::kDenominator) Emit(Op::kDivide);
    if (opened == Pending::kRootArgument || opened == Pending::kRootParen) {
      Emit(Op::kRoot);
    }
  }

  void Finish() {
    if (need_operand_) return FailHere("a number is missing at the end");
    Reduce(1);
    if (!stack_.empty()) FailHere("a bracket is not closed");
  }

  std::span<const Token> tokens_;
  const Limits& limits_;
  std::size_t pos_ = 0;
  std::size_t depth_ = 0;
  bool need_operand_ = true;
  std::vector<Pending> stack_;
  Expression out_;
  std::optional<ReadError> error_;
};

}  // namespace

ReadError Unexpected(const Token& token) {
  constexpr std::size_t kMaxQuoted = 24;
  std::string quoted(token.text.substr(0, kMaxQuoted));
  return ReadError("unexpected '" + quoted + "'", token.offset);
}

Read<Expression> Parse(std::span<const Token> tokens, const Limits& limits) {
  return Parser(tokens, limits).Run();
}

}  // namespace rewards::math
