// What opens and closes: brackets, arguments of commands, environments.

#include <algorithm>
#include <array>
#include <string>

#include "rewards/math/syntax/parser.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

bool IsSeparator(TokenKind kind) {
  switch (kind) {
    case kEnd:
    case kComma:
    case kSemicolon:
    case kOr:
    case kAnd:
    case kWhere:
    case TokenKind::kRelation:
    case kMid:
    case kClose:
    case kCloseBracket:
    case kCloseBrace:
    case kCloseSet:
    case kCloseAngle:
    case kCloseNothing:
    case kCell:
    case kRow:
    case kEndOf:
      return true;
    default:
      return false;
  }
}

}  // namespace

// True where an element of a list, a side or an answer ends before `at`.
bool Parser::IsBoundary(std::size_t at) const {
  const Token& token = tokens_[std::min(at, tokens_.size() - 1)];
  if (token.kind == kPeriod) return IsBoundary(at + 1);
  return IsSeparator(token.kind);
}

// True where the operand at hand begins an element.
bool Parser::StartsElement() const {
  return stack_.empty() ||
         Precedence(stack_.back().op) <= Precedence(Op::kRelation);
}

const Parser::Pending* Parser::Frame() const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (Precedence(stack_[i].op) < 0) return &stack_[i];
  }
  return nullptr;
}

// Opens a frame. Requires: at the opening token.
void Parser::Open(Op op, TokenKind close) {
  Pending frame{op};
  frame.base = static_cast<std::uint32_t>(values_.size());
  frame.close = close;
  stack_.push_back(frame);
  ++depth_;
  ++pos_;
  need_operand_ = true;
}

void Parser::OpenOperand() {
  const Token& token = Here();
  switch (token.kind) {
    case kOpen:
      return Open(Op::kParen, kClose);
    case kOpenBracket:
      return Open(Op::kBracket, kCloseBracket);
    case kCloseBracket:
      return Open(Op::kReversed, kOpenBracket);
    case kOpenBrace:
      if (!groups_[pos_].comma) return Open(Op::kGroup, kCloseBrace);
      Repair("braces read as a set");
      return Open(Op::kSetBrace, kCloseBrace);
    case kOpenSet:
      if (Ahead().kind == kCloseSet) {
        pos_ += 2;
        return Push(tree_.Add(Kind::kSet, {}));
      }
      return Open(Op::kSetBrace, kCloseSet);
    case kOpenAngle:
      return Open(Op::kAngle, kCloseAngle);
    case kOpenFloor:
      return Open(Op::kFloor, kCloseFloor);
    case kOpenCeiling:
      return Open(Op::kCeiling, kCloseCeiling);
    case kOpenAbsolute:
      return Open(Op::kBars, kCloseAbsolute);
    case kBar:
      return Open(Op::kBars, kBar);
    case kNorm:
      return Open(Op::kNormBars, kNorm);
    case kBegin:
      return BeginEnvironment();
    default:
      return Fail(token);
  }
}

// A bar behind an operand: closes, separates a set-builder, or opens the next
// factor.
void Parser::CloseBar() {
  const Pending* frame = Frame();
  if (frame != nullptr && frame->close == Here().kind) return Close();
  if (frame != nullptr && frame->op == Op::kSetBrace) return Two(Op::kMid);
  Implied();
}

// True where [ closes an interval with an open end, as in [0, 1[.
bool Parser::ClosesReversed() const {
  const Pending* frame = Frame();
  if (frame == nullptr || !IsBoundary(pos_ + 1)) return false;
  if (frame->op == Op::kReversed) return true;
  const bool pair =
      frame < &stack_.back() &&
      ((frame + 1)->op == Op::kComma || (frame + 1)->op == Op::kSemicolon) &&
      (frame + 1)->count == 1;
  return frame->op == Op::kBracket && pair;
}

// A closing token behind an operand.
void Parser::Close() {
  const Token& token = Here();
  Reduce(0);
  if (error_) return;
  if (stack_.empty()) {
    // One brace too many at the very end.
    if (token.kind != kCloseBrace || !IsBoundary(pos_ + 1)) return Fail(token);
    Repair("extra closing brace");
    ++pos_;
    return;
  }
  const Pending frame = stack_.back();
  const auto mixed = [](TokenKind a, TokenKind b) {
    return (a == kClose && b == kCloseBracket) ||
           (a == kCloseBracket && b == kClose);
  };
  const bool bracket = frame.op == Op::kParen || frame.op == Op::kBracket;
  // \left\{ x = 1 \right. shows one brace only.
  const bool half = token.kind == kCloseNothing && frame.op == Op::kSetBrace;
  if (token.kind != frame.close && !half &&
      !(bracket && mixed(frame.close, token.kind)) &&
      !(frame.op == Op::kReversed && token.kind == kCloseBracket) &&
      !(frame.op == Op::kBracket && token.kind == kOpenBracket)) {
    return Fail(token);
  }
  stack_.pop_back();
  --depth_;
  ++pos_;
  CloseFrame(frame, token.kind);
}

void Parser::CloseFrame(const Pending& frame, TokenKind by) {
  const auto wrap = [this](Kind kind) {
    if (!CheckScalar(Value())) return;
    const std::array of = {Pop()};
    Push(tree_.Add(kind, of));
  };
  switch (frame.op) {
    case Op::kGroup:
      return;
    case Op::kParen:
    case Op::kBracket:
    case Op::kReversed:
      return CloseBrackets(frame, by);
    case Op::kSetBrace:
      if (by == kCloseNothing) return;
      return CloseSet();
    case Op::kAngle:
      if (ValueKind() != Kind::kList) return FailHere("a vector of one");
      tree_.terms[Value()].kind = Kind::kTuple;
      return;
    case Op::kFloor:
      return wrap(Kind::kFloor);
    case Op::kCeiling:
      return wrap(Kind::kCeiling);
    case Op::kBars:
      if (ValueKind() == Kind::kMatrix) {
        const std::array of = {Pop()};
        return Push(tree_.Add(Kind::kCall, of, "det"));
      }
      return wrap(Kind::kAbsolute);
    case Op::kNormBars: {
      if (!CheckScalar(Value())) return;
      const std::array of = {Pop()};
      return Push(tree_.Add(Kind::kCall, of, "norm"));
    }
    default:
      return Done(frame.op);
  }
}

// ( ), [ ], and an end of either kind.
void Parser::CloseBrackets(const Pending& frame, TokenKind by) {
  const bool open_left = frame.op == Op::kParen || frame.op == Op::kReversed;
  const bool open_right = by == kOpenBracket || by == kClose;
  const TermId id = Value();
  if (tree_.at(id).kind == Kind::kList) {
    const std::uint32_t count = tree_.at(id).child_count;
    if (open_left != open_right && count != 2) {
      return FailHere("an interval has two ends");
    }
    tree_.terms[id].kind =
        open_left ? (open_right ? Kind::kTuple : Kind::kLeftOpen)
                  : (open_right ? Kind::kRightOpen : Kind::kBracketed);
    if (open_left || open_right) return;
    // [[1, 2], [3, 4]] is a matrix.
    const std::span<const TermId> rows = tree_.ChildrenOf(id);
    const std::uint32_t columns = tree_.at(rows[0]).child_count;
    std::vector<TermId> entries;
    for (const TermId row : rows) {
      if (tree_.at(row).kind != Kind::kBracketed ||
          tree_.at(row).child_count != columns) {
        return;
      }
      const std::span<const TermId> of = tree_.ChildrenOf(row);
      entries.insert(entries.end(), of.begin(), of.end());
    }
    garbage_ = true;
    Pop();
    return Push(tree_.Add(Kind::kMatrix, entries, {}, count));
  }
  if (open_left != open_right || frame.op == Op::kReversed) {
    return FailHere("an interval has two ends");
  }
  if (open_left || ValueKind() == Kind::kMatrix) return;
  // [5] alone is a list of one; in a calculation it is a bracket.
  if (StartsElement() && IsBoundary(pos_)) {
    const std::array of = {Pop()};
    Push(tree_.Add(Kind::kBracketed, of));
  }
}

void Parser::CloseSet() {
  if (ValueKind() == Kind::kSetBuilder) return;
  if (ValueKind() == Kind::kList) {
    tree_.terms[Value()].kind = Kind::kSet;
    return;
  }
  const std::array of = {Pop()};
  Push(tree_.Add(Kind::kSet, of));
}

// The argument of a command: braced, or one digit or letter as in LaTeX.
void Parser::Argument(Op op) {
  if (Next(kOpenBrace)) return Open(op, kCloseBrace);
  BareArgument(op);
}

void Parser::BareArgument(Op op) {
  const Token& token = Here();
  const bool root = op == Op::kRadicand;
  if (token.kind == kLetter || token.kind == kInfinity) {
    PushLetter(token);
    ++pos_;
    Repair(root ? "\\sqrt without braces" : "\\frac without braces");
    return Done(op);
  }
  const std::optional<long> digits = SmallInteger(pos_);
  const std::size_t length = token.end - token.begin;
  if (!digits || length > 2) return Fail(token);
  Repair(root ? "\\sqrt without braces" : "\\frac without braces");
  if (length == 1) {
    PushNumber(*digits);
    ++pos_;
    return Done(op);
  }
  // \frac12: the first digit over the second.
  if (op != Op::kNumerator && op != Op::kBinomialTop) return Fail(token);
  PushNumber(*digits / 10);
  PushNumber(*digits % 10);
  ++pos_;
  Done(op == Op::kNumerator ? Op::kDenominator : Op::kBinomialBottom);
}

// An argument is complete: its term is the last operand.
void Parser::Done(Op op) {
  const auto two = [this](Kind kind) {
    const std::array of = {values_[values_.size() - 2], values_.back()};
    values_.resize(values_.size() - 2);
    Push(tree_.Add(kind, of));
  };
  if (op != Op::kArguments && op != Op::kBoundBelow && op != Op::kBoundAbove &&
      !CheckScalar(Value())) {
    return;
  }
  switch (op) {
    case Op::kNumerator:
      need_operand_ = true;
      return Argument(Op::kDenominator);
    case Op::kDenominator:
      return BuildDivide();
    case Op::kBinomialTop:
      need_operand_ = true;
      return Argument(Op::kBinomialBottom);
    case Op::kBinomialBottom:
      return two(Kind::kBinomial);
    case Op::kRootIndex:
      need_operand_ = true;
      return Argument(Op::kRadicand);
    case Op::kRadicand: {
      const std::array of = {values_.back(), values_[values_.size() - 2]};
      values_.resize(values_.size() - 2);
      return Push(tree_.Add(Kind::kRoot, of));
    }
    case Op::kExponent:
      exponent_end_ = pos_;
      return two(Kind::kPower);
    case Op::kFunctionPower:
      Mark(true);
      return FunctionHead();
    case Op::kFunctionBase:
      Mark(false);
      return FunctionHead();
    case Op::kBoundBelow:
      Mark(false);
      return BigHead();
    case Op::kBoundAbove:
      Mark(true);
      return BigHead();
    case Op::kArguments: {
      const Pending call = stack_.back();
      stack_.pop_back();
      const TermId id = Pop();
      if (tree_.at(id).kind != Kind::kList) {
        const std::array one = {id};
        return Call(call, one);
      }
      garbage_ = true;
      const std::span<const TermId> of = tree_.ChildrenOf(id);
      const std::vector<TermId> all(of.begin(), of.end());
      return Call(call, all);
    }
    default:
      return;
  }
}

}  // namespace rewards::math::syntax
