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

bool IsMatrix(std::string_view name) {
  return name == "pmatrix" || name == "bmatrix" || name == "matrix" ||
         name == "vmatrix" || name == "Vmatrix" || name == "Bmatrix" ||
         name == "smallmatrix" || name == "array";
}
bool IsCases(std::string_view name) {
  return name == "cases" || name == "dcases" || name == "rcases";
}
bool IsLines(std::string_view name) {
  return name == "aligned" || name == "align" || name == "gathered" ||
         name == "split" || name == "equation" || name == "gather" ||
         name == "alignedat" || name == "eqnarray";
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
      !(frame.op == Op::kReversed && token.kind == kCloseBracket)) {
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
  const bool open_right =
      frame.op == Op::kReversed ? by == kOpenBracket : by == kClose;
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
  if (open_left) return;
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
      return two(Kind::kDivide);
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

void Parser::BeginEnvironment() {
  const std::string_view name = Here().text;
  if (!IsMatrix(name) && !IsCases(name) && !IsLines(name)) return Fail(Here());
  Open(Op::kEnvironment, kEndOf);
  stack_.back().name = name;
}

// The end of a cell, at & or before a row's end.
void Parser::Cell() {
  const Pending* frame = Frame();
  if (frame == nullptr || frame->op != Op::kEnvironment) return Fail(Here());
  if (IsLines(frame->name)) {  // x &= 2: only where the lines are aligned
    ++pos_;
    return;
  }
  if (IsCases(frame->name)) {  // x + 1 & x > 0
    if (Ahead().kind == kWhere) ++pos_;
    return Two(Op::kWhere);
  }
  Reduce(0);
  if (error_) return;
  Pending& open = stack_.back();
  ++open.count;
  ++open.column;
  ++pos_;
  need_operand_ = true;
}

void Parser::Row() {
  const Pending* frame = Frame();
  if (frame == nullptr) return Many(Op::kSemicolon);
  if (frame->op != Op::kEnvironment) return Fail(Here());
  Reduce(0);
  if (error_) return;
  Pending& open = stack_.back();
  ++open.count;
  if (open.columns == 0) open.columns = open.column + 1;
  if (open.columns != open.column + 1) return FailHere("rows of two lengths");
  open.column = 0;
  ++pos_;
  if (Next(kEndOf)) {
    --open.count;
    open.column = open.columns - 1;
    return;  // a new line after the last row
  }
  need_operand_ = true;
}

void Parser::EndEnvironment() {
  Reduce(0);
  if (error_) return;
  if (stack_.empty() || stack_.back().op != Op::kEnvironment ||
      stack_.back().name != Here().text) {
    return Fail(Here());
  }
  const Pending open = stack_.back();
  stack_.pop_back();
  --depth_;
  ++pos_;
  const std::uint32_t count = open.count + 1;
  const std::uint32_t columns =
      open.columns == 0 ? open.column + 1 : open.columns;
  if (open.column + 1 != columns) return FailHere("rows of two lengths");
  const std::span<const TermId> cells =
      std::span<const TermId>(values_).last(count);
  const bool conditions =
      std::any_of(cells.begin(), cells.end(), [this](TermId id) {
        const Kind kind = tree_.at(id).kind;
        return kind == Kind::kRelation || kind == Kind::kWhere;
      });
  if (count == 1 && !IsMatrix(open.name)) return;
  if (conditions || !IsMatrix(open.name)) {
    if (columns != 1) return FailHere("a system of several columns");
    return BuildMany(Kind::kAnd, count, false);
  }
  const TermId id = tree_.Add(Kind::kMatrix, cells, {}, count / columns);
  values_.resize(values_.size() - count);
  Push(id);
  if (open.name == "vmatrix" || open.name == "Vmatrix") {
    const std::array of = {Pop()};
    Push(tree_.Add(Kind::kCall, of, "det"));
  }
}

}  // namespace rewards::math::syntax
